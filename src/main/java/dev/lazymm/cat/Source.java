package dev.lazymm.cat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a cat file.
 *
 * @param name what the user calls it; its last part is what {@code include} compares
 * @param folder where it lies, if it lies in one: the first place to look for what it includes
 * @param text all of it
 */
public record Source(String name, @Nullable Path folder, String text) {
  /** {@return a text that lies in no folder} */
  public static Source of(String name, String text) {
    return new Source(name, null, text);
  }

  /**
   * {@return the text of a file}
   *
   * @throws CatException if it is not UTF-8, with the place of the first byte that is not
   * @throws IOException if it cannot be read
   */
  public static Source read(Path file) throws IOException {
    return decode(file.toString(), file.toAbsolutePath().getParent(), Files.readAllBytes(file));
  }

  static Source decode(String name, @Nullable Path folder, byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Source(name, folder, text);
    } catch (CharacterCodingException e) {
      var lossy = new Source(name, folder, new String(bytes, StandardCharsets.UTF_8));
      int at = Math.max(0, lossy.text.indexOf('\uFFFD'));
      throw new CatException(lossy.placeOf(at), "this is not UTF-8", "text in UTF-8");
    }
  }

  private Place placeOf(int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Place(this, line, offset - start + 1);
  }

  /** {@return the last part of the name: {@code cos.cat}} */
  String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** {@return a line by its number from 1, empty past the end} */
  String line(int number) {
    List<String> lines = text.lines().skip(number - 1L).limit(1).toList();
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
