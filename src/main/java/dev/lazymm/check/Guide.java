package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;

/**
 * Leads a run of a scenario along the graph of another run of it, in which other sites counted for
 * less, or which was under another model: what each read reads, the coherence order, and where each
 * interrupt is taken.
 *
 * <p>One operation is added at a time, of a CPU whose next read, or interrupt, has its source; then
 * the {@linkplain LedChoices choice} is done that the {@link Leader} has. It is one of those that
 * {@link Growth} has noted, so what is led is a graph that the explorer could have come to: where
 * the kernel goes another way, or the model does not allow it, there is no such choice, and the
 * graph does not come about. That no choice of an earlier event must be gone back to is because po
 * and rf have no cycle.
 *
 * <p>Fences, empty polls and what else may be there in one of the two runs alone are passed over.
 */
final class Guide {
  private final Leader leader;
  private final Graph graph;
  private final Frame frame;
  private final Schedule schedule;
  private final Growth growth;
  private final LedChoices choices;

  /** How many events were looked at. */
  private int seen;

  /** Whether the kernel goes another way. */
  private boolean failed;

  Guide(Graph leader, Frame frame, Schedule schedule, Growth growth, Alternatives alternatives) {
    this.leader = new Leader(leader);
    this.frame = frame;
    graph = frame.graph;
    this.schedule = schedule;
    this.growth = growth;
    choices = new LedChoices(this.leader, frame, alternatives);
  }

  /** {@return whether all that the leader does could be done here} */
  boolean lead() {
    int t = 0;
    int stuck = 0;
    while (!hasFailed() && stuck < graph.threads) {
      if (goOn(t)) {
        stuck = 0;
      } else {
        t = (t + 1) % graph.threads;
        stuck++;
      }
    }
    for (int u = 0; u < graph.threads; u++) {
      failed |= leader.wanted(u) != Graph.NONE;
    }
    frame.keepChoices(0);
    return !hasFailed();
  }

  private boolean hasFailed() {
    return failed || choices.failed();
  }

  // ---- one step --------------------------------------------------------------------------------

  /** Lets a thread do one thing; false if it cannot now. */
  private boolean goOn(int t) {
    int want = leader.wanted(t);
    if (want == Graph.NONE || !leader.hasSource(want) || frame.state[t] == Frame.FAILED) {
      return false;
    }
    frame.keepChoices(0);
    if (leader.isTaking(want) && isWaiting(t)) {
      return interrupt(t, want);
    }
    int size = graph.size;
    seen = size;
    choices.begin();
    schedule.lead(frame, t, () -> mayGoOn(t));
    if (graph.size > seen) {
      follow(t, seen);
    }
    return choices.changed() || graph.size > size || (leader.isTaking(want) && isWaiting(t));
  }

  /** Whether what was added last was done as the leader does, and the next can be done. */
  private boolean mayGoOn(int t) {
    follow(t, seen);
    seen = graph.size;
    int want = leader.wanted(t);
    return !choices.changed() && !hasFailed() && want != Graph.NONE && leader.hasSource(want);
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
    int send = leader.here(leader.graph.rf[want]);
    if (frame.hasPolled(t)) {
      take(t, send);
    } else {
      growth.forcePoll(t, false);
      int poll = graph.last(t);
      if (graph.rf[poll] != send) {
        choices.choose(poll, Choice.TAKE, send);
      }
    }
    leader.passTo(want);
    return true;
  }

  /** The last event of a thread, an empty poll, takes an interrupt. */
  private void take(int t, int send) {
    int poll = graph.last(t);
    graph.setTaken(poll, send);
    graph.flags[poll] &= ~Graph.DECLINED;
    frame.state[t] = Frame.UNKNOWN;
    choices.change();
  }

  /** Does with the events that were just added as the leader did. */
  private void follow(int t, int first) {
    int e = first;
    int next = leader.next(t);
    if (graph.kind[e] == Kind.POLL) {
      if (leader.isTaking(next)) {
        choices.choose(e, Choice.TAKE, leader.here(leader.graph.rf[next]));
        leader.passTo(next);
        return;
      }
      if (next != Graph.NONE && leader.graph.isEmptyPoll(next)) {
        leader.passTo(next);
      }
      e++;
    }
    if (e < graph.size && graph.thread[e] == t) {
      access(t, e);
    }
  }

  private void access(int t, int e) {
    int match = leader.match(t, graph, e);
    if (match != Graph.NONE) {
      leader.passTo(match);
      leader.pair(match, graph, e);
      choices.decide(match, e);
      return;
    }
    int want = leader.wanted(t);
    int before = graph.index[e] == 0 ? Graph.NONE : graph.po[t][graph.index[e] - 1];
    if (leader.isTaking(want) && graph.isEmptyPoll(before)) {
      graph.truncate(e); // the interrupt comes before it
      frame.forgetTruncated();
      take(t, leader.here(leader.graph.rf[want]));
      leader.passTo(want);
    } else if (!Leader.isPassedOver(graph, e)) {
      failed = true;
    }
  }
}
