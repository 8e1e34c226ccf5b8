package dev.lazymm.report;

import dev.lazymm.litmus.Execution;
import dev.lazymm.report.LitmusGraph.Edge;
import dev.lazymm.report.LitmusGraph.Node;
import java.util.ArrayList;
import java.util.List;

/** An execution of a litmus test for Graphviz: a cluster a thread, an arrow a pair. */
public final class LitmusDot {
  private LitmusDot() {}

  /** {@return the graph in the DOT language} */
  public static String of(Execution execution) {
    LitmusGraph graph = LitmusGraph.of(execution);
    StringBuilder out = new StringBuilder("digraph execution {\n");
    out.append("  label=%s; labelloc=t; fontname=monospace;%n".formatted(title(graph)));
    out.append("  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n");
    out.append("  init [label=%s];%n".formatted(quote(String.join("\n", graph.initial()))));
    for (int t = 0; t < graph.threads(); t++) {
      out.append("  subgraph cluster_%d {%n    label=\"P%d\";%n".formatted(t, t));
      List<String> names = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (node.thread() == t) {
          String label = quote(node.source() + "\n" + node.action());
          out.append("    %s [label=%s];%n".formatted(name(node), label));
          names.add(name(node));
        }
      }
      if (names.size() > 1) {
        String chain = String.join(" -> ", names);
        out.append("    %s [color=gray, arrowhead=none];%n".formatted(chain));
      }
      out.append("  }\n");
    }
    for (Edge edge : graph.edges()) {
      String colour = LitmusSvg.colour(edge.name());
      out.append(
          "  %s -> %s [label=%s, color=\"%s\", fontcolor=\"%s\", constraint=false];%n"
              .formatted(name(edge.from()), name(edge.to()), quote(edge.name()), colour, colour));
    }
    return out.append("}\n").toString();
  }

  private static String title(LitmusGraph graph) {
    return quote(graph.test().name() + "\n" + graph.state());
  }

  private static String name(Node node) {
    return node.id().replace(":", "_");
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
