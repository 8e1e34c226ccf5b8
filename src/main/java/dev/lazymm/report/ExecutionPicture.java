package dev.lazymm.report;

import dev.lazymm.check.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws an execution as the kernel's commit messages draw races: a column a CPU, time downwards, a
 * numbered row a kernel step. The row in which it goes wrong is marked with {@code >}.
 *
 * <pre>{@code
 *    CPU 0                              CPU 1
 *    -----                              -----
 * 1                                     idle: context_switch
 *                                         active_mm(swapper/1) = A
 * 2  run A1: try_to_wake_up
 *      on_cpu(A1) is 0
 * }</pre>
 */
public final class ExecutionPicture {
  private static final int NUMBER = 5; // "> 9  "
  private static final int GAP = 1;
  private static final int NARROWEST = 12;
  private static final String HOW = "  ";

  private final Witness witness;
  private final boolean sites;
  private final List<Integer> cpus;
  private final int width;

  private ExecutionPicture(Witness witness, boolean sites) {
    this.witness = witness;
    this.sites = sites;
    this.cpus =
        IntStream.range(0, witness.cpus())
            .filter(cpu -> witness.cpus() <= 2 || takesPart(witness, cpu))
            .boxed()
            .toList();
    this.width = (Text.WIDTH - NUMBER) / Math.max(1, cpus.size());
  }

  /**
   * {@return the picture, each line ended; empty if nothing happens}
   *
   * @param sites whether to name the ordering points that each step passes
   */
  public static String draw(Witness witness, boolean sites) {
    if (witness.steps().isEmpty()) {
      return "";
    }
    return new ExecutionPicture(witness, sites).draw();
  }

  private static boolean takesPart(Witness witness, int cpu) {
    return witness.steps().stream().anyMatch(s -> s.cpu() == cpu);
  }

  private String draw() {
    StringBuilder out = new StringBuilder();
    boolean columns = width - GAP >= NARROWEST;
    if (columns) {
      head(out);
    }
    int wide = columns ? width - GAP : Text.WIDTH - NUMBER;
    String[] action = new String[witness.cpus()];
    int number = 0;
    for (Witness.Step step : witness.steps()) {
      int cpu = step.cpu();
      boolean begins = !step.action().equals(action[cpu]);
      action[cpu] = step.action();
      String who = columns ? "" : "CPU " + cpu + ": ";
      String margin = " ".repeat(columns ? cpus.indexOf(cpu) * width : 0);
      String mark = (step.bad() ? ">" : " ") + "%2d  ".formatted(++number);
      for (String line : lines(who, step, begins, wide)) {
        out.append((mark + margin + line).stripTrailing()).append('\n');
        mark = " ".repeat(NUMBER);
      }
    }
    return out.toString();
  }

  private void head(StringBuilder out) {
    StringBuilder names = new StringBuilder(" ".repeat(NUMBER));
    StringBuilder rule = new StringBuilder(" ".repeat(NUMBER));
    for (int cpu : cpus) {
      String name = "CPU " + cpu;
      names.append(name).append(" ".repeat(width - name.length()));
      rule.append("-".repeat(name.length())).append(" ".repeat(width - name.length()));
    }
    out.append(names.toString().stripTrailing()).append('\n');
    out.append(rule.toString().stripTrailing()).append('\n');
  }

  private List<String> lines(String who, Witness.Step step, boolean begins, int wide) {
    List<String> lines = new ArrayList<>();
    String title = who + (begins && !step.action().equals(step.step()) ? step.action() + ": " : "");
    hang(lines, title + step.step(), 0, wide);
    if (sites && !step.site().isEmpty()) {
      hang(lines, "[" + step.site().replace(",", ", ") + "]", HOW.length(), wide);
    }
    for (String cell : step.cells()) {
      hang(lines, cell, HOW.length(), wide);
    }
    return lines;
  }

  /** Adds a text; from its second line on it stands two further to the right. */
  private static void hang(List<String> lines, String text, int indent, int wide) {
    List<String> first = Text.wrap(text, wide - indent);
    lines.add(" ".repeat(indent) + first.getFirst());
    if (first.size() > 1) {
      int from = Text.ascii(text).strip().indexOf(first.getFirst()) + first.getFirst().length();
      String rest = Text.ascii(text).strip().substring(from);
      for (String line : Text.wrap(rest, wide - indent - HOW.length())) {
        lines.add(" ".repeat(indent + HOW.length()) + line);
      }
    }
  }
}
