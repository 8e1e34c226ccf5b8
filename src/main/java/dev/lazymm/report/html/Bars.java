package dev.lazymm.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The layout of a bar chart: a group a measure, a bar a design, all to one scale. {@code bars.jte}
 * draws it. Lengths are in CSS pixels.
 *
 * @param id what the names inside the picture begin with; unique in its document
 * @param title what the picture shows
 * @param about the picture in words, for those who do not see it
 */
public record Bars(
    String id, String title, String about, int width, int height, List<Group> groups) {
  private static final int NAMES = 130;
  private static final int LONGEST = 360;
  private static final int NUMBERS = 90;
  private static final int BAR = 14;
  private static final int PITCH = 19;
  private static final int HEAD = 26;
  private static final int LETTERS = 18;

  /** A measure. */
  public record Group(String name, int y, List<Bar> bars) {}

  /** A value; {@code width} is its length, {@code x} where it begins. */
  public record Bar(String name, long value, int x, int y, int width, int height) {}

  /**
   * {@return the chart of some counts}
   *
   * @param counts for each measure the value of each bar, all 0 or more
   */
  static Bars of(String id, String title, Map<String, Map<String, Long>> counts) {
    long most =
        counts.values().stream()
            .flatMap(m -> m.values().stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    List<Group> groups = new ArrayList<>();
    int y = 0;
    for (Map.Entry<String, Map<String, Long>> measure : counts.entrySet()) {
      int top = y;
      y += HEAD;
      List<Bar> bars = new ArrayList<>();
      for (Map.Entry<String, Long> one : measure.getValue().entrySet()) {
        int length = most == 0 ? 0 : (int) Math.round((double) LONGEST * one.getValue() / most);
        bars.add(new Bar(shorten(one.getKey()), one.getValue(), NAMES, y, length, BAR));
        y += PITCH;
      }
      groups.add(new Group(measure.getKey(), top + HEAD - 8, bars));
    }
    return new Bars(id, title, about(counts), NAMES + LONGEST + NUMBERS, y + 6, groups);
  }

  private static String shorten(String name) {
    return name.length() <= LETTERS ? name : name.substring(0, LETTERS - 1) + "\u2026";
  }

  private static String about(Map<String, Map<String, Long>> counts) {
    return counts.entrySet().stream()
        .map(m ->
            m.getKey()
                + ": "
                + m.getValue().entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }
}
