package dev.lazymm.report;

import dev.lazymm.cat.Relation;
import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.ConditionText;
import dev.lazymm.litmus.Execution;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.PathEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An execution of a litmus test as it is drawn: events in an order in which they may be listed, and
 * the edges between them that say something.
 *
 * <p>Left out are edges that follow from others: coherence and from-reads beyond the next write,
 * coherence from initial writes, pairs of a relation that are also two steps of it, and pairs that
 * another relation listed before has already shown.
 *
 * @param test the test
 * @param nodes the events of the threads, from the first to be drawn
 * @param edges the edges, by relation
 * @param initial what is in memory at the start: {@code x=0}
 * @param state how it ends
 * @param flags the flags that it raises
 */
record LitmusGraph(
    LitmusTest test,
    List<Node> nodes,
    List<Edge> edges,
    List<String> initial,
    String state,
    List<String> flags) {
  /** These first, in this order; all else by name. */
  private static final List<String> ORDER = List.of("rf", "co", "fr", "ppo", "hb", "pb", "rb");

  /**
   * An event.
   *
   * @param id {@code P0:1}, or {@code init} of an initial write
   * @param thread its thread, -1 of an initial write
   * @param action what it does: {@code W[once] x = 1}
   * @param brief the same, shorter: {@code W x=1}
   * @param source the statement it is from
   */
  record Node(String id, int thread, String action, String brief, String source) {
    @Override
    public String toString() {
      return id + " " + brief;
    }
  }

  /** A pair of a relation. */
  record Edge(String name, Node from, Node to) {}

  /** {@return what there is to draw of an execution} */
  static LitmusGraph of(Execution execution) {
    return new Builder(execution).build();
  }

  /** {@return how many threads there are} */
  int threads() {
    return test.threads().size();
  }

  /** Builds one graph. */
  private static final class Builder {
    private final Execution execution;
    private final LitmusTest test;
    private final int size;
    private final List<Node> all = new ArrayList<>();

    Builder(Execution execution) {
      this.execution = execution;
      test = execution.candidate().test();
      size = execution.candidate().size();
      int first = 0;
      for (int e = 0; e < size; e++) {
        boolean begins = e == 0 || thread(e) != thread(e - 1);
        first = begins ? e : first;
        all.add(node(e, e - first));
      }
    }

    LitmusGraph build() {
      List<Node> nodes = timeline().stream().map(all::get).toList();
      List<String> initial =
          Stream.iterate(0, e -> e < size && thread(e) < 0, e -> e + 1)
              .map(e -> all.get(e).brief().substring("W ".length()))
              .toList();
      return new LitmusGraph(test, nodes, edges(), initial, execution.state(), execution.flags());
    }

    private boolean isInternal(int e) {
      PathEvent event = execution.candidate().event(e);
      return event != null && event.action() == Action.INTERNAL;
    }

    private int thread(int e) {
      return execution.candidate().thread(e);
    }

    private Node node(int e, int index) {
      PathEvent event = execution.candidate().event(e);
      String value = new ConditionText(test.locations()).number(execution.values().get(e));
      int location = execution.locations().get(e);
      String where = location < 0 ? "" : " " + test.locations().get(location);
      if (event == null) {
        return new Node("init", -1, "W" + where + " = " + value, "W" + where + "=" + value, "");
      }
      String kind = kind(event.action());
      String tags = event.tags().isEmpty() ? "" : event.tags().stream().sorted().toList() + "";
      boolean valued = event.action() == Action.READ || event.action() == Action.WRITE;
      return new Node(
          "P" + thread(e) + ":" + index,
          thread(e),
          kind + tags + where + (valued ? " = " + value : ""),
          kind + (where.isEmpty() ? tags : where) + (valued ? "=" + value : ""),
          event.text().strip());
    }

    private static String kind(Action action) {
      return switch (action) {
        case READ -> "R";
        case WRITE -> "W";
        case FENCE -> "F";
        case INTERNAL -> "i";
        case SRCU -> "SRCU";
        case LOCK_READ -> "LKR";
        case LOCK_WRITE -> "LKW";
        case UNLOCK -> "UL";
        case LOCK_FAIL -> "LF";
        case READ_LOCKED -> "RL";
        case READ_UNLOCKED -> "RU";
      };
    }

    private Relation relation(String name) {
      return execution.relations().getOrDefault(name, Relation.empty(size));
    }

    /**
     * Program order, and as far as that goes what communication says; a weak execution is one for
     * which no order is right.
     */
    private List<Integer> timeline() {
      Relation before = relation("rf").union(relation("co")).union(relation("fr"));
      List<Integer> order = new ArrayList<>();
      Set<Integer> open = new HashSet<>();
      for (int e = 0; e < size; e++) {
        if (thread(e) >= 0 && !isInternal(e)) {
          open.add(e);
        }
      }
      while (!open.isEmpty()) {
        List<Integer> next = open.stream().filter(e -> !isBehind(e, open)).sorted().toList();
        int chosen =
            next.stream()
                .filter(e -> open.stream().noneMatch(o -> !o.equals(e) && before.contains(o, e)))
                .findFirst()
                .orElse(next.getFirst());
        order.add(chosen);
        open.remove(chosen);
      }
      return order;
    }

    private boolean isBehind(int e, Set<Integer> open) {
      return open.stream().anyMatch(o -> o < e && thread(o) == thread(e));
    }

    private List<Edge> edges() {
      List<Edge> edges = new ArrayList<>();
      Relation shown = Relation.empty(size);
      Relation co = relation("co");
      Map<String, Relation> relations = execution.relations();
      List<String> others =
          relations.keySet().stream().filter(n -> !ORDER.contains(n)).sorted().toList();
      for (String name : Stream.concat(ORDER.stream(), others.stream()).toList()) {
        Relation kept =
            switch (name) {
              case "rf" -> relation(name);
              case "co" -> co.minus(co.then(co));
              case "fr" -> relation(name).minus(relation(name).then(co));
              default -> reduced(relation(name)).minus(shown);
            };
        shown = shown.union(relation(name));
        kept.forEach((a, b) -> {
          if (thread(b) >= 0
              && !isInternal(a)
              && !isInternal(b)
              && !(thread(a) < 0 && !name.equals("rf"))) {
            edges.add(new Edge(name, all.get(a), all.get(b)));
          }
        });
      }
      return edges;
    }

    private static Relation reduced(Relation relation) {
      return relation.isAcyclic() ? relation.minus(relation.then(relation)) : relation;
    }
  }
}
