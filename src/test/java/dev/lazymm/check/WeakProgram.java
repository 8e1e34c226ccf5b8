package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small program that can be run on the abstract machine and written as a litmus test in C: every
 * load and atomic goes to a register of its own.
 */
record WeakProgram(List<List<Act>> threads) {
  private static final Site SITE = new Site("S", "a test");

  /** What a thread does; the register is the number of its act. */
  sealed interface Act {
    /** A load: plain, once, or acquiring. */
    record Load(int x, Strength strength) implements Act {}

    /** A store: plain, once, or releasing. */
    record Store(int x, int value, Strength strength) implements Act {}

    /** An atomic. */
    record Update(Rmw op, int x, int operand, int expected, Ordering ordering) implements Act {}

    /** A fence: smp_mb(), smp_rmb(), smp_wmb(). */
    record Fence(int kind) implements Act {}

    /** spin_lock(), or spin_unlock(). */
    record Locking(int lock, boolean takes) implements Act {}
  }

  /** How strong a load or store is. */
  enum Strength {
    PLAIN,
    ONCE,
    ORDERED
  }

  int cells() {
    return Math.max(
        1, 1 + threads.stream().flatMap(List::stream).mapToInt(WeakProgram::cell).max().orElse(0));
  }

  boolean uses(int cell) {
    return threads.stream().flatMap(List::stream).anyMatch(a -> cell(a) == cell);
  }

  /** {@return how many operations read and write at once} */
  long atomics() {
    return threads.stream()
        .flatMap(List::stream)
        .filter(a -> a instanceof Act.Update || (a instanceof Act.Locking l && l.takes))
        .count();
  }

  private static int cell(Act act) {
    return switch (act) {
      case Act.Load l -> l.x;
      case Act.Store s -> s.x;
      case Act.Update u -> u.x;
      case Act.Fence _, Act.Locking _ -> -1;
    };
  }

  private boolean locks() {
    return threads.stream().flatMap(List::stream).anyMatch(Act.Locking.class::isInstance);
  }

  // ---- as a test in C --------------------------------------------------------------------------

  /** {@return the litmus test} */
  String toC() {
    StringBuilder text = new StringBuilder("C weak\n\n{ }\n");
    StringBuilder shown = new StringBuilder();
    for (int t = 0; t < threads.size(); t++) {
      text.append("\nP").append(t).append('(');
      for (int c = 0; c < cells(); c++) {
        text.append(c > 0 ? ", " : "").append("atomic_t *x").append(c);
      }
      text.append(locks() ? ", spinlock_t *l0, spinlock_t *l1" : "").append(")\n{\n");
      for (int i = 0; i < threads.get(t).size(); i++) {
        Act act = threads.get(t).get(i);
        boolean returns =
            act instanceof Act.Load
                || (act instanceof Act.Update u && u.ordering != Ordering.NO_RETURN);
        text.append("  ");
        if (returns) {
          text.append("int r").append(i).append(" = ");
          shown.append(t).append(":r").append(i).append("; ");
        }
        text.append(statement(act)).append(";\n");
      }
      text.append("}\n");
    }
    for (int c = 0; c < cells(); c++) {
      shown.append(uses(c) ? "x" + c + "; " : "");
    }
    return text + "\nlocations [" + shown + "]\nexists (true)\n";
  }

  private static String statement(Act act) {
    return switch (act) {
      case Act.Load l ->
          switch (l.strength) {
            case PLAIN -> "*x" + l.x;
            case ONCE -> "READ_ONCE(*x" + l.x + ")";
            case ORDERED -> "smp_load_acquire(x" + l.x + ")";
          };
      case Act.Store s ->
          switch (s.strength) {
            case PLAIN -> "*x" + s.x + " = " + s.value;
            case ONCE -> "WRITE_ONCE(*x" + s.x + ", " + s.value + ")";
            case ORDERED -> "smp_store_release(x" + s.x + ", " + s.value + ")";
          };
      case Act.Update u -> {
        String suffix =
            switch (u.ordering) {
              case NO_RETURN, FULL -> "";
              case RELAXED -> "_relaxed";
              case ACQUIRE -> "_acquire";
              case RELEASE -> "_release";
            };
        String fetch = u.ordering == Ordering.NO_RETURN ? "atomic_" : "atomic_fetch_";
        yield switch (u.op) {
          case ADD -> "%sadd%s(%d, x%d)".formatted(fetch, suffix, u.operand, u.x);
          case OR -> "%sor%s(%d, x%d)".formatted(fetch, suffix, u.operand, u.x);
          case AND -> "%sand%s(%d, x%d)".formatted(fetch, suffix, u.operand, u.x);
          case XCHG -> "atomic_xchg%s(x%d, %d)".formatted(suffix, u.x, u.operand);
          case CMPXCHG ->
              "atomic_cmpxchg%s(x%d, %d, %d)".formatted(suffix, u.x, u.expected, u.operand);
          case ADD_UNLESS -> throw new IllegalArgumentException("its result is another");
        };
      }
      case Act.Fence f -> List.of("smp_mb()", "smp_rmb()", "smp_wmb()").get(f.kind);
      case Act.Locking l -> (l.takes ? "spin_lock(l" : "spin_unlock(l") + l.lock + ")";
    };
  }

  // ---- on the machine --------------------------------------------------------------------------

  /** {@return the same program for a machine; makes a new memory} */
  Program toProgram() {
    return toProgram(false);
  }

  /**
   * {@return the same program for a machine; makes a new memory}
   *
   * @param user whether its loads and stores are user code's
   */
  Program toProgram(boolean user) {
    Memory memory = new Memory(Layout.lineEach(), threads.size());
    World world = new World(memory, user);
    for (int i = 0; i < cells(); i++) {
      world.cells.add(memory.cell(world, "x" + i, 0));
    }
    for (int i = 0; locks() && i < 2; i++) {
      world.locks.add(memory.lock(world, "l" + i));
    }
    for (int t = 0; t < threads.size(); t++) {
      world.registers.add(memory.cell(world, "r" + t, 0));
    }
    return Program.of(memory, threads.stream().map(world::script).toList());
  }

  private static final class World extends KObject {
    private final List<Cell> cells = new ArrayList<>();
    private final List<Lock> locks = new ArrayList<>();

    private final boolean user;
    private final List<Cell> registers = new ArrayList<>(); // one a thread

    World(Memory memory, boolean user) {
      super(memory, "weak");
      this.user = user;
    }

    @Override
    public String type() {
      return "weak";
    }

    Script script(List<Act> acts) {
      return cpu -> acts.forEach(act -> run(cpu, act));
    }

    private void run(Cpu cpu, Act act) {
      switch (act) {
        case Act.Load l -> {
          Cell x = cells.get(l.x);
          switch (l.strength) {
            case PLAIN -> cpu.read(x);
            case ONCE -> {
              if (user) {
                cpu.userLoad(x, registers.get(cpu.id()));
              } else {
                cpu.readOnce(x);
              }
            }
            case ORDERED -> cpu.loadAcquire(x, SITE);
          }
        }
        case Act.Store s -> {
          Cell x = cells.get(s.x);
          switch (s.strength) {
            case PLAIN -> cpu.write(x, s.value);
            case ONCE -> {
              if (user) {
                cpu.userStore(x, s.value);
              } else {
                cpu.writeOnce(x, s.value);
              }
            }
            case ORDERED -> cpu.storeRelease(x, s.value, SITE);
          }
        }
        case Act.Update u -> cpu.rmw(u.op, cells.get(u.x), u.operand, u.expected, u.ordering, SITE);
        case Act.Fence f -> {
          switch (f.kind) {
            case 0 -> cpu.smpMb(SITE);
            case 1 -> cpu.smpRmb(SITE);
            default -> cpu.smpWmb(SITE);
          }
        }
        case Act.Locking l -> {
          if (l.takes) {
            cpu.lock(locks.get(l.lock), SITE);
          } else {
            cpu.unlock(locks.get(l.lock), SITE);
          }
        }
      }
    }
  }

  // ---- at random -------------------------------------------------------------------------------

  /** {@return the program of a seed, of two to four threads} */
  static WeakProgram draw(long seed, boolean locks) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = random.nextInt(1, 4);
    int n = random.nextInt(2, 5);
    int most = n == 2 ? 5 : n == 3 ? 3 : 2;
    List<List<Act>> threads = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      List<Act> acts = new ArrayList<>();
      for (int i = random.nextInt(1, most + 1); i > 0; i--) {
        acts.add(act(random, cells));
      }
      if (locks && random.nextBoolean()) {
        int from = random.nextInt(acts.size() + 1);
        acts.add(random.nextInt(from, acts.size() + 1), new Act.Locking(0, false));
        acts.add(from, new Act.Locking(0, true));
      }
      threads.add(acts);
    }
    return new WeakProgram(threads);
  }

  private static Act act(SplittableRandom random, int cells) {
    int x = random.nextInt(cells);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Act.Load(x, List.of(Strength.values()).get(random.nextInt(1, 3)));
      case 3, 4, 5 ->
          new Act.Store(
              x, random.nextInt(1, 4), List.of(Strength.values()).get(random.nextInt(1, 3)));
      case 6, 7 -> new Act.Fence(random.nextInt(3));
      default -> {
        Rmw op = List.of(Rmw.ADD, Rmw.XCHG, Rmw.CMPXCHG).get(random.nextInt(3));
        Ordering ordering =
            List.of(Ordering.values()).get(random.nextInt(op == Rmw.ADD ? 0 : 1, 5));
        yield new Act.Update(op, x, random.nextInt(1, 3), random.nextInt(2), ordering);
      }
    };
  }
}
