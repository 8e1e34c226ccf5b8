package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Small random programs with what brute force finds in them. Loads and stores are always in; the
 * {@link Feature}s say what else. Values are small, so that conditions hit.
 */
final class RandomPrograms {
  /** What a program may have besides loads, stores and operations that depend on a load. */
  enum Feature {
    RMW,
    /** Adds whose results nobody is given. */
    ADD,
    /** One or two awaits, most for a value that another thread or a handler stores. */
    AWAIT,
    /** Well nested sections of one or two locks. */
    LOCK,
    /** One or two handlers, sends that wait and that do not, regions with interrupts off. */
    IPI,
    /** With IPI: sections of irq save and irq restore, around and in each other and in irq off. */
    MASKS
  }

  /**
   * A program and its executions.
   *
   * @param seed what {@link RandomPrograms#draw} makes it of
   */
  record Drawn(long seed, SmallProgram program, Interleavings.Outcome outcome) {}

  private static final List<Cond> CONDITIONS = List.of(Cond.values());

  private final Set<Feature> features;
  private final SplittableRandom seeds;
  private final long budget;
  private int skipped;

  /**
   * @param budget programs for which brute force needs more states than this are drawn again
   */
  RandomPrograms(Set<Feature> features, long seed, long budget) {
    this.features = Set.copyOf(features);
    this.seeds = new SplittableRandom(seed);
    this.budget = budget;
  }

  /** {@return the next program that is not too large} */
  Drawn next() {
    while (true) {
      long seed = seeds.nextLong();
      SmallProgram program = draw(features, seed);
      Optional<Interleavings.Outcome> outcome =
          Interleavings.of(program, Interleavings.Memo.FINGERPRINT, budget);
      if (outcome.isPresent()) {
        return new Drawn(seed, program, outcome.get());
      }
      skipped++;
    }
  }

  /** {@return how many programs were too large so far} */
  int skipped() {
    return skipped;
  }

  /** {@return the program of a seed} */
  static SmallProgram draw(Set<Feature> features, long seed) {
    return new Draw(features, new SplittableRandom(seed)).program();
  }

  /** One program in the making. */
  private static final class Draw {
    private final Set<Feature> features;
    private final SplittableRandom random;
    private final int cells;
    private final List<List<Op>> threads = new ArrayList<>();
    private final List<List<Op>> handlers = new ArrayList<>();

    Draw(Set<Feature> features, SplittableRandom random) {
      this.features = features;
      this.random = random;
      cells = between(1, 3);
    }

    SmallProgram program() {
      boolean ipi = features.contains(Feature.IPI);
      int cpus = ipi ? between(2, 3) : between(2, 4);
      int most = ipi ? 3 : 7 - cpus;
      for (int i = 0; i < cpus; i++) {
        threads.add(accesses(between(ipi ? 0 : 1, most)));
      }
      for (int i = ipi ? between(1, 2) : 0; i > 0; i--) {
        handlers.add(accesses(between(0, 2)));
      }
      for (int i = features.contains(Feature.AWAIT) ? between(1, 2) : 0; i > 0; i--) {
        int thread = random.nextInt(cpus);
        insert(threads.get(thread), await(thread));
      }
      for (int i = features.contains(Feature.LOCK) ? between(1, 3) : 0; i > 0; i--) {
        section(threads.get(random.nextInt(cpus)));
      }
      if (ipi) {
        for (int i = between(1, 3); i > 0; i--) {
          insert(threads.get(random.nextInt(cpus)), send());
        }
        for (int i = between(0, 2); i > 0; i--) {
          irqOff(threads.get(random.nextInt(cpus)));
        }
        for (int i = features.contains(Feature.MASKS) ? between(1, 4) : 0; i > 0; i--) {
          masked(threads.get(random.nextInt(cpus)));
        }
        threads.forEach(Draw::waitWithInterruptsOn);
      }
      return new SmallProgram(threads, handlers);
    }

    private List<Op> accesses(int n) {
      List<Op> ops = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Op op = access();
        ops.add(i > 0 && oneIn(8) ? new Op.When(op) : op);
      }
      return ops;
    }

    private Op access() {
      int x = random.nextInt(cells);
      if (features.contains(Feature.ADD) && oneIn(3)) {
        return new Op.Add(x, between(1, 2));
      }
      return switch (random.nextInt(features.contains(Feature.RMW) ? 13 : 9)) {
        case 0, 1, 2, 3 -> new Op.Load(x);
        case 4, 5, 6 -> new Op.Store(x, between(1, 3));
        case 7, 8 -> new Op.StoreLast(x);
        case 9 -> new Op.RmwOp(Rmw.ADD, x, between(1, 2), 0);
        case 10 -> new Op.RmwOp(Rmw.XCHG, x, between(1, 3), 0);
        case 11 -> new Op.RmwOp(Rmw.CMPXCHG, x, between(1, 3), between(0, 2));
        default -> new Op.RmwOp(Rmw.ADD_UNLESS, x, 1, between(0, 2));
      };
    }

    private Op await(int thread) {
      if (oneIn(8)) {
        return new Op.Await(random.nextInt(cells), anyCond(), between(0, 2));
      }
      List<Op.Store> stores = new ArrayList<>();
      for (int i = 0; i < threads.size(); i++) {
        if (i != thread) {
          storesOf(threads.get(i), stores);
        }
      }
      if (oneIn(3)) {
        handlers.forEach(ops -> storesOf(ops, stores));
      }
      if (stores.isEmpty()) {
        Op.Store made = new Op.Store(random.nextInt(cells), between(1, 3));
        insert(threads.get(thread == 0 ? 1 : 0), made);
        stores.add(made);
      }
      Op.Store store = stores.get(random.nextInt(stores.size()));
      return switch (anyCond()) {
        case EQ -> new Op.Await(store.x(), Cond.EQ, store.value());
        case NE -> new Op.Await(store.x(), Cond.NE, 0);
        case GE -> new Op.Await(store.x(), Cond.GE, store.value());
      };
    }

    private static void storesOf(List<Op> ops, List<Op.Store> stores) {
      for (Op op : ops) {
        if (op instanceof Op.Store store) {
          stores.add(store);
        }
      }
    }

    private Cond anyCond() {
      return CONDITIONS.get(random.nextInt(CONDITIONS.size()));
    }

    /** Puts a stretch without locks into a section, now and then with a section inside. */
    private void section(List<Op> ops) {
      if (ops.stream().anyMatch(Op.LockOp.class::isInstance)) {
        return;
      }
      int lock = random.nextInt(2);
      int from = random.nextInt(ops.size() + 1);
      int to = between(from, ops.size());
      if (oneIn(2)) {
        int innerFrom = between(from, to);
        int innerTo = between(innerFrom, to);
        wrap(ops, innerFrom, innerTo, new Op.LockOp(1 - lock), new Op.UnlockOp(1 - lock));
        to += 2;
      }
      wrap(ops, from, to, new Op.LockOp(lock), new Op.UnlockOp(lock));
    }

    private void irqOff(List<Op> ops) {
      int from = random.nextInt(ops.size() + 1);
      int to = between(from, ops.size());
      wrap(ops, from, to, new Op.IrqOff(), new Op.IrqOn());
      if (oneIn(6)) {
        ops.remove(to + 1);
      }
    }

    /** Sections are nested, or one after the other; never halfway in each other. */
    private void masked(List<Op> ops) {
      int from = random.nextInt(ops.size() + 1);
      int to = between(from, ops.size());
      int depth = 0;
      for (int i = from; i < to; i++) {
        depth += depthOf(ops.get(i));
        if (depth < 0) {
          to = i;
          depth = 0;
        }
      }
      while (depth > 0) {
        depth += depthOf(ops.get(to++));
      }
      wrap(ops, from, to, new Op.IrqSave(), new Op.IrqRestore());
    }

    private static int depthOf(Op op) {
      return op instanceof Op.IrqSave ? 1 : op instanceof Op.IrqRestore ? -1 : 0;
    }

    private static void wrap(List<Op> ops, int from, int to, Op before, Op after) {
      ops.add(to, after);
      ops.add(from, before);
    }

    private Op send() {
      long mask = random.nextLong(1, 1L << threads.size());
      return new Op.Send(mask, random.nextInt(handlers.size()), oneIn(2));
    }

    /** A send must not wait with interrupts off. */
    private static void waitWithInterruptsOn(List<Op> ops) {
      boolean on = true;
      Deque<Boolean> saved = new ArrayDeque<>();
      for (int i = 0; i < ops.size(); i++) {
        switch (ops.get(i)) {
          case Op.IrqOff _ -> on = false;
          case Op.IrqOn _ -> on = true;
          case Op.IrqSave _ -> {
            saved.push(on);
            on = false;
          }
          case Op.IrqRestore _ -> on = saved.pop();
          case Op.Send send ->
              ops.set(i, new Op.Send(send.mask(), send.handler(), send.waits() && on));
          default -> {}
        }
      }
    }

    private void insert(List<Op> ops, Op op) {
      ops.add(random.nextInt(ops.size() + 1), op);
    }

    private int between(int low, int high) {
      return random.nextInt(low, high + 1);
    }

    private boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }
  }
}
