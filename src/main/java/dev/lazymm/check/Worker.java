package dev.lazymm.check;

import org.jspecify.annotations.Nullable;

/** One thread of a {@link Search}: explores one part after the other until there is none. */
final class Worker {
  /**
   * After how many graphs, and events of graphs, a worker looks up at most; a clock is slower than
   * a small graph.
   */
  private static final int LOOK_EVERY = 16;

  private static final int EVENTS = 1024;

  /** How often a worker tells how far it is, and notes it, in nanoseconds. */
  private static final long TELL_EVERY = 50_000_000;

  private final Crew crew;
  private final Parts parts;
  private final Search.Bounds bounds;
  private final Explorer explorer;
  private final Headroom headroom;

  /** How many graphs this may still look at before it must {@link Parts#draw} again. */
  private long mine;

  /** How many graphs of this part it has looked at, and when it may split it. */
  private long looked;

  private long splitAt;

  /** How many executions it has told of, and when it is to tell of more. */
  private long told;

  private long tellAt;

  Worker(Crew crew, Parts parts, Search.Bounds bounds, Explorer explorer, Headroom headroom) {
    this.crew = crew;
    this.parts = parts;
    this.bounds = bounds;
    this.explorer = explorer;
    this.headroom = headroom;
    explorer.limit(Math.min(bounds.frameBytes(), Headroom.share()));
  }

  /** Works until there is nothing left to do. */
  void work() {
    for (Part part = crew.next(); part != null; part = crew.next()) {
      try {
        explore(part);
      } catch (OutOfMemoryError e) {
        crew.lose(part, mine);
        return; // and with it all that this has
      }
    }
  }

  private void explore(Part part) {
    explorer.begin(parts.known(), part.touches, part.rest, part.tally);
    explorer.count(part.executions, part.blocked, part.largest);
    told = part.executions;
    mine = 0;
    looked = 0;
    splitAt = bounds.splitAfter();
    tellAt = System.nanoTime() + TELL_EVERY;
    Part.End end = null;
    while (end == null) {
      if (mine == 0) {
        mine = parts.draw(part);
      }
      if (mine == 0 || crew.isStopped() || part.cancelled) {
        crew.putBack(explorer, part, mine);
        return;
      }
      end = some(part);
      if (end == null) {
        look(part);
      }
    }
    parts.count(explorer.executions() - told);
    crew.finish(explorer, part, end, mine);
  }

  /** Explores a few graphs. */
  private Part.@Nullable End some(Part part) {
    int most = (int) Math.min(stride(), mine);
    int n = 0;
    try {
      while (n < most) {
        if (!explorer.advance()) {
          return Part.End.EXHAUSTED;
        }
        n++;
        if (isEnough(part)) {
          return Part.End.FOUND;
        }
      }
      return null;
    } catch (Footprint.Restart e) {
      part.learned = explorer.footprint().known();
      return Part.End.LEARNED;
    } catch (Explorer.TooLarge e) {
      part.why = String.valueOf(e.getMessage());
      return Part.End.TOO_LARGE;
    } finally {
      mine -= n;
      looked += n;
    }
  }

  private int stride() {
    int few = EVENTS / Math.max(1, explorer.largest());
    return Math.clamp(Math.min(few, bounds.splitAfter()), 1, LOOK_EVERY);
  }

  /** Whether something was found, and then enough was looked at; here at the latest. */
  private boolean isEnough(Part part) {
    Part all = parts.front();
    if (all.foundAt >= 0) {
      long begun = part.exact ? all.graphs() - all.foundAt : 0;
      return begun + graphs() >= bounds.afterFound();
    }
    long at = part.tally.foundAt();
    return at >= 0 && graphs() - at >= bounds.afterFound();
  }

  private long graphs() {
    return explorer.executions() + explorer.blocked();
  }

  /** Between two graphs: what else is to be done. */
  private void look(Part part) {
    if (looked >= splitAt && crew.isAnyoneIdle()) {
      crew.split(explorer, part);
      splitAt = looked + parts.splitAfter();
    }
    long now = System.nanoTime();
    if (bounds.deadline() != Search.NEVER && now - bounds.deadline() >= 0) {
      crew.stop("the time is over");
    }
    if (Thread.currentThread().isInterrupted()) {
      crew.stop("interrupted");
    }
    if (headroom.isTimeToLook() && Headroom.isLow()) {
      crew.stop(Search.NO_MEMORY);
    }
    if (now - tellAt >= 0) {
      tellAt = now + TELL_EVERY;
      crew.note(explorer, part);
      bounds.progress().accept(parts.count(explorer.executions() - told));
      told = explorer.executions();
    }
    crew.snapshot().look(explorer, part);
  }
}
