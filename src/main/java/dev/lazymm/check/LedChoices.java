package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;

/**
 * Which choice of a graph that is led does what its {@link Leader} did: what a read reads, where a
 * write stands, which interrupt is taken. Among ADDs, which have no order, it is which of them a
 * read sees.
 */
final class LedChoices {
  private final Leader leader;
  private final Graph theirs;
  private final Frame frame;
  private final Graph graph;
  private final Alternatives alternatives;

  /** Whether something else than the default was done. */
  private boolean changed;

  /** Whether a choice was wanted that there is not. */
  private boolean failed;

  LedChoices(Leader leader, Frame frame, Alternatives alternatives) {
    this.leader = leader;
    theirs = leader.graph;
    this.frame = frame;
    graph = frame.graph;
    this.alternatives = alternatives;
  }

  /** What is changed from here on counts for {@link #changed}. */
  void begin() {
    changed = false;
  }

  /** The graph was changed. */
  void change() {
    changed = true;
  }

  /** {@return whether the graph was changed since it was begun} */
  boolean changed() {
    return changed;
  }

  /** {@return whether a choice was wanted that there is not} */
  boolean failed() {
    return failed;
  }

  // ---- what is wanted --------------------------------------------------------------------------

  /** Has an access do what the leader's did. */
  void decide(int leaders, int e) {
    int k = graph.kind[e];
    if (!Kind.isAccess(k)) {
      return;
    }
    List<Integer> want = Kind.isRead(k) ? seen(leaders, e) : before(leaders, e);
    int c = graph.cell[e];
    if (graph.adds.in(c)) {
      chooseAmongAdds(e, want);
    } else if (Kind.isRead(k)) {
      int source = want.getFirst();
      if (graph.rf[e] != source) {
        choose(e, Choice.READ_FROM, source);
      }
    } else {
      int place = graph.position(want.getFirst()) + 1;
      if (graph.coPos[e] != place) {
        choose(e, Choice.SLOT, place);
      }
    }
  }

  /** What read e is to see: the latest write that is no ADD here, first, and the ADDs since. */
  private List<Integer> seen(int leaders, int e) {
    if (theirs.kind[leaders] == Kind.ADD) {
      return upTo(theirs.cell[leaders], theirs.coPos[leaders] - 1, e);
    }
    int c = theirs.cell[leaders];
    int last = theirs.adds.in(c) ? theirs.cut[leaders] : theirs.position(theirs.rf[leaders]);
    return upTo(c, last, e);
  }

  /** What write e is to stand after, of what is there. */
  private List<Integer> before(int leaders, int e) {
    int w = theirs.kind[leaders] == Kind.RMW_R ? theirs.writePart(leaders) : leaders;
    return upTo(theirs.cell[leaders], theirs.coPos[w] - 1, e);
  }

  private List<Integer> upTo(int leadersCell, int place, int but) {
    List<Integer> all = new ArrayList<>();
    for (int p = place; p > 0; p--) {
      int w = leader.here(theirs.coAt(leadersCell, p));
      if (w == Graph.NONE || w == but) {
        continue;
      }
      if (graph.kind[w] != Kind.ADD) {
        all.addFirst(w);
        return all;
      }
      all.add(w);
    }
    all.addFirst(Graph.INIT);
    return all;
  }

  // ---- the choices -----------------------------------------------------------------------------

  /** Does the choice of an event that is of one kind, and of one source or place. */
  void choose(int e, int kind, int a) {
    for (int i = 0; i < frame.choices(); i++) {
      Choice c = frame.choice(i);
      if (c.kind() == kind && c.size() == e + 1 && c.a() == a && isPlain(c)) {
        does(c, e);
        return;
      }
    }
    failed = true;
  }

  private static boolean isPlain(Choice c) {
    return c.sets() == 0 && (c.kind() != Choice.SLOT || c.b() == Graph.NONE);
  }

  private void does(Choice choice, int e) {
    Frame led = alternatives.take(frame, choice);
    changed = true;
    failed |= led != frame;
    if (!failed && graph.succeeds(e) && leader.of(e) != Graph.NONE) {
      leader.pair(leader.of(e), graph, e); // its write part was added anew
    }
  }

  /** Does the choice of an access to a cell that has ADDs with which it sees, or follows, these. */
  private void chooseAmongAdds(int e, List<Integer> want) {
    boolean read = Kind.isRead(graph.kind[e]);
    int last = read ? graph.cut[e] : graph.coPos[e] - 1;
    if (isAsWanted(e, last, 0, want)) {
      return;
    }
    for (int i = 0; i < frame.choices(); i++) {
      Choice choice = frame.choice(i);
      boolean fits = choice.kind() == (read ? Choice.READ_FROM : Choice.SLOT);
      if (fits && choice.size() == e + 1 && isAsWanted(e, choice.a(), choice.chosen(), want)) {
        does(choice, e);
        return;
      }
    }
    failed = true;
  }

  /** Whether up to a place in co, and with some ADDs behind it, there is what is wanted. */
  private boolean isAsWanted(int e, int place, int chosen, List<Integer> want) {
    int c = graph.cell[e];
    int base = graph.adds.base(c, place);
    if (graph.coAt(c, base) != want.getFirst()) {
      return false;
    }
    if (graph.kind[e] == Kind.ADD) {
      return true; // among themselves they have no order
    }
    List<Integer> seen = new ArrayList<>();
    for (int p = base + 1; p <= place; p++) {
      seen.add(graph.coAt(c, p));
    }
    int[] behind = graph.adds.members(c, place, graph.adds.nextCut(c, place));
    for (int m = 0; m < behind.length; m++) {
      if (chosen != 0 && (chosen >>> m & 1) != 0) {
        seen.add(behind[m]);
      }
    }
    return seen.size() == want.size() - 1 && want.containsAll(seen);
  }
}
