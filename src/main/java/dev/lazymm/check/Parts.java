package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@link Search} in the order in which one explorer would go through them, who is at
 * which, and what is done: the parts before the first that is not are put together in the front.
 */
final class Parts {
  private static final String FOUND = "enough was found";
  private static final int MOST_TICKETS = 1024;

  private final Search.Bounds bounds;
  private final Snapshot snapshot;
  private final List<Part> parts = new ArrayList<>();
  private final AtomicLong tickets;
  private final AtomicLong executions = new AtomicLong();
  private volatile Part front; // workers look at it now and then, without the lock
  private Footprint.Known known = Footprint.Known.NOTHING;
  private int running;
  private volatile int idle;
  private volatile boolean stopped;
  private String why = "";
  private @Nullable Throwable failure;

  Parts(Search.Bounds bounds, Tally tally, Memory memory, @Nullable Saver saver) {
    this.bounds = bounds;
    snapshot = new Snapshot(this, memory, saver);
    tickets = new AtomicLong(bounds.maxGraphs());
    front = new Part(List.of(), tally.fresh());
    parts.add(new Part(Level.ALL, tally.fresh()));
  }

  /** Goes on from where another search was. */
  synchronized void goOn(Saved.Content saved, int maxEvents) {
    known = saved.known();
    front = saved.front();
    parts.clear();
    parts.addAll(saved.parts());
    Part all = sum();
    tickets.set(Math.max(0, bounds.maxGraphs() - all.graphs()));
    executions.set(all.executions);
    if (front.end == Part.End.FOUND) {
      why = FOUND;
    } else if (front.end == Part.End.TOO_LARGE) {
      why = String.valueOf(new Explorer.TooLarge(maxEvents).getMessage());
    }
    mergeFront();
  }

  private Part sum() {
    Part all = new Part(List.of(), front.tally.fresh());
    all.append(front);
    parts.forEach(all::append);
    return all;
  }

  // ---- what is known ---------------------------------------------------------------------------

  /** {@return whether everything was explored} */
  synchronized boolean isComplete() {
    return parts.isEmpty() && why.isEmpty();
  }

  /** {@return why not everything was explored; empty if it was, or enough was found} */
  synchronized String why() {
    return why.equals(FOUND) ? "" : why;
  }

  /** {@return what was found, all of it in the order of one explorer} */
  synchronized Part result() {
    Part all = new Part(List.of(), front.tally.fresh());
    all.append(front);
    for (Part part : parts) {
      Touches both = all.touches.copy();
      both.addAll(part.touches);
      if (part.end == Part.End.LEARNED || both.reveal(known)) {
        break; // what was counted in it is void
      }
      all.append(part);
    }
    return all;
  }

  synchronized Footprint.Known known() {
    return known;
  }

  synchronized @Nullable Throwable failure() {
    return failure;
  }

  synchronized List<Part> list() {
    return List.copyOf(parts);
  }

  synchronized int running() {
    return (int) parts.stream().filter(p -> p.running).count();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** {@return what is done} */
  Part front() {
    return front;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean isAnyoneIdle() {
    return idle > 0;
  }

  // ---- the bound -------------------------------------------------------------------------------

  /** {@return how many more graphs a worker may look at; 0 if the bound is reached} */
  long draw() {
    long some = Math.clamp(tickets.get() / (4L * bounds.workers()), 1, MOST_TICKETS);
    long left = tickets.getAndUpdate(n -> n - Math.min(n, some));
    return Math.min(left, some);
  }

  /** {@return how many executions there are, with so many more} */
  long count(long more) {
    return executions.addAndGet(more);
  }

  // ---- who does what ---------------------------------------------------------------------------

  /** {@return a part to explore; null if there is nothing left to do} */
  synchronized @Nullable Part next() {
    while (true) {
      if (parts.isEmpty()) {
        notifyAll();
        return null;
      }
      if (running == 0 && tickets.get() == 0) {
        stop("gave up after " + bounds.maxGraphs() + " executions");
      }
      if (stopped) {
        return null;
      }
      Part part = tickets.get() == 0 || snapshot.isBeingTaken() ? null : waiting();
      if (part != null) {
        part.running = true;
        running++;
        if (part == parts.getFirst() && part.graphs() == 0 && !part.exact) {
          part.again(front.touches);
        }
        return part;
      }
      idle++;
      pause();
      idle--;
    }
  }

  private @Nullable Part waiting() {
    for (Part part : parts) {
      if (!part.running && part.end == null) {
        return part;
      }
    }
    return null;
  }

  @SuppressWarnings("WaitNotInLoop") // who calls it loops
  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      stop("interrupted");
      Thread.currentThread().interrupt();
    }
  }

  synchronized void split(Explorer explorer, Part part) {
    if (snapshot.isBeingTaken() || part.cancelled || stopped || waiting() != null) {
      return;
    }
    List<Level> given = explorer.split();
    if (!given.isEmpty()) {
      parts.add(parts.indexOf(part) + 1, new Part(given, part.tally.fresh()));
      notifyAll();
    }
  }

  /** Ends the search; what is left to do stays in the parts. */
  synchronized void stop(String reason) {
    if (!stopped) {
      stopped = true;
      why = reason;
    }
    notifyAll();
  }

  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    snapshot.abandon();
    stop(e.toString());
  }

  synchronized void putBack(Explorer explorer, Part part, long unused) {
    leave(explorer, part, unused);
    part.rest = explorer.place();
    notifyAll();
  }

  synchronized void finish(Explorer explorer, Part part, Part.End end, long unused) {
    leave(explorer, part, unused);
    part.rest = List.of();
    part.end = end;
    if (!part.cancelled) {
      if (end != Part.End.EXHAUSTED) {
        cancelAfter(part);
      }
      mergeFront();
    }
    notifyAll();
  }

  private void leave(Explorer explorer, Part part, long unused) {
    snapshot.give(explorer, part);
    while (snapshot.isBeingTaken()) {
      pause();
      snapshot.give(explorer, part); // another may have begun
    }
    part.keep(explorer);
    part.running = false;
    running--;
    if (!part.forgotten) {
      tickets.addAndGet(part.cancelled ? unused + part.graphs() : unused);
    }
  }

  /** One explorer would not come to what is after this part. */
  private void cancelAfter(Part part) {
    List<Part> after = parts.subList(parts.indexOf(part) + 1, parts.size());
    for (Part p : after) {
      p.cancelled = true;
      if (!p.running) {
        tickets.addAndGet(p.graphs());
      }
    }
    after.clear();
  }

  /** Puts together what is done and has nothing before it that is not. */
  private void mergeFront() {
    while (!parts.isEmpty() && parts.getFirst().end != null) {
      Part part = parts.getFirst();
      if (!part.exact && !isAsOne(part)) {
        cancelAfter(part);
        tickets.addAndGet(part.graphs());
        part.again(front.touches);
        return;
      }
      if (part.end == Part.End.LEARNED) {
        restart(part.learned);
        return;
      }
      front.append(part);
      parts.removeFirst();
      if (part.end == Part.End.TOO_LARGE) {
        enough(part.end, part.why);
      } else if (isEnoughFound()) {
        enough(Part.End.FOUND, FOUND);
      }
    }
  }

  /** Whether a part that began without what was before it has come out as if it had not. */
  private boolean isAsOne(Part part) {
    if (part.end == Part.End.LEARNED) {
      return false;
    }
    if (front.foundAt >= 0
        && front.graphs() + part.graphs() - front.foundAt > bounds.afterFound()) {
      return false;
    }
    Touches both = front.touches.copy();
    both.addAll(part.touches);
    return !both.reveal(known);
  }

  private boolean isEnoughFound() {
    return front.foundAt >= 0 && front.graphs() - front.foundAt >= bounds.afterFound();
  }

  private void enough(Part.End end, String reason) {
    parts.forEach(p -> p.cancelled = true);
    parts.clear();
    front.end = end;
    why = reason;
  }

  private void restart(Footprint.Known learned) {
    for (Part p : parts) {
      p.cancelled = true;
      p.forgotten = true;
    }
    parts.clear();
    known = learned;
    front = new Part(List.of(), front.tally.fresh());
    parts.add(new Part(Level.ALL, front.tally.fresh()));
    tickets.set(bounds.maxGraphs());
    executions.set(0);
  }
}
