package dev.lazymm.report;

import dev.lazymm.litmus.Execution;
import dev.lazymm.report.LitmusGraph.Edge;
import dev.lazymm.report.LitmusGraph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws an execution of a litmus test in ASCII: a column a thread, time downwards, a row an event;
 * below it the relations.
 *
 * <pre>{@code
 * initially x=0, y=0
 *
 * P0                                P1
 * --                                --
 * 0  WRITE_ONCE(*x, 1);
 *      W[once] x = 1
 *                                   0  r0 = READ_ONCE(*y);
 *                                        R[once] y = 1
 *
 * rf  P0:1 W y=1 -> P1:0 R y=1
 * }</pre>
 */
public final class LitmusPicture {
  private static final int NARROWEST = 16;
  private static final int NUMBER = 3;

  private final LitmusGraph graph;
  private final boolean columns;
  private final int width;

  private LitmusPicture(LitmusGraph graph) {
    this.graph = graph;
    int each = Text.WIDTH / Math.max(1, graph.threads());
    columns = each >= NARROWEST;
    width = columns ? each : Text.WIDTH;
  }

  /** {@return the picture, each line ended} */
  public static String draw(Execution execution) {
    return new LitmusPicture(LitmusGraph.of(execution)).draw();
  }

  private String draw() {
    StringBuilder out = new StringBuilder();
    Text.hang(out, "initially ", String.join(", ", graph.initial()));
    out.append('\n');
    if (columns) {
      head(out);
    }
    String[] source = new String[graph.threads()];
    for (Node node : graph.nodes()) {
      String margin = " ".repeat(columns ? node.thread() * width : 0);
      String number = number(node);
      boolean same = node.source().equals(source[node.thread()]);
      source[node.thread()] = node.source();
      List<String> lines = new ArrayList<>();
      if (!same) {
        lines.addAll(Text.wrap(node.source(), room(number)));
      }
      Text.wrap(node.action(), room(number) - 2).forEach(l -> lines.add("  " + l));
      String start = number;
      for (String line : lines) {
        out.append((margin + start + line).stripTrailing()).append('\n');
        start = " ".repeat(number.length());
      }
    }
    out.append('\n');
    for (Edge edge : graph.edges()) {
      String pad = " ".repeat(Math.max(1, 5 - edge.name().length()));
      Text.hang(out, edge.name() + pad, edge.from() + " -> " + edge.to());
    }
    Text.hang(out, "ends ", graph.state());
    if (!graph.flags().isEmpty()) {
      Text.hang(out, "raises ", String.join(", ", graph.flags()));
    }
    return out.toString();
  }

  private int room(String number) {
    return Math.max(8, width - number.length() - 1);
  }

  private String number(Node node) {
    String id = columns ? node.id().substring(node.id().indexOf(':') + 1) : node.id();
    return id + " ".repeat(Math.max(1, NUMBER - id.length()));
  }

  private void head(StringBuilder out) {
    StringBuilder names = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (int t = 0; t < graph.threads(); t++) {
      String name = "P" + t;
      String gap = " ".repeat(width - name.length());
      names.append(name).append(gap);
      rule.append("-".repeat(name.length())).append(gap);
    }
    out.append(names.toString().stripTrailing()).append('\n');
    out.append(rule.toString().stripTrailing()).append('\n');
  }
}
