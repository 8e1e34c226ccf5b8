package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Leads a run of a scenario along the graph of another run of it, in which other sites counted for
 * less, or which was under another model: what each read reads, the coherence order, and where each
 * interrupt is taken.
 *
 * <p>One operation is added at a time, of a CPU whose next read, or interrupt, has its source; then
 * the choice is done that the leader has. It is one of those that {@link Growth} has noted, so what
 * is led is a graph that the explorer could have come to: where the kernel goes another way, or the
 * model does not allow it, there is no such choice, and the graph does not come about. That no
 * choice of an earlier event must be gone back to is because po and rf have no cycle.
 *
 * <p>Fences, empty polls and what else may be there in one of the two runs alone are passed over.
 */
final class Guide {
  private final Graph leader;
  private final Graph graph;
  private final Frame frame;
  private final Schedule schedule;
  private final Growth growth;
  private final Alternatives alternatives;

  /** For each thread, how many of the leader's events are done, or passed over. */
  private final int[] done;

  /** The event here for each of the leader's, NONE if there is none yet. */
  private final int[] here;

  /** The leader's event for each here that has one. */
  private int[] theirs = new int[64];

  /** How many events were looked at, and whether another choice than the default was done. */
  private int seen;

  private boolean changed;

  private boolean failed;

  Guide(Graph leader, Frame frame, Schedule schedule, Growth growth, Alternatives alternatives) {
    this.leader = leader;
    this.frame = frame;
    graph = frame.graph;
    this.schedule = schedule;
    this.growth = growth;
    this.alternatives = alternatives;
    done = new int[leader.threads];
    here = new int[leader.size];
    Arrays.fill(here, Graph.NONE);
    Arrays.fill(theirs, Graph.NONE);
  }

  /** {@return whether all that the leader does could be done here} */
  boolean lead() {
    int t = 0;
    int stuck = 0;
    while (!failed && stuck < leader.threads) {
      if (goOn(t)) {
        stuck = 0;
      } else {
        t = (t + 1) % leader.threads;
        stuck++;
      }
    }
    for (int u = 0; u < leader.threads; u++) {
      failed |= wanted(u) != Graph.NONE;
    }
    frame.keepChoices(0);
    return !failed;
  }

  // ---- the leader ------------------------------------------------------------------------------

  /** The leader's next event of a thread, NONE if it has no more, or waits for ever. */
  private int next(int t) {
    if (done[t] >= leader.length[t]) {
      return Graph.NONE;
    }
    int e = leader.po[t][done[t]];
    boolean waits = leader.kind[e] == Kind.AWAIT || leader.kind[e] == Kind.LOCK_R;
    return waits && !leader.satisfies(e, leader.value[e]) ? Graph.NONE : e;
  }

  /** The leader's next event of a thread that is not passed over. */
  private int wanted(int t) {
    int was = done[t];
    int e = next(t);
    while (e != Graph.NONE && isPassedOver(leader, e)) {
      done[t]++;
      e = next(t);
    }
    done[t] = was;
    return e;
  }

  private static boolean isPassedOver(Graph g, int e) {
    return switch (g.kind[e]) {
      case Kind.FENCE, Kind.DEPENDS, Kind.WARN, Kind.LOAD -> true;
      case Kind.POLL -> g.rf[e] == Graph.NONE;
      default -> false;
    };
  }

  private boolean isTaking(int e) {
    return e != Graph.NONE && leader.kind[e] == Kind.POLL && leader.rf[e] != Graph.NONE;
  }

  /** Whether all that a leader's read or poll sees is there. */
  private boolean hasSource(int e) {
    if (leader.kind[e] != Kind.POLL && !Kind.isRead(leader.kind[e])) {
      return true;
    }
    int c = leader.cell[e];
    if (!Kind.isRead(leader.kind[e]) || !leader.adds.in(c)) {
      return leader.rf[e] == Graph.INIT || here[leader.rf[e]] != Graph.NONE;
    }
    for (int p = leader.adds.base(c, leader.cut[e]); p <= leader.cut[e]; p++) {
      int w = leader.coAt(c, p);
      if (w != Graph.INIT && here[w] == Graph.NONE) {
        return false;
      }
    }
    return true;
  }

  // ---- one step --------------------------------------------------------------------------------

  /** Lets a thread do one thing; false if it cannot now. */
  private boolean goOn(int t) {
    int want = wanted(t);
    if (want == Graph.NONE || !hasSource(want) || frame.state[t] == Frame.FAILED) {
      return false;
    }
    frame.keepChoices(0);
    if (isTaking(want) && isWaiting(t)) {
      return interrupt(t, want);
    }
    int size = graph.size;
    seen = size;
    changed = false;
    schedule.lead(frame, t, () -> mayGoOn(t));
    if (graph.size > seen) {
      follow(t, seen);
    }
    return changed || graph.size > size || (isTaking(want) && isWaiting(t));
  }

  /** Whether what was added last was done as the leader does, and the next can be done. */
  private boolean mayGoOn(int t) {
    follow(t, seen);
    seen = graph.size;
    int want = wanted(t);
    return !changed && !failed && want != Graph.NONE && hasSource(want);
  }

  private boolean isWaiting(int t) {
    return switch (frame.state[t]) {
      case Frame.HALTED -> true;
      case Frame.PARKED, Frame.LOCK_PARKED -> frame.parkIrqs[t];
      default -> false;
    };
  }

  /** A CPU that waits takes an interrupt. */
  private boolean interrupt(int t, int want) {
    int send = here[leader.rf[want]];
    if (frame.hasPolled(t)) {
      take(t, send);
    } else {
      growth.forcePoll(t, false);
      int poll = graph.last(t);
      if (graph.rf[poll] != send) {
        choose(poll, Choice.TAKE, send);
      }
    }
    passTo(t, want);
    return true;
  }

  /** The last event of a thread, an empty poll, takes an interrupt. */
  private void take(int t, int send) {
    int poll = graph.last(t);
    graph.setTaken(poll, send);
    graph.flags[poll] &= ~Graph.DECLINED;
    frame.state[t] = Frame.UNKNOWN;
    changed = true;
  }

  /** The leader's events up to one are done. */
  private void passTo(int t, int event) {
    done[t] = leader.index[event] + 1;
  }

  /** Does with the events that were just added as the leader did. */
  private void follow(int t, int first) {
    int e = first;
    int next = next(t);
    if (graph.kind[e] == Kind.POLL) {
      if (isTaking(next)) {
        choose(e, Choice.TAKE, here[leader.rf[next]]);
        passTo(t, next);
        return;
      }
      if (next != Graph.NONE && leader.isEmptyPoll(next)) {
        passTo(t, next);
      }
      e++;
    }
    if (e < graph.size && graph.thread[e] == t) {
      access(t, e);
    }
  }

  private void access(int t, int e) {
    int match = match(t, e);
    if (match != Graph.NONE) {
      passTo(t, match);
      pair(match, e);
      decide(match, e);
      return;
    }
    int want = wanted(t);
    int before = graph.index[e] == 0 ? Graph.NONE : graph.po[t][graph.index[e] - 1];
    if (isTaking(want) && graph.isEmptyPoll(before)) {
      graph.truncate(e); // the interrupt comes before it
      frame.forgetTruncated();
      take(t, here[leader.rf[want]]);
      passTo(t, want);
    } else if (!isPassedOver(graph, e)) {
      failed = true;
    }
  }

  /** The leader's event for one of the same kind that was added, NONE if that has none. */
  private int match(int t, int e) {
    int was = done[t];
    int next = next(t);
    while (next != Graph.NONE && !isSame(next, e) && isPassedOver(leader, next)) {
      done[t]++;
      next = next(t);
    }
    done[t] = was;
    return next != Graph.NONE && isSame(next, e) ? next : Graph.NONE;
  }

  /** An increment is one event where it is not ordered, and two where it is. */
  private boolean isSame(int leaders, int e) {
    int k = leader.kind[leaders];
    int own = graph.kind[e];
    return k == own
        ? k != Kind.POLL
        : (k == Kind.ADD && own == Kind.RMW_R) || (k == Kind.RMW_R && own == Kind.ADD);
  }

  /** What was added is the leader's event here, and its write part the leader's. */
  private void pair(int leaders, int e) {
    boolean writes = leader.kind[leaders] == Kind.RMW_R || leader.kind[leaders] == Kind.LOCK_R;
    int last = graph.succeeds(e) ? graph.writePart(e) : e;
    set(leaders, e);
    if (writes && leader.succeeds(leaders)) {
      int w = leader.writePart(leaders);
      set(w, last);
      passTo(leader.thread[w], w);
    } else if (last != e) {
      set(leaders, last); // an ADD there
    }
  }

  private void set(int leaders, int e) {
    here[leaders] = e;
    if (e >= theirs.length) {
      int n = theirs.length;
      theirs = Arrays.copyOf(theirs, 2 * e);
      Arrays.fill(theirs, n, theirs.length, Graph.NONE);
    }
    theirs[e] = leaders;
  }

  // ---- what is read, and where writes stand ----------------------------------------------------

  private void decide(int leaders, int e) {
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
    if (leader.kind[leaders] == Kind.ADD) {
      return upTo(leader.cell[leaders], leader.coPos[leaders] - 1, e);
    }
    int c = leader.cell[leaders];
    return upTo(
        c, leader.adds.in(c) ? leader.cut[leaders] : leader.position(leader.rf[leaders]), e);
  }

  /** What write e is to stand after, of what is there. */
  private List<Integer> before(int leaders, int e) {
    int w = leader.kind[leaders] == Kind.RMW_R ? leader.writePart(leaders) : leaders;
    return upTo(leader.cell[leaders], leader.coPos[w] - 1, e);
  }

  private List<Integer> upTo(int leadersCell, int place, int but) {
    List<Integer> all = new ArrayList<>();
    for (int p = place; p > 0; p--) {
      int w = here[leader.coAt(leadersCell, p)];
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

  // ---- choices ---------------------------------------------------------------------------------

  private void choose(int e, int kind, int a) {
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
    if (!failed && graph.succeeds(e) && theirs[e] != Graph.NONE) {
      pair(theirs[e], e); // its write part was added anew
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
