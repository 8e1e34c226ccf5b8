package dev.lazymm.report;

import dev.lazymm.check.Circle;
import dev.lazymm.check.Explained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An arrow between two steps of a witness.
 *
 * @param name the relation
 * @param from a step, counted from 0
 * @param to another
 * @param label what stands beside it
 * @param inCycle whether it is of the cycle that the model allows
 */
public record DrawnEdge(String name, int from, int to, String label, boolean inCycle) {
  /** {@return the arrows of an execution, each once; none if it is not explained} */
  public static List<DrawnEdge> of(@Nullable Explained explained) {
    Map<String, DrawnEdge> all = new LinkedHashMap<>();
    if (explained == null) {
      return List.of();
    }
    for (Explained.Related r : explained.relations()) {
      put(all, new DrawnEdge(r.name(), r.from(), r.to(), r.name(), false));
    }
    Circle circle = explained.prevention().circle();
    if (circle != null) {
      for (int i = 0; i < circle.turns().size(); i++) {
        Circle.Turn turn = circle.turns().get(i);
        int to = circle.turns().get((i + 1) % circle.turns().size()).step();
        if (turn.step() >= 0 && to >= 0 && to != turn.step()) {
          put(all, new DrawnEdge(turn.on(), turn.step(), to, label(turn), true));
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static void put(Map<String, DrawnEdge> all, DrawnEdge edge) {
    all.put(edge.name + " " + edge.from + " " + edge.to, edge);
  }

  private static String label(Circle.Turn turn) {
    return switch (turn.on()) {
      case "po" -> turn.orders().isEmpty() ? "po, not ordered" : "po, " + turn.orders();
      case Circle.BEFORE -> "may come before";
      default -> turn.on();
    };
  }

  /** {@return its colour; it is readable on any ground} */
  public String colour() {
    return LitmusSvg.colour(name);
  }
}
