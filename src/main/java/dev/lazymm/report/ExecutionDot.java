package dev.lazymm.report;

import dev.lazymm.check.Explained;
import dev.lazymm.check.Witness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution for Graphviz: a cluster a CPU, a dashed edge to the next step, the bad step in bold;
 * relations by name, those of the cycle that a model allows in bold.
 */
public final class ExecutionDot {
  private ExecutionDot() {}

  /** {@return the graph in the DOT language} */
  public static String of(Witness witness, String title) {
    return of(witness, title, null);
  }

  /** {@return the same with the relations of an explanation; null for none} */
  public static String of(Witness witness, String title, @Nullable Explained explained) {
    StringBuilder out = new StringBuilder("digraph execution {\n");
    out.append("  label=").append(quote(title)).append("; labelloc=t; fontname=monospace;\n");
    out.append("  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n");
    List<Witness.Step> steps = witness.steps();
    for (int cpu = 0; cpu < witness.cpus(); cpu++) {
      out.append("  subgraph cluster_%d {\n    label=\"CPU %d\";\n".formatted(cpu, cpu));
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).cpu() == cpu) {
          out.append("    s%d [label=%s".formatted(i + 1, quote(label(i + 1, steps.get(i)))));
          out.append(steps.get(i).bad() ? ", style=bold, color=red];\n" : "];\n");
        }
      }
      out.append("  }\n");
    }
    for (int i = 1; i < steps.size(); i++) {
      boolean same = steps.get(i).cpu() == steps.get(i - 1).cpu();
      out.append("  s%d -> s%d%s;\n".formatted(i, i + 1, same ? "" : " [style=dashed]"));
    }
    for (DrawnEdge edge : DrawnEdge.of(explained)) {
      String label = quote(edge.label());
      out.append(
          "  s%d -> s%d [label=%s, color=\"%s\", fontcolor=\"%s\", constraint=false%s];\n"
              .formatted(
                  edge.from() + 1,
                  edge.to() + 1,
                  label,
                  edge.colour(),
                  edge.colour(),
                  edge.inCycle() ? ", penwidth=2.5" : ""));
    }
    return out.append("}\n").toString();
  }

  private static String label(int number, Witness.Step s) {
    StringBuilder label = new StringBuilder(number + ". " + s.action() + ": " + s.step());
    if (!s.site().isEmpty()) {
      label.append("\n[").append(s.site()).append(']');
    }
    s.cells().forEach(cell -> label.append('\n').append(cell));
    return label.toString();
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
