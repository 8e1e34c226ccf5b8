package dev.lazymm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@link Search} in the order in which one explorer would go through them, and what
 * is done: those before the first that is not are put together in the front. Guarded by the {@link
 * Crew}, but for {@link #front}, {@link #known}, {@link #draw} and {@link #count}.
 */
final class Parts {
  private static final String FOUND = "enough was found";
  private static final int MOST_TICKETS = 1024;

  /** So many parts are few. What is done waits for all that is before it, and takes memory. */
  private static final int FEW = 64;

  private final Search.Bounds bounds;
  private final List<Part> parts = new ArrayList<>();
  private final AtomicLong tickets;
  private final AtomicLong executions = new AtomicLong();
  private volatile Part front; // workers look at it now and then, without the lock
  private volatile Footprint.Known known = Footprint.Known.NOTHING;
  private volatile int splitAfter;
  private String why = "";

  Parts(Search.Bounds bounds, Tally tally) {
    this.bounds = bounds;
    splitAfter = bounds.splitAfter();
    tickets = new AtomicLong(bounds.maxGraphs());
    front = new Part(List.of(), tally.fresh());
    parts.add(new Part(Level.ALL, tally.fresh()));
  }

  /** Goes on from where another search was. */
  void goOn(Saved.Content saved, int maxEvents) {
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

  /** {@return whether nothing is left to do} */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** {@return whether everything was explored} */
  boolean isComplete() {
    return parts.isEmpty() && why.isEmpty();
  }

  /** {@return why not everything was explored; empty if it was, or enough was found} */
  String why() {
    return why.equals(FOUND) ? "" : why;
  }

  /** {@return what was found, all of it in the order of one explorer} */
  Part result() {
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

  Footprint.Known known() {
    return known;
  }

  /** {@return the parts that are not done, or have one before them that is not} */
  List<Part> list() {
    return List.copyOf(parts);
  }

  /** {@return at how many parts somebody is} */
  int running() {
    return (int) parts.stream().filter(p -> p.running).count();
  }

  /** {@return what is done} */
  Part front() {
    return front;
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

  /** {@return whether the bound is reached, but for what workers have drawn} */
  boolean isSpent() {
    return tickets.get() == 0;
  }

  // ---- who does what ---------------------------------------------------------------------------

  /** {@return the first part that nobody is at; null if there is none} */
  @Nullable Part waiting() {
    for (Part part : parts) {
      if (!part.running && part.end == null) {
        return part;
      }
    }
    return null;
  }

  /** Somebody is now at a part. */
  void begin(Part part) {
    if (part == parts.getFirst() && part.graphs() == 0 && !part.exact) {
      part.again(front.touches);
    }
    part.running = true;
  }

  /** Some of a part is now one of its own. */
  void addAfter(Part part, List<Level> given) {
    parts.add(parts.indexOf(part) + 1, new Part(given, part.tally.fresh()));
    splitAfter = (int) Math.min(Integer.MAX_VALUE, bounds.splitAfter() * (1L + parts.size() / FEW));
  }

  /** {@return after how many graphs of a part some of it may be given away again} */
  int splitAfter() {
    return splitAfter;
  }

  /** Nobody is at a part any more; so many graphs were drawn for it in vain. */
  void left(Part part, long unused) {
    part.running = false;
    if (!part.forgotten) {
      tickets.addAndGet(part.cancelled ? unused + part.graphs() : unused);
    }
  }

  /** A part has come to its end. */
  void ended(Part part, Part.End end) {
    part.end = end;
    if (!part.cancelled) {
      if (end != Part.End.EXHAUSTED) {
        cancelAfter(part);
      }
      mergeFront();
    }
  }

  /** What is left to do is left. */
  void endedBecause(String reason) {
    why = reason;
  }

  // ---- putting together ------------------------------------------------------------------------

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
    Part nothing = new Part(List.of(), front.tally.fresh()); // may run out of memory: comes first
    Part everything = new Part(Level.ALL, front.tally.fresh());
    for (Part p : parts) {
      p.cancelled = true;
      p.forgotten = true;
    }
    parts.clear();
    known = learned;
    front = nothing;
    parts.add(everything);
    tickets.set(bounds.maxGraphs());
    executions.set(0);
  }
}
