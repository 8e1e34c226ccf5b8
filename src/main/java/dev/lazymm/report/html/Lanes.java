package dev.lazymm.report.html;

import dev.lazymm.check.Source;
import dev.lazymm.check.Witness;
import dev.lazymm.report.DrawnEdge;
import dev.lazymm.report.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The layout of an execution's picture: a lane a CPU, time downwards, a box a kernel step, arrows
 * for interrupts. {@code lanes.jte} draws it. Lengths are in CSS pixels.
 *
 * @param id what the names inside the picture begin with; unique in its document
 * @param title what the picture shows
 * @param about the picture in words, for those who do not see it
 */
public record Lanes(
    String id,
    String title,
    String about,
    int width,
    int height,
    List<Lane> lanes,
    List<Box> boxes,
    List<Arrow> arrows) {
  private static final int GUTTER = 40;
  private static final int WIDE_GAP = 44;
  private static final int WIDEST_GAP = 110;
  private static final int GAP = 20;
  private static final int TOP = 40;
  private static final int LINE = 16;
  private static final int PAD = 9;
  private static final int SPACE = 9;

  /** How many letters a line has at most, and how wide the widest of their faces is. */
  private static final int LETTERS = 36;

  private static final double LETTER = 7.3;
  private static final int NARROWEST = 120;

  /** A CPU's lane. */
  public record Lane(String name, int x, int width, int height) {}

  /**
   * A kernel step.
   *
   * @param number its place in the order, from 1
   * @param bad whether this is where it goes wrong
   * @param where its line of source; may be empty
   */
  public record Box(
      int number,
      int x,
      int y,
      int width,
      int height,
      boolean bad,
      List<Line> lines,
      String where) {}

  /**
   * A line of text in a box.
   *
   * @param kind {@code action}, {@code step}, {@code cell}, {@code site} or {@code harm}
   */
  public record Line(String kind, String text, int x, int y) {}

  /**
   * An interrupt or a pair of a relation.
   *
   * @param path the data of an SVG path
   * @param labelX where its label goes
   * @param label what it is
   * @param colour empty for an interrupt's
   * @param strong whether it is of the cycle that a model allows
   */
  public record Arrow(
      String path, int labelX, int labelY, String label, String colour, boolean strong) {}

  /** {@return the picture of an execution that has at least one step} */
  public static Lanes of(Witness witness, String id, String title) {
    return of(witness, id, title, List.of());
  }

  /** {@return the same with the pairs of relations} */
  public static Lanes of(Witness witness, String id, String title, List<DrawnEdge> edges) {
    List<Integer> cpus =
        IntStream.range(0, witness.cpus())
            .filter(cpu -> witness.cpus() <= 2 || takesPart(witness, cpu))
            .boxed()
            .toList();
    List<List<Words>> words = words(witness);
    boolean arrows = !witness.ipis().isEmpty();
    int gap = edges.isEmpty() ? (arrows ? WIDE_GAP : GAP) : WIDEST_GAP;
    List<Column> columns = columns(witness, cpus, words, gap);
    List<Box> boxes = boxes(witness, words, columns);
    Box last = boxes.getLast();
    int bottom = last.y() + last.height() + SPACE;
    List<Lane> lanes = cpus.stream().map(cpu -> lane(cpu, columns.get(cpu), bottom)).toList();
    List<Arrow> drawn = new ArrayList<>();
    witness
        .ipis()
        .forEach(ipi -> drawn.add(arrow(boxes.get(ipi.from()), boxes.get(ipi.to()), gap)));
    int[] earlier = new int[boxes.size()];
    for (DrawnEdge edge : edges) {
      int lift = earlier[edge.from()]++ + earlier[edge.to()]++;
      drawn.add(arrow(boxes.get(edge.from()), boxes.get(edge.to()), lift, edge));
    }
    Lane right = lanes.getLast();
    int width = right.x() + right.width() + PAD + (edges.isEmpty() ? 0 : WIDEST_GAP);
    return new Lanes(id, title, about(witness), width, bottom + PAD, lanes, boxes, drawn);
  }

  /** {@return the colours of the pairs of relations, each once} */
  public List<String> colours() {
    return arrows.stream().map(Arrow::colour).filter(c -> !c.isEmpty()).distinct().toList();
  }

  private static Lane lane(int cpu, Column column, int bottom) {
    return new Lane("CPU " + cpu, column.x(), column.width(), bottom);
  }

  private static boolean takesPart(Witness witness, int cpu) {
    return witness.steps().stream().anyMatch(s -> s.cpu() == cpu);
  }

  /** A line that has no place yet. */
  private record Words(String kind, String text) {}

  /** Where a lane is. */
  private record Column(int x, int width) {}

  /**
   * A lane is as wide as what is in it; between lanes there is room for arrows if there are any.
   */
  private static List<Column> columns(
      Witness witness, List<Integer> cpus, List<List<Words>> words, int gap) {
    int[] letters = new int[witness.cpus()];
    for (int i = 0; i < words.size(); i++) {
      int cpu = witness.steps().get(i).cpu();
      int most = words.get(i).stream().mapToInt(w -> w.text().length()).max().orElse(0);
      letters[cpu] = Math.max(letters[cpu], most);
    }
    List<Column> columns = new ArrayList<>();
    int x = GUTTER;
    for (int cpu = 0; cpu < letters.length; cpu++) {
      int width = Math.max(NARROWEST, (int) Math.ceil(letters[cpu] * LETTER) + 2 * PAD + 2);
      columns.add(new Column(x, width));
      if (cpus.contains(cpu)) {
        x += width + gap;
      }
    }
    return columns;
  }

  private static List<Box> boxes(Witness witness, List<List<Words>> words, List<Column> columns) {
    List<Box> boxes = new ArrayList<>();
    int y = TOP;
    for (Witness.Step step : witness.steps()) {
      int x = columns.get(step.cpu()).x();
      int width = columns.get(step.cpu()).width();
      List<Line> lines = new ArrayList<>();
      for (Words w : words.get(boxes.size())) {
        int base = y + PAD + (lines.size() + 1) * LINE - 5;
        lines.add(new Line(w.kind(), w.text(), x + PAD + 1, base));
      }
      int height = lines.size() * LINE + 2 * PAD - 2;
      String where = where(step.stack());
      boxes.add(new Box(boxes.size() + 1, x, y, width, height, step.bad(), lines, where));
      y += height + SPACE;
    }
    return boxes;
  }

  /** {@return what stands in the box of each step} */
  private static List<List<Words>> words(Witness witness) {
    List<List<Words>> all = new ArrayList<>();
    String[] action = new String[witness.cpus()];
    for (Witness.Step step : witness.steps()) {
      List<Words> lines = new ArrayList<>();
      boolean begins = !step.action().equals(action[step.cpu()]);
      action[step.cpu()] = step.action();
      if (begins && !step.action().equals(step.step())) {
        add(lines, "action", step.action() + ":");
      }
      add(lines, "step", step.step());
      step.cells().forEach(cell -> add(lines, "cell", cell));
      if (!step.site().isEmpty()) {
        add(lines, "site", "[" + step.site().replace(",", ", ") + "]");
      }
      if (step.bad()) {
        add(lines, "harm", "here it goes wrong");
      }
      all.add(lines);
    }
    return all;
  }

  private static void add(List<Words> lines, String kind, String text) {
    Text.wrap(text, LETTERS).forEach(part -> lines.add(new Words(kind, part)));
  }

  private static String where(List<Source> stack) {
    if (stack.isEmpty()) {
      return "";
    }
    Source s = stack.getFirst();
    return "%s.%s (%s:%d)".formatted(s.simpleType(), s.method(), s.file(), s.line());
  }

  /** From the side of one box that faces the other to that of the other, within the gap. */
  private static Arrow arrow(Box from, Box to, int gap) {
    int way = to.x() > from.x() ? 1 : -1;
    int x1 = way > 0 ? from.x() + from.width() : from.x();
    int x2 = way > 0 ? to.x() : to.x() + to.width();
    int y1 = from.y() + from.height() / 2;
    int y2 = to.y() + LINE;
    int bend = way * gap;
    String path =
        "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
    return new Arrow(path, x1 + way * gap / 2, (y1 + y2) / 2 + 4, "IPI", "", false);
  }

  /**
   * A curve as {@link dev.lazymm.report.LitmusSvg} draws them: between lanes a little above the
   * straight line, within one beside its boxes; the more there are at a box the further apart.
   */
  private static Arrow arrow(Box from, Box to, int earlier, DrawnEdge edge) {
    boolean same = from.x() == to.x();
    int way = same || to.x() > from.x() ? 1 : -1;
    int x1 = way > 0 ? from.x() + from.width() : from.x();
    int x2 = same || way < 0 ? to.x() + to.width() : to.x();
    int y1 = from.y() + Math.min(from.height() - 4, LINE + 5 * earlier);
    int y2 = to.y() + Math.min(to.height() - 4, LINE + 5 * earlier);
    int midX = (x1 + x2) / 2 + (same ? 40 + 12 * earlier : 0);
    int midY = (y1 + y2) / 2 - (same ? 0 : 10 + 8 * earlier);
    String path = "M%d %dQ%d %d %d %d".formatted(x1, y1, midX, midY, x2, y2);
    int beside = same ? (int) (edge.label().length() * LETTER / 2) + 4 : 0;
    int labelX = (x1 + 2 * midX + x2) / 4 + beside;
    int labelY = (y1 + 2 * midY + y2) / 4 - 3;
    return new Arrow(path, labelX, labelY, edge.label(), edge.colour(), edge.inCycle());
  }

  private static String about(Witness witness) {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (Witness.Step step : witness.steps()) {
      out.append("%d. CPU %d, %s: %s".formatted(++number, step.cpu(), step.action(), step.step()));
      out.append(step.cells().isEmpty() ? "" : ", " + String.join(", ", step.cells()));
      out.append(step.bad() ? "; here it goes wrong. " : ". ");
    }
    return out.toString().strip();
  }
}
