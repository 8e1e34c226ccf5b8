package dev.lazymm.check;

import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Explores a program with several workers, as one would.
 *
 * <p>One explorer tries its choices in a fixed order, depth first; what another worker is given are
 * the choices that it would have tried last. So at any time there is a list of {@link Part}s, which
 * one explorer would go through one after the other, and what was found in them is put together in
 * that order. Nothing that a part finds depends on another, with two exceptions: when to stop after
 * something was found, and when the footprint shows that all is to begin anew ({@link
 * Footprint.Restart}). Either is settled when all before it is done, if need be by exploring the
 * part once more. So the result is that of one worker, whatever their number and their speed;
 * unless a bound ends it, which comes where it comes.
 */
final class Search {
  /**
   * How to search.
   *
   * @param workers how many threads
   * @param maxGraphs when to give up, in graphs that could not grow any more
   * @param deadline when to give up, by {@link System#nanoTime}
   * @param afterFound how many more graphs to look at when something was found
   * @param splitAfter after how many graphs of a part some of it may be given away
   * @param frameBytes about how much memory the graphs of one worker may take
   * @param progress told now and then how many executions there were
   */
  record Bounds(
      int workers,
      long maxGraphs,
      long deadline,
      long afterFound,
      int splitAfter,
      long frameBytes,
      LongConsumer progress) {
    /** {@return no bounds} */
    static Bounds none(int workers) {
      return new Bounds(
          workers, Long.MAX_VALUE, NEVER, Long.MAX_VALUE, SPLIT_AFTER, roomFor(workers), n -> {});
    }
  }

  /** A deadline that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  private static final String FOUND = "enough was found";
  static final int SPLIT_AFTER = 256;
  private static final int MOST_TICKETS = 1024;
  private static final int LOOK_EVERY = 16;
  private static final int PROGRESS_EVERY = 4096;

  private final Program program;
  private final Supplier<MemoryModel> models;
  private final Explorer.Options options;
  private final Bounds bounds;
  private final @Nullable Saver saver;
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

  /** The number of the snapshot being taken, or taken last; and who has not given his part yet. */
  private volatile long snapshot;

  private int awaited;

  Search(
      Program program,
      Supplier<MemoryModel> models,
      Explorer.Options options,
      Bounds bounds,
      Tally tally,
      @Nullable Saver saver) {
    this.program = program;
    this.models = models;
    this.options = options;
    this.bounds = bounds;
    this.saver = saver;
    tickets = new AtomicLong(bounds.maxGraphs());
    front = new Part(List.of(), tally.fresh());
    parts.add(new Part(Level.ALL, tally.fresh()));
    HiddenCells.of(program.memory()); // before anything the scripts make
  }

  /** {@return how much memory the graphs of one worker may take, in bytes} */
  static long roomFor(int workers) {
    int all = Math.max(workers, Runtime.getRuntime().availableProcessors());
    return Runtime.getRuntime().maxMemory() / (8L * all);
  }

  /** Goes on from where another search was. */
  void goOn(Saved.Content saved) {
    Part done = saved.front();
    List<Part> rest = saved.parts();
    known = saved.known();
    front = done;
    parts.clear();
    parts.addAll(rest);
    long graphs = done.graphs() + rest.stream().mapToLong(Part::graphs).sum();
    long soFar = done.executions + rest.stream().mapToLong(p -> p.executions).sum();
    tickets.set(Math.max(0, bounds.maxGraphs() - graphs));
    executions.set(soFar);
    if (done.end == Part.End.FOUND) {
      why = FOUND;
    } else if (done.end == Part.End.TOO_LARGE) {
      why = String.valueOf(new Explorer.TooLarge(options.maxEvents()).getMessage());
    }
    mergeFront();
  }

  /** Explores until the end, or a bound. */
  void run() {
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < bounds.workers(); i++) {
      others.add(Thread.ofPlatform().daemon().name("explore-" + i).start(this::work));
    }
    work();
    for (Thread other : others) {
      join(other);
    }
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
    save();
  }

  private void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      stop("interrupted");
      Thread.currentThread().interrupt();
    }
  }

  // ---- the result ------------------------------------------------------------------------------

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

  // ---- a worker --------------------------------------------------------------------------------

  private void work() {
    try {
      Explorer explorer = new Explorer(program, models.get(), options, front.tally.fresh());
      explorer.limit(bounds.frameBytes());
      for (Part part = next(); part != null; part = next()) {
        explore(explorer, part);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void explore(Explorer explorer, Part part) {
    explorer.begin(known, part.touches, part.rest, part.tally);
    explorer.count(part.executions, part.blocked, part.largest);
    long before = part.executions;
    long mine = 0;
    long looked = 0;
    Part.End end = null;
    while (end == null) {
      if (mine == 0) {
        mine = draw();
      }
      if (mine == 0 || stopped || part.cancelled) {
        putBack(explorer, part, mine);
        return;
      }
      try {
        if (explorer.advance()) {
          mine--;
          end = isEnough(explorer, part) ? Part.End.FOUND : null;
        } else {
          end = Part.End.EXHAUSTED;
        }
      } catch (Footprint.Restart e) {
        part.learned = explorer.footprint().known();
        end = Part.End.LEARNED;
      } catch (Explorer.TooLarge e) {
        part.why = String.valueOf(e.getMessage());
        end = Part.End.TOO_LARGE;
      }
      if (end == null) {
        look(explorer, part, ++looked);
        if (looked % PROGRESS_EVERY == 0) {
          executions.addAndGet(explorer.executions() - before);
          before = explorer.executions();
          bounds.progress().accept(executions.get());
        }
      }
    }
    executions.addAndGet(explorer.executions() - before);
    finish(explorer, part, end, mine);
  }

  /** Between two graphs: what else is to be done. */
  private void look(Explorer explorer, Part part, long looked) {
    if (idle > 0 && looked >= (part.start == Level.ALL ? bounds.splitAfter() : 1)) {
      split(explorer, part);
    }
    if (looked % LOOK_EVERY == 0) {
      if (bounds.deadline() != NEVER && System.nanoTime() - bounds.deadline() >= 0) {
        stop("the time is over");
      }
      if (looked % PROGRESS_EVERY == 0 && Headroom.isLow()) {
        stop("the memory is nearly full");
      }
      if (saver != null && saver.isDue()) {
        beginSnapshot();
      }
    }
    if (part.saved != snapshot) {
      give(explorer, part);
    }
  }

  /** Whether something was found, and then enough was looked at; here at the latest. */
  private boolean isEnough(Explorer explorer, Part part) {
    long graphs = explorer.executions() + explorer.blocked();
    Part all = front;
    if (all.foundAt >= 0) {
      long begun = part.exact ? all.graphs() - all.foundAt : 0;
      return begun + graphs >= bounds.afterFound();
    }
    long at = part.tally.foundAt();
    return at >= 0 && graphs - at >= bounds.afterFound();
  }

  private long draw() {
    long some = Math.clamp(tickets.get() / (4L * bounds.workers()), 1, MOST_TICKETS);
    long left = tickets.getAndUpdate(n -> n - Math.min(n, some));
    return Math.min(left, some);
  }

  // ---- who does what ---------------------------------------------------------------------------

  /** {@return a part to explore; null if there is nothing left to do} */
  private synchronized @Nullable Part next() {
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
      Part part = tickets.get() == 0 || awaited > 0 ? null : waiting();
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

  private synchronized void split(Explorer explorer, Part part) {
    if (awaited > 0 || part.cancelled || stopped || waiting() != null) {
      return;
    }
    List<Level> given = explorer.split();
    if (!given.isEmpty()) {
      parts.add(parts.indexOf(part) + 1, new Part(given, part.tally.fresh()));
      notifyAll();
    }
  }

  /** Ends the search; what is left to do stays in the parts. */
  private synchronized void stop(String reason) {
    if (!stopped) {
      stopped = true;
      why = reason;
    }
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    awaited = 0;
    stop(e.toString());
  }

  private synchronized void putBack(Explorer explorer, Part part, long unused) {
    leave(explorer, part, unused);
    part.rest = explorer.place();
    notifyAll();
  }

  private synchronized void finish(Explorer explorer, Part part, Part.End end, long unused) {
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
    give(explorer, part);
    while (awaited > 0) {
      pause();
      give(explorer, part); // another snapshot may have begun
    }
    keep(explorer, part);
    part.running = false;
    running--;
    if (!part.forgotten) {
      tickets.addAndGet(part.cancelled ? unused + part.graphs() : unused);
    }
  }

  private static void keep(Explorer explorer, Part part) {
    part.executions = explorer.executions();
    part.blocked = explorer.blocked();
    part.largest = explorer.largest();
    part.foundAt = part.tally.foundAt();
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

  // ---- saving ----------------------------------------------------------------------------------

  private synchronized void beginSnapshot() {
    if (awaited == 0 && running > 0 && saver != null && saver.isDue()) {
      snapshot++;
      awaited = (int) parts.stream().filter(p -> p.running).count();
    }
  }

  /** A worker gives what it has of its part for the snapshot that is being taken. */
  private synchronized void give(Explorer explorer, Part part) {
    if (awaited == 0 || part.saved == snapshot || part.cancelled) {
      part.saved = snapshot;
      return;
    }
    part.saved = snapshot;
    keep(explorer, part);
    part.image = Saved.part(part, explorer.place(), program.memory());
    if (--awaited == 0) {
      save();
      notifyAll();
    }
  }

  /** Writes what is done and what is left to do. */
  private synchronized void save() {
    if (saver != null) {
      saver.save(known, front, parts);
    }
  }
}
