package dev.lazymm.report;

import dev.lazymm.check.Barrier;
import dev.lazymm.check.Circle;
import dev.lazymm.check.Explained;
import dev.lazymm.check.Explained.Related;
import dev.lazymm.check.Prevention;
import dev.lazymm.check.Witness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An execution's relations between its numbered steps, and the cycle that a model allows. */
final class ExplainedText {
  private static final int NAME = 6;

  private ExplainedText() {}

  /** {@return what there is to say, each line ended} */
  static String of(Explained explained, Witness witness) {
    StringBuilder out = new StringBuilder();
    out.append("relations between steps\n");
    Text.hang(out, head("po"), programOrder(witness));
    Map<String, Map<String, List<Related>>> all =
        explained.relations().stream()
            .collect(
                Collectors.groupingBy(
                    Related::name,
                    LinkedHashMap::new,
                    Collectors.groupingBy(Related::of, TreeMap::new, Collectors.toList())));
    all.remove("po");
    all.forEach((name, byCell) -> {
      String head = head(name);
      for (var each : byCell.entrySet()) {
        String pairs =
            each.getValue().stream()
                .map(r -> (r.from() + 1) + " -> " + (r.to() + 1))
                .collect(Collectors.joining(", "));
        Text.hang(out, head, pairs + (each.getKey().isEmpty() ? "" : "  " + each.getKey()));
        head = " ".repeat(head.length());
      }
    });
    Circle circle = explained.prevention().circle();
    if (circle != null) {
      out.append('\n');
      circle(out, circle, explained.prevention());
    }
    return out.toString();
  }

  private static String head(String name) {
    return "  " + name + " ".repeat(Math.max(1, NAME - name.length()));
  }

  private static String programOrder(Witness witness) {
    Map<Integer, List<String>> cpus = new TreeMap<>();
    for (int i = 0; i < witness.steps().size(); i++) {
      cpus.computeIfAbsent(witness.steps().get(i).cpu(), _ -> new ArrayList<>())
          .add(String.valueOf(i + 1));
    }
    return cpus.values().stream()
        .map(steps -> String.join(" -> ", steps))
        .collect(Collectors.joining("; "));
  }

  private static void circle(StringBuilder out, Circle circle, Prevention prevention) {
    Text.hang(out, "", "the cycle that %s allows".formatted(prevention.model()));
    for (Circle.Turn turn : circle.turns()) {
      String step = turn.step() < 0 ? "   " : "%2d ".formatted(turn.step() + 1);
      Text.hang(out, "  " + step, turn.act().toString());
      Text.hang(out, "     | ", how(turn, prevention));
    }
    int first = circle.turns().getFirst().step();
    Text.hang(out, "  ", (first < 0 ? "   " : "%2d ".formatted(first + 1)) + "again");
  }

  private static String how(Circle.Turn turn, Prevention prevention) {
    if (turn.on().equals(Circle.BEFORE)) {
      return "may take effect before";
    }
    if (!turn.on().equals("po")) {
      return turn.on();
    }
    if (!turn.orders().isEmpty()) {
      return "po, ordered by " + turn.orders();
    }
    boolean helps = !turn.would().isEmpty();
    String with =
        prevention.barriers().getFirst().stream()
            .filter(barrier -> barrier.at().cpu() == turn.act().cpu())
            .map(Barrier::kernel)
            .collect(Collectors.joining(", "));
    return "po, not ordered"
        + (helps ? "; with %s ordered by %s".formatted(with, turn.would()) : "");
  }
}
