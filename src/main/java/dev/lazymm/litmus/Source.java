package dev.lazymm.litmus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A text file to be read, or a part of one, that knows where it is from.
 *
 * @param file its name, for messages
 * @param text the whole text of the file; in a part, all else is blank
 */
public record Source(String file, String text, String original) {
  /** No litmus test is nearly as large as this many characters. */
  private static final int LARGEST = 1 << 20;

  /** Some editors begin a text with it. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** {@return a text as if it were a file} */
  public static Source of(String file, String text) {
    Source source = new Source(file, text, text);
    if (text.length() > LARGEST) {
      throw new LitmusException(
          file, "is too large for a litmus test: over " + LARGEST + " characters");
    }
    return source;
  }

  /**
   * {@return what is in a file}
   *
   * @throws IOException if it cannot be read
   * @throws LitmusException if it is not text, or too large
   */
  public static Source read(java.nio.file.Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(4 * LARGEST + 1);
    }
    String text = decode(file.toString(), bytes);
    return of(file.toString(), text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  /** {@return the text that bytes are in UTF-8} */
  private static String decode(String file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      if (bytes.length > LARGEST) {
        throw new LitmusException(file, "is too large for a litmus test, and not text in UTF-8");
      }
      int good = goodPrefix(bytes);
      Source before = of(file, new String(bytes, 0, good, StandardCharsets.UTF_8));
      throw before.error(before.text().length(), "this is not text in UTF-8");
    }
  }

  /** {@return how many bytes there are before the first that is not of UTF-8} */
  private static int goodPrefix(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = java.nio.CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    return in.position();
  }

  /** {@return a part of this, from one index of the text to before another, all else blank} */
  public Source part(int from, int to) {
    var chars = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = i >= from && i < to;
      chars.append(inside || c == '\n' ? c : ' ');
    }
    return new Source(file, chars.toString(), original);
  }

  /** {@return where an index of the text is} */
  public Place place(int index) {
    int at = Math.min(Math.max(index, 0), original.length());
    int start = at == 0 ? 0 : original.lastIndexOf('\n', at - 1) + 1;
    int line = 1 + (int) original.substring(0, start).chars().filter(c -> c == '\n').count();
    return new Place(line, at - start + 1);
  }

  /** {@return what to throw about an index of the text} */
  public LitmusException error(int index, String message) {
    return error(place(index), message);
  }

  /** {@return what to throw about a place} */
  public LitmusException error(Place place, String message) {
    return LitmusException.at(this, place, message);
  }

  /** {@return a line of the file, from 1, without its end} */
  public String line(int number) {
    return original.lines().skip(number - 1L).findFirst().orElse("");
  }

  /**
   * A place in a file.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Place(int line, int column) {}
}
