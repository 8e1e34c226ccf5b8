package dev.lazymm.design;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/**
 * The text of a design, and how messages point into it.
 *
 * @param file what the user calls it
 * @param text all of it
 * @param lines the same by line
 */
record DesignSource(String file, String text, List<String> lines) {
  /** Something wrong at a line; a problem is shown with the line itself. */
  record Problem(int line, String what, String expected) {}

  DesignSource {
    lines = List.copyOf(lines);
  }

  /**
   * {@return the text of a file}
   *
   * @throws DesignException if it is not the text of a Java file
   */
  static DesignSource read(String file) {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw new DesignException(
            file + ": this is a directory\n  expected the Java file of a design");
      }
      if (!file.endsWith(".java")) {
        throw new DesignException(
            file
                + ": this is not called like a Java file\n  expected a name such as MyDesign.java");
      }
      return of(file, decode(file, Files.readAllBytes(path)));
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "access is denied", e);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static DesignSource of(String file, String text) {
    return new DesignSource(file, text, text.lines().toList());
  }

  private static DesignException unreadable(String file, String why, Exception cause) {
    DesignException e = new DesignException(file + ": cannot be read: " + why);
    e.initCause(cause);
    return e;
  }

  /** UTF-8 and nothing else: elsewhere the same bytes may be another program. */
  private static String decode(String file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    java.nio.CharBuffer out = java.nio.CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      String before = out.flip().toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      throw new DesignException(
          "%s:%d:%d: the byte 0x%02X is not UTF-8%n  expected text in UTF-8"
              .formatted(file, line, column, bytes[in.position()] & 0xFF));
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** {@return the name of the file without its folders} */
  String name() {
    return String.valueOf(Path.of(file).getFileName());
  }

  /** {@return an error about the whole file} */
  DesignException error(String what, String expected) {
    return new DesignException("%s: %s%n  expected %s".formatted(file, what, expected));
  }

  /** {@return an error at a line} */
  DesignException error(int line, String what, String expected) {
    return error(List.of(new Problem(line, what, expected)));
  }

  /** {@return an error of several problems, at least one, each with its line} */
  DesignException error(List<Problem> problems) {
    StringJoiner all = new StringJoiner("\n");
    for (Problem p : problems) {
      all.add("%s:%d: %s".formatted(file, p.line(), p.what()));
      String line = line(p.line()).strip();
      if (!line.isEmpty()) {
        all.add("    " + line);
      }
      if (!p.expected().isEmpty()) {
        all.add("  expected " + p.expected());
      }
    }
    return new DesignException(all.toString());
  }

  /** {@return the text of a line, from 1; empty if there is none} */
  String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }
}
