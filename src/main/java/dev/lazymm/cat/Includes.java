package dev.lazymm.cat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a model includes. What it does not find is looked for among the built-in files. */
@FunctionalInterface
public interface Includes {
  /**
   * {@return the file of that name, or null}
   *
   * @param name as it stands behind {@code include}
   * @param from the file that includes it
   * @throws IOException if it is there and cannot be read
   */
  @Nullable Source find(String name, Source from) throws IOException;

  /** {@return the including file's own folder, then some others in order: herd's {@code -I}} */
  static Includes folders(List<Path> others) {
    return (name, from) -> {
      List<Path> folders = new ArrayList<>();
      if (from.folder() != null) {
        folders.add(from.folder());
      }
      folders.addAll(others);
      for (Path folder : folders) {
        try {
          Path file = folder.resolve(name);
          if (Files.isRegularFile(file)) {
            return Source.read(file);
          }
        } catch (InvalidPathException e) {
          return null;
        }
      }
      return null;
    };
  }

  /** {@return files that are given as texts by their names} */
  static Includes texts(Map<String, String> texts) {
    return (name, _) -> {
      String text = texts.get(name);
      return text == null ? null : Source.of(name, text);
    };
  }
}
