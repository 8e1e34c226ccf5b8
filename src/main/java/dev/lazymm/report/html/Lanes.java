package dev.lazymm.report.html;

import dev.lazymm.check.Source;
import dev.lazymm.check.Witness;
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
  static final int BOX = 284;
  private static final int GUTTER = 40;
  private static final int GAP = 44;
  private static final int TOP = 40;
  private static final int LINE = 16;
  private static final int PAD = 9;
  private static final int SPACE = 9;

  /** How many letters fit into a box: 12 pixels of a typewriter face are at most 7.3 wide. */
  private static final int LETTERS = 36;

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

  /** An interrupt, as the data of an SVG path, and where its label goes. */
  public record Arrow(String path, int labelX, int labelY) {}

  /** {@return the picture of an execution that has at least one step} */
  public static Lanes of(Witness witness, String id, String title) {
    List<Integer> cpus =
        IntStream.range(0, witness.cpus())
            .filter(cpu -> witness.cpus() <= 2 || takesPart(witness, cpu))
            .boxed()
            .toList();
    List<Box> boxes = boxes(witness, cpus);
    Box last = boxes.getLast();
    int bottom = last.y() + last.height() + SPACE;
    List<Lane> lanes =
        IntStream.range(0, cpus.size())
            .mapToObj(i -> new Lane("CPU " + cpus.get(i), x(i), BOX, bottom))
            .toList();
    List<Arrow> arrows =
        witness.ipis().stream()
            .map(ipi -> arrow(boxes.get(ipi.from()), boxes.get(ipi.to())))
            .toList();
    int width = x(cpus.size()) - GAP + 2 * PAD;
    return new Lanes(id, title, about(witness), width, bottom + PAD, lanes, boxes, arrows);
  }

  private static boolean takesPart(Witness witness, int cpu) {
    return witness.steps().stream().anyMatch(s -> s.cpu() == cpu);
  }

  private static int x(int lane) {
    return GUTTER + lane * (BOX + GAP);
  }

  private static List<Box> boxes(Witness witness, List<Integer> cpus) {
    List<Box> boxes = new ArrayList<>();
    String[] action = new String[witness.cpus()];
    int y = TOP;
    for (Witness.Step step : witness.steps()) {
      boolean begins = !step.action().equals(action[step.cpu()]);
      action[step.cpu()] = step.action();
      int x = x(cpus.indexOf(step.cpu()));
      List<Line> lines = lines(step, begins, x + PAD + 1, y + PAD);
      int height = lines.size() * LINE + 2 * PAD - 2;
      boxes.add(
          new Box(boxes.size() + 1, x, y, BOX, height, step.bad(), lines, where(step.stack())));
      y += height + SPACE;
    }
    return boxes;
  }

  private static List<Line> lines(Witness.Step step, boolean begins, int x, int y) {
    List<Line> lines = new ArrayList<>();
    if (begins && !step.action().equals(step.step())) {
      add(lines, "action", step.action() + ":", x, y);
    }
    add(lines, "step", step.step(), x, y);
    step.cells().forEach(cell -> add(lines, "cell", cell, x, y));
    if (!step.site().isEmpty()) {
      add(lines, "site", "[" + step.site().replace(",", ", ") + "]", x, y);
    }
    if (step.bad()) {
      add(lines, "harm", "here it goes wrong", x, y);
    }
    return lines;
  }

  private static void add(List<Line> lines, String kind, String text, int x, int top) {
    for (String part : Text.wrap(text, LETTERS)) {
      lines.add(new Line(kind, part, x, top + lines.size() * LINE + LINE - 5));
    }
  }

  private static String where(List<Source> stack) {
    if (stack.isEmpty()) {
      return "";
    }
    Source s = stack.getFirst();
    return "%s.%s (%s:%d)".formatted(s.simpleType(), s.method(), s.file(), s.line());
  }

  /** From the side of one box that faces the other to that of the other, within the gap. */
  private static Arrow arrow(Box from, Box to) {
    int way = to.x() > from.x() ? 1 : -1;
    int x1 = way > 0 ? from.x() + from.width() : from.x();
    int x2 = way > 0 ? to.x() : to.x() + to.width();
    int y1 = from.y() + from.height() / 2;
    int y2 = to.y() + LINE;
    int bend = way * GAP;
    String path = "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
    return new Arrow(path, x1 + way * GAP / 2, (y1 + y2) / 2 + 4);
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
