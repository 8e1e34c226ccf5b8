package dev.lazymm.live;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thread a CPU, which run a program again and again from its start. The threads meet before
 * each round ({@link Rendezvous}); the last to come judges the round that is over and makes the
 * next ready. The thread that runs the machine only watches that it does not stand still. A machine
 * is run once.
 */
final class LiveMachine {
  /** What happens between rounds, while no CPU runs. */
  interface Rounds {
    /** A round has ended as it should, or was {@code cut} short because a CPU's code failed. */
    void ended(boolean cut);

    /** {@return whether there is to be another round} */
    boolean another();
  }

  private static final long LOOK_MS = 50;

  private final Program program;
  private final LiveOptions options;
  private final Rounds rounds;
  private final OffHeap heap = new OffHeap();
  private final CellMemory cells;
  private final Lives lives;
  private final Watch watch;
  private final long[] rcuCounters;
  private final long[] start;
  private final LiveCpu[] cpus;
  private final List<Integer> processors;
  private final List<Boolean> bound;
  private final Rendezvous rendezvous;
  private final AtomicInteger ended = new AtomicInteger();
  private final CountDownLatch gone;
  private long round;
  private boolean over;
  private volatile boolean givenUp;
  private volatile boolean dead;
  private volatile @Nullable Throwable bug;

  LiveMachine(Program program, LiveOptions options, Rounds rounds) {
    this.program = program;
    this.options = options;
    this.rounds = rounds;
    int n = program.memory().cpus();
    cells = new CellMemory(program.memory(), heap);
    lives = new Lives(program.memory(), heap);
    watch = new Watch(program.memory(), heap, lives);
    start = program.start().values().stream().mapToLong(v -> v).toArray();
    rcuCounters = new long[n];
    for (int i = 0; i < n; i++) {
      rcuCounters[i] = heap.line();
    }
    processors = Affinity.allowed();
    bound = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(n, false)));
    boolean crowded = n > Runtime.getRuntime().availableProcessors();
    cpus = new LiveCpu[n];
    for (int i = 0; i < n; i++) {
      cpus[i] = new LiveCpu(this, i, crowded);
    }
    rendezvous = new Rendezvous(n);
    gone = new CountDownLatch(n);
  }

  // ---- what CPUs ask ---------------------------------------------------------------------------

  int cpus() {
    return cpus.length;
  }

  LiveCpu cpu(int id) {
    return cpus[id];
  }

  OffHeap heap() {
    return heap;
  }

  CellMemory cells() {
    return cells;
  }

  Memory memory() {
    return program.memory();
  }

  Lives lives() {
    return lives;
  }

  Watch watch() {
    return watch;
  }

  long[] rcuCounters() {
    return rcuCounters;
  }

  boolean isWeakened(Site site) {
    return !options.weakened().isEmpty() && options.weakened().contains(site);
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** A CPU has ended its script. */
  void ended() {
    ended.incrementAndGet();
  }

  boolean allEnded() {
    return ended.get() == cpus.length;
  }

  // ---- rounds ----------------------------------------------------------------------------------

  /**
   * {@return how the last round ended}
   *
   * @param startMms the mms that are there when a round begins
   */
  EndState endState(List<Mm> startMms) {
    return new EndState(program.memory(), cells.values(start), lives.now(), watch, startMms);
  }

  /** {@return which round it is, from 1} */
  long round() {
    return round;
  }

  /**
   * Runs rounds until there is to be none.
   *
   * @return who waits where if the machine stood still; null if it came to its end
   */
  @Nullable String run() {
    for (int i = 0; i < cpus.length; i++) {
      int id = i;
      Thread thread = new Thread(() -> thread(id), "lazymm-cpu" + i);
      thread.setDaemon(true); // one that is stuck for good must not keep the program alive
      thread.start();
    }
    String stuck = watchOver();
    Throwable e = bug;
    if (e != null) {
      throw new IllegalStateException("the live machine failed", e);
    }
    return stuck;
  }

  /** {@return how the threads were placed, in words} */
  String placement() {
    if (!bound.contains(false)) {
      return "pinned to processors "
          + processors.subList(0, cpus.length).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (!options.pinned()) {
      return "not pinned";
    }
    return processors.size() < cpus.length && !processors.isEmpty()
        ? "not pinned: %d CPUs on %d processor%s"
            .formatted(cpus.length, processors.size(), processors.size() == 1 ? "" : "s")
        : "not pinned: sched_setaffinity(2) does not work here";
  }

  private void thread(int id) {
    try {
      if (options.pinned() && processors.size() >= cpus.length) {
        bound.set(id, Affinity.bind(processors.get(id)));
      }
      while (true) {
        rendezvous.meet(this::turn, () -> dead, cpus[id].steps().pause());
        if (over) {
          return;
        }
        run(id);
      }
    } catch (Stop stop) { // the machine is dead
    } catch (Throwable e) {
      bug = e;
      dead = true;
      givenUp = true;
    } finally {
      gone.countDown();
    }
  }

  private void run(int id) {
    try {
      long seed = Jitter.mix(Jitter.mix(options.seed() + round) + id);
      cpus[id].run(program.scripts().get(id), seed);
    } catch (Stop stop) { // another CPU's code has failed
    } catch (RuntimeException e) {
      cpus[id].findings().add("OOPS", "the code of CPU %d fails: %s".formatted(id, e.getMessage()));
      givenUp = true;
    }
  }

  private void turn() {
    if (round > 0) {
      rounds.ended(givenUp);
    }
    over = !rounds.another();
    if (!over) {
      round++;
      givenUp = false;
      ended.set(0);
      cells.reset(start);
      lives.reset();
      watch.reset(program.start());
      for (LiveCpu cpu : cpus) {
        cpu.reset(program.start().cpus().get(cpu.id()));
      }
    }
  }

  // ---- the watch-dog ---------------------------------------------------------------------------

  private @Nullable String watchOver() {
    long[] seen = new long[cpus.length + 1];
    long since = System.nanoTime();
    long roundSince = since;
    while (true) {
      try {
        if (gone.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
          return null;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        kill();
        return "interrupted";
      }
      if (dead) {
        return null;
      }
      long now = System.nanoTime();
      boolean moved = false;
      boolean newRound = false;
      for (int i = 0; i < seen.length; i++) {
        long is = i < cpus.length ? cpus[i].steps().progress() : rendezvous.turns();
        moved |= is != seen[i];
        newRound |= i == cpus.length && is != seen[i];
        seen[i] = is;
      }
      since = moved ? now : since;
      roundSince = newRound ? now : roundSince;
      if (now - since > options.patience().toNanos()
          || now - roundSince > options.longestRound().toNanos()) {
        return kill();
      }
    }
  }

  private String kill() {
    List<String> lines = new ArrayList<>();
    for (LiveCpu cpu : cpus) {
      lines.add(cpu.steps().whereabouts());
    }
    dead = true;
    givenUp = true;
    return String.join("; ", lines);
  }
}
