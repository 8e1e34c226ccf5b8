package dev.lazymm.cli;

import dev.lazymm.cat.CatException;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds litmus tests, and what they are run with. */
final class LitmusFiles {
  private LitmusFiles() {}

  static int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  static Tools tools(Request request) {
    try {
      return Tools.load(request);
    } catch (LitmusException | CatException e) {
      UserError error = new UserError(String.valueOf(e.getMessage()));
      error.initCause(e);
      throw error;
    } catch (IOException e) {
      throw UserError.unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /** {@return the files named; {@code @file} is a list, one a line, as herd7 reads it} */
  static List<Path> listed(List<String> names) {
    List<Path> all = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith("@")) {
        Path list = Path.of(name.substring(1));
        try {
          for (String line : Files.readAllLines(list)) {
            String entry = line.replaceFirst("#.*", "").strip();
            if (!entry.isEmpty()) {
              all.add(list.resolveSibling(entry));
            }
          }
        } catch (IOException e) {
          throw UserError.unreadable(list.toString(), e);
        }
      } else {
        all.add(Path.of(name));
      }
    }
    return all;
  }

  /** {@return the files named, and all tests in the folders named, sorted} */
  static List<Path> found(List<Path> names) {
    List<Path> all = new ArrayList<>();
    for (Path name : names) {
      if (Files.isDirectory(name)) {
        try (Stream<Path> walk = Files.walk(name)) {
          walk.filter(p -> p.toString().endsWith(".litmus")).sorted().forEach(all::add);
        } catch (IOException e) {
          throw UserError.unreadable(name.toString(), e);
        } catch (UncheckedIOException e) {
          throw UserError.unreadable(name.toString(), new IOException(e.getMessage(), e));
        }
      } else {
        all.add(name);
      }
    }
    if (all.isEmpty()) {
      throw new UserError("no litmus test: there is no *.litmus in " + names);
    }
    return all;
  }
}
