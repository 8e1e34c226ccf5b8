package dev.lazymm.check;

import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a {@link Core} in the order of the cycle that they are, and finds how the
 * model names what leads from one to the next: by the smallest of its relations.
 */
final class CircleMaker {
  /** More events than any cycle that can be read has. */
  private static final int MOST = 14;

  private static final List<String> COMMUNICATION = List.of("rf", "co", "fr");
  private static final List<String> DEPENDENCIES = List.of("addr", "data", "ctrl");

  /** A step from one event to the next. */
  record Link(int from, int to, String on, String relation) {}

  private final List<String> names;
  private final Graph g;
  private final List<Integer> nodes = new ArrayList<>();
  private final Weak.Asked asked;
  private final Judge.Shown known;
  private final List<Link> best = new ArrayList<>();

  /**
   * @param failing the checks that are not to fail
   */
  CircleMaker(
      Weak weak, Graph g, boolean[] events, @Nullable Conflict conflict, List<String> failing) {
    names = Stream.concat(DEPENDENCIES.stream(), weak.partsOf(failing).stream()).toList();
    this.g = g;
    asked = weak.ask(g, events, conflict);
    known = asked.judge().known();
    for (int e = 0; e < g.size; e++) {
      boolean first =
          switch (g.kind[e]) {
            case Kind.RMW_W, Kind.FENCE, Kind.DEPENDS, Kind.LOAD -> false;
            default -> true;
          };
      if (first && (events[e] || (g.succeeds(e) && events[g.writePart(e)]))) {
        nodes.add(e);
      }
    }
    nodes.sort(
        Comparator.<Integer>comparingInt(e -> g.thread[e]).thenComparingInt(g::programIndex));
  }

  /** {@return the cycle with the most of the events; empty if there is none} */
  List<Link> links() {
    if (best.isEmpty() && !nodes.isEmpty() && nodes.size() <= MOST) {
      search(new ArrayList<>(), nodes.getFirst(), nodes.getFirst());
    }
    return best;
  }

  private void search(List<Link> path, int first, int at) {
    for (int next : nodes) {
      boolean closes = next == first && !path.isEmpty();
      boolean visited = next == first || path.stream().anyMatch(link -> link.to() == next);
      if (best.size() < nodes.size() && next != at && (closes || !visited)) {
        String on = on(at, next);
        if (!on.isEmpty()) {
          path.add(new Link(at, next, on, on.equals("po") ? smallest(at, next) : ""));
          if (!closes) {
            search(path, first, next);
          } else if (path.size() > best.size()) {
            best.clear();
            best.addAll(path);
          }
          path.removeLast();
        }
      }
    }
  }

  /** How one event leads to another, empty if it does not; program order only to the next one. */
  private String on(int a, int b) {
    if (g.thread[a] == g.thread[b]) {
      return nodes.indexOf(b) == nodes.indexOf(a) + 1 ? "po" : "";
    }
    return COMMUNICATION.stream()
        .filter(name -> has(known.relation(name), a, b))
        .findFirst()
        .orElse("");
  }

  /** {@return the smallest relation of the model that has two events; empty if none does} */
  String smallest(int a, int b) {
    return names.stream()
        .filter(name -> !known.relation(name).isEmpty() && has(known.relation(name), a, b))
        .min(Comparator.comparingInt(name -> known.relation(name).size()))
        .orElse("");
  }

  private boolean has(Relation relation, int a, int b) {
    boolean[] found = {false};
    relation.forEach((x, y) -> found[0] |= operation(x) == a && operation(y) == b);
    return found[0];
  }

  private int operation(int event) {
    int e = asked.events().graphEventOf(event);
    return e < 0 ? e : Weak.begin(g, e);
  }
}
