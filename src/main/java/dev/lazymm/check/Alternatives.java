package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes back in a graph and does one of its noted {@link Choice}s. A revisit makes a new graph, in a
 * frame of its own. Owned by one explorer.
 */
final class Alternatives {
  private final MemoryModel model;
  private final Growth growth;
  private final Revisits revisits;
  private final Supplier<Frame> emptyFrames;
  private final Cuts cuts;
  private final List<Frame> spare = new ArrayList<>();

  Alternatives(
      MemoryModel model, Growth growth, Revisits revisits, Cuts cuts, Supplier<Frame> emptyFrames) {
    this.model = model;
    this.growth = growth;
    this.revisits = revisits;
    this.cuts = cuts;
    this.emptyFrames = emptyFrames;
  }

  /** A new pass: frames of the one before do not fit any more. */
  void begin() {
    spare.clear();
  }

  /** A frame is done with and may be used again. */
  void recycle(Frame frame) {
    spare.add(frame);
  }

  /** {@return an empty frame} */
  Frame target() {
    return spare.isEmpty() ? emptyFrames.get() : spare.removeLast();
  }

  /**
   * Does a choice of a frame, whose graph events are being added to.
   *
   * @return the frame to grow now: the same, or a new one that comes first, or null if this was
   *     only to note further choices, or is inconsistent
   */
  @Nullable Frame take(Frame frame, Choice choice) {
    Graph graph = frame.graph;
    graph.truncate(choice.size());
    frame.forgetTruncated();
    int t = choice.thread();
    int others = frame.choices();
    int e = choice.size() - 1;
    int a = choice.a();
    switch (choice.kind()) {
      case Choice.READ_FROM -> {
        if (graph.adds.in(graph.cell[e])) {
          see(graph, e, a, choice.chosen());
        } else {
          graph.setRf(e, a);
        }
        growth.completeRmw(e);
      }
      case Choice.START -> {}
      case Choice.TAKE -> {
        graph.setTaken(e, a);
        graph.flags[e] &= ~Graph.DECLINED;
      }
      case Choice.DECLINE -> {
        graph.setTaken(e, Graph.NONE);
        graph.flags[e] |= Graph.DECLINED;
      }
      case Choice.SLOT -> {
        takeBack(frame, e);
        int reader = choice.b();
        if (graph.adds.in(graph.cell[e])) {
          stand(graph, e, choice, reader);
        } else {
          graph.unplace(e);
          graph.place(e, a);
        }
        if (reader != Graph.NONE) {
          if (graph.rf[reader] != e && !graph.adds.in(graph.cell[e])) {
            graph.give(reader, e);
          }
          frame.state[graph.thread[reader]] = Frame.UNKNOWN;
        }
        growth.completeRmws();
      }
      case Choice.CONFLICT -> {
        if (graph.adds.in(graph.cell[e])) {
          see(graph, e, a, choice.chosen());
          mayComeBefore(frame, e, choice.b());
        } else {
          conflict(frame, e, a);
        }
        return null;
      }
      case Choice.LOCK_CONFLICT, Choice.POLL_AND_LOCK_CONFLICT -> {
        int c = graph.cell[a];
        if (choice.kind() == Choice.POLL_AND_LOCK_CONFLICT) {
          growth.pollForLock(t, c);
        }
        conflict(frame, graph.add(t, Kind.LOCK_R, c, choice.b()), a);
        return null;
      }
      case Choice.REVISIT -> {
        return graph.kind[choice.b()] == Kind.SEND
            ? interrupted(frame, a, choice.b())
            : revisited(frame, a, choice.b(), choice.sets() == Revisits.KEEPING);
      }
      default -> throw new IllegalStateException("choice " + choice.kind());
    }
    frame.state[t] = Frame.UNKNOWN;
    if (choice.isOfMemory() && !model.isConsistent(graph)) {
      frame.keepChoices(others);
      return null;
    }
    return frame;
  }

  /**
   * Read part e reads what write part {@code taken} has consumed: that may come after it instead.
   */
  private void conflict(Frame frame, int e, int taken) {
    Graph graph = frame.graph;
    int theirs = graph.readPart(taken);
    graph.setRf(e, graph.rf[theirs]);
    mayComeBefore(frame, e, theirs);
  }

  /** The write part of e, which is not in co, is tried on reads that were added up to another's. */
  private void mayComeBefore(Frame frame, int e, int theirs) {
    int write = growth.rmwWrite(e);
    frame.state[frame.graph.thread[e]] = Frame.UNKNOWN;
    revisits.ofWrite(frame, write, theirs, theirs);
  }

  // ---- cells with ADDs -------------------------------------------------------------------------

  /** Read r sees what is up to a place, and some of what is behind it. */
  private static void see(Graph g, int r, int place, int chosen) {
    int c = g.cell[r];
    g.detach(r);
    g.adds.arrange(c, place, chosen);
    g.setCut(r, place + Integer.bitCount(chosen));
  }

  /** Write w stands where a choice says, and is read by who does. */
  private static void stand(Graph g, int w, Choice choice, int reader) {
    int c = g.cell[w];
    if (reader != Graph.NONE) {
      g.detach(reader);
    }
    if (g.coPos[w] != 0) {
      g.unplace(w);
    }
    g.adds.arrange(c, choice.a(), choice.chosen());
    g.place(w, choice.a() + Integer.bitCount(choice.chosen()) + 1);
    if (reader != Graph.NONE) {
      see(g, reader, g.coPos[w], choice.seen());
    }
  }

  /**
   * {@return a graph, in which read r is to read write w, with the last of its choices done; null
   * if there is none}
   */
  private @Nullable Frame revisitedAmongAdds(Frame target, int read, int write, boolean keeping) {
    Graph copy = target.graph;
    int sees = keeping ? copy.cut[read] : -1;
    copy.detach(read);
    if (copy.adds.in(copy.cell[write])) {
      cuts.ofRevisit(copy, read, write, sees);
    }
    if (!copy.adds.in(copy.cell[write]) || cuts.size == 0) {
      recycle(target);
      return null;
    }
    growth.enter(target);
    int last = cuts.size - 1;
    for (int i = 0; i < last; i++) {
      target.push(slot(copy, write, read, i));
    }
    stand(copy, write, slot(copy, write, read, last), read);
    copy.prevRf[read] = Graph.NONE;
    growth.completeRmws();
    return target;
  }

  /** The i-th choice found for a write, the latest event, that is read. */
  private Choice slot(Graph g, int write, int read, int i) {
    long sets = Choice.sets(cuts.chosen(i), cuts.seen(i));
    return new Choice(Choice.SLOT, g.size, g.thread[write], cuts.place(i), read, sets);
  }

  /** Undoes what write w gave in place. */
  private static void takeBack(Frame frame, int w) {
    int r = frame.graph.takeBack(w);
    if (r != Graph.NONE) {
      frame.state[frame.graph.thread[r]] = Frame.UNKNOWN;
    }
  }

  /** {@return the graph in which poll p takes SEND s} */
  private Frame interrupted(Frame frame, int p, int s) {
    Frame target = target();
    int poll = revisits.build(frame, p, s, false, target);
    growth.enter(target);
    target.graph.setTaken(poll, target.graph.size - 1);
    target.graph.flags[poll] &= ~Graph.DECLINED;
    growth.completeRmws();
    return target;
  }

  /**
   * {@return the graph in which read r reads write w, with w last in co if it can choose; null if
   * there is none} A read that its value blocks is of use only if that is the last value.
   */
  private @Nullable Frame revisited(Frame frame, int r, int w, boolean keeping) {
    takeBack(frame, w);
    if (frame.graph.coPos[w] != 0) {
      frame.graph.unplace(w);
    }
    Frame target = target();
    int read = revisits.build(frame, r, w, keeping, target);
    Graph copy = target.graph;
    int write = copy.size - 1;
    int c = copy.cell[write];
    if (keeping || copy.adds.in(c)) {
      return revisitedAmongAdds(target, read, write, keeping);
    }
    int n = copy.coLength[c];
    int earliest = n;
    if (copy.kind[read] != Kind.AWAIT || copy.satisfies(read, copy.value[write])) {
      earliest = Math.max(earliest(copy, read), earliest(copy, write));
    }
    growth.enter(target);
    int place = n;
    if (copy.kind[write] == Kind.RMW_W) {
      int source = copy.rf[copy.readPart(write)];
      place = copy.position(source);
      if (place < earliest || copy.consumer(source, c) != Graph.NONE) {
        growth.enter(frame);
        recycle(target);
        return null;
      }
    } else {
      growth.slots(write, read, earliest);
    }
    copy.place(write, place + 1);
    copy.prevRf[read] = Graph.NONE;
    copy.setRf(read, write);
    growth.completeRmws();
    if (place < n && !model.isConsistent(copy)) {
      growth.enter(frame);
      recycle(target);
      return null;
    }
    return target;
  }

  private int earliest(Graph g, int e) {
    return model.earliest(g, g.thread[e], g.index[e], g.cell[e]);
  }
}
