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
import org.jspecify.annotations.Nullable;

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
    List<String> head = Arrays.asList(lines.getFirst().split(",", -1));
    for (String column : List.of("test", "observation")) {
      if (!head.contains(column)) {
        throw new InvalidException(file, 1, "there is no column \"" + column + "\"");
      }
    }
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> cells = Arrays.asList(lines.get(i).split(",", -1));
      if (cells.size() != head.size()) {
        throw new InvalidException(
            file, i + 1, cells.size() + " cells; expected " + head.size() + " as in the head line");
      }
      Map<String, String> row = new HashMap<>();
      for (int c = 0; c < cells.size(); c++) {
        row.put(head.get(c), cells.get(c).strip());
      }
      rows.put(
          key(file.toAbsolutePath().resolveSibling(row.getOrDefault("test", ""))),
          row(file, i + 1, row));
    }
  }

  private static Row row(Path file, int line, Map<String, String> cells) {
    String flags = cells.get("flags");
    return new Row(
        cells.getOrDefault("observation", ""),
        count(file, line, cells.get("positive")),
        count(file, line, cells.get("negative")),
        Optional.ofNullable(flags)
            .map(f -> Arrays.stream(f.split("[ ;]+")).filter(s -> !s.isEmpty()).sorted().toList()));
  }

  private static long count(Path file, int line, @Nullable String cell) {
    if (cell == null || cell.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseUnsignedLong(cell);
    } catch (NumberFormatException e) {
      throw new InvalidException(file, line, "\"" + cell + "\" is not a count");
    }
  }

  private static Path key(Path test) {
    return test.toAbsolutePath().normalize();
  }

  /** {@return what is expected of a test, if the file says anything about it} */
  public Optional<Row> of(Path test) {
    return Optional.ofNullable(rows.get(key(test)));
  }
}
