package dev.lazymm.litmus.run;

import dev.lazymm.litmus.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Published results of tests, from a CSV file with a head line: {@code test} (a file, relative to
 * the CSV's own folder), {@code observation}, and if it has them {@code positive}, {@code negative}
 * and {@code flags} (separated by spaces).
 */
public final class Expected {
  /** A result. Counts are -1 where the file has none. */
  public record Row(
      String observation, long positive, long negative, Optional<List<String>> flags) {
    /** {@return in what a result differs from this one; empty if it agrees} */
    public List<String> differences(Result result) {
      List<String> all = new ArrayList<>();
      String word = result.observation().word();
      if (!observation.equals(word)) {
        all.add("observation " + word + ", expected " + observation);
      }
      differ(all, "positive", result.positive(), positive);
      differ(all, "negative", result.negative(), negative);
      flags
          .filter(f -> !f.equals(result.flags()))
          .ifPresent(f -> all.add("flags " + result.flags() + ", expected " + f));
      return all;
    }

    private static void differ(List<String> all, String what, long found, long expected) {
      if (expected >= 0 && found != expected) {
        all.add(what + " " + found + ", expected " + expected);
      }
    }
  }

  /** The file is not as it should be. */
  public static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidException(Path file, int line, String what) {
      super(file + ":" + line + ": " + what);
    }
  }

  private static final Pattern BETWEEN_FLAGS = Pattern.compile("[ ;]+");

  private final Map<Path, Row> rows = new HashMap<>();

  /**
   * Reads a file.
   *
   * @throws InvalidException if a line is not as it should be
   */
  public Expected(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      throw new InvalidException(file, 1, "the file is empty; expected a head line");
    }
    Columns columns = Columns.of(file, lines.getFirst());
    Path here = file.toAbsolutePath();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != columns.count()) {
        throw new InvalidException(
            file,
            i + 1,
            cells.length + " cells; expected " + columns.count() + " as in the head line");
      }
      rows.put(
          here.resolveSibling(cells[columns.test()].strip()).normalize(),
          columns.row(file, i + 1, cells));
    }
  }

  /** Which column is which, from 0; -1 where there is none. */
  private record Columns(
      int count, int test, int observation, int positive, int negative, int flags) {
    static Columns of(Path file, String line) {
      List<String> head = Arrays.asList(line.split(",", -1));
      for (String column : List.of("test", "observation")) {
        if (!head.contains(column)) {
          throw new InvalidException(file, 1, "there is no column \"" + column + "\"");
        }
      }
      return new Columns(
          head.size(),
          head.indexOf("test"),
          head.indexOf("observation"),
          head.indexOf("positive"),
          head.indexOf("negative"),
          head.indexOf("flags"));
    }

    Row row(Path file, int line, String[] cells) {
      return new Row(
          cells[observation].strip(),
          number(file, line, cell(cells, positive)),
          number(file, line, cell(cells, negative)),
          flags < 0 ? Optional.empty() : Optional.of(words(cell(cells, flags))));
    }

    private static String cell(String[] cells, int column) {
      return column < 0 ? "" : cells[column].strip();
    }

    private static List<String> words(String flags) {
      return flags.isEmpty()
          ? List.of()
          : BETWEEN_FLAGS.splitAsStream(flags).filter(s -> !s.isEmpty()).sorted().toList();
    }
  }

  private static long number(Path file, int line, String cell) {
    if (cell.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseUnsignedLong(cell);
    } catch (NumberFormatException e) {
      throw new InvalidException(file, line, "\"" + cell + "\" is not a count");
    }
  }

  /** {@return what is expected of a test, if the file says anything about it} */
  public Optional<Row> of(Path test) {
    return Optional.ofNullable(rows.get(test.toAbsolutePath().normalize()));
  }
}
