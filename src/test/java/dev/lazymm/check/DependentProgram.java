package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A small program whose accesses depend on earlier ones of their thread, that can be run on the
 * abstract machine and written as a litmus test in C. What returns a value goes to a register of
 * its own; an address or a value that depends on it has {@code (r & 0)} added, and what it controls
 * stands in an {@code if} that it always goes into.
 */
record DependentProgram(int cells, List<List<Act>> threads) {
  private static final List<Dependency> KINDS = List.of(Dependency.values());

  static final Site SITE = new Site("S", "a test");

  /** An access. */
  private enum What {
    LOAD("READ_ONCE(*%s)"),
    STORE("WRITE_ONCE(*%s, %s)"),
    ADD("atomic_fetch_add(%2$s, %1$s)"),
    ADD_RELAXED("atomic_fetch_add_relaxed(%2$s, %1$s)"),
    XCHG_RELAXED("atomic_xchg_relaxed(%s, %s)"),
    CMPXCHG_RELAXED("atomic_cmpxchg_relaxed(%s, 1, %s)");

    private final String c;

    What(String c) {
      this.c = c;
    }
  }

  /**
   * What a thread does.
   *
   * @param kind how it depends on the register; null if it does not
   * @param on the number of the act whose register that is
   */
  record Act(What what, int x, int value, @Nullable Dependency kind, int on) {}

  // ---- as a test in C --------------------------------------------------------------------------

  /** {@return the litmus test} */
  String toC() {
    StringBuilder text = new StringBuilder("C dependent\n\n{ }\n");
    for (int t = 0; t < threads.size(); t++) {
      text.append("\nP").append(t).append('(');
      for (int c = 0; c < cells; c++) {
        text.append(c > 0 ? ", " : "").append("atomic_t *x").append(c);
      }
      text.append(")\n{\n");
      for (int i = 0; i < threads.get(t).size(); i++) {
        if (threads.get(t).get(i).what != What.STORE) {
          text.append("  int r").append(i).append(";\n");
        }
      }
      int open = 0;
      for (int i = 0; i < threads.get(t).size(); i++) {
        Act act = threads.get(t).get(i);
        if (act.kind == Dependency.CONTROL) {
          text.append("  if (r").append(act.on).append(" != 99) {\n");
          open++;
        }
        text.append(act.what == What.STORE ? "  " : "  r" + i + " = ");
        String zero = " + (r" + act.on + " & 0)";
        String address = "x" + act.x;
        String value = String.valueOf(act.value);
        text.append(
                act.what.c.formatted(
                    act.kind == Dependency.ADDRESS ? "(" + address + zero + ")" : address,
                    act.kind == Dependency.DATA ? value + zero : value))
            .append(";\n");
      }
      text.append("  }\n".repeat(open)).append("}\n");
    }
    return text + "\nexists (true)\n";
  }

  // ---- on the machine --------------------------------------------------------------------------

  /** {@return the same program for a machine; makes a new memory} */
  Program toProgram() {
    Memory memory = new Memory(Layout.lineEach(), threads.size());
    World world = new World(memory);
    for (int i = 0; i < cells; i++) {
      world.cells.add(memory.cell(world, "x" + i, 0));
    }
    return Program.of(memory, threads.stream().map(world::script).toList());
  }

  private static final class World extends KObject {
    private final List<Cell> cells = new ArrayList<>();

    World(Memory memory) {
      super(memory, "dependent");
    }

    @Override
    public String type() {
      return "dependent";
    }

    Script script(List<Act> acts) {
      return cpu -> acts.forEach(act -> run(cpu, act, acts));
    }

    private void run(Cpu cpu, Act act, List<Act> acts) {
      Cell x = cells.get(act.x);
      if (act.kind != null) {
        cpu.depends(act.kind, cells.get(acts.get(act.on).x), SITE);
      }
      switch (act.what) {
        case LOAD -> cpu.readOnce(x);
        case STORE -> cpu.writeOnce(x, act.value);
        case ADD -> cpu.rmw(Rmw.ADD, x, act.value, 0, Ordering.FULL, SITE);
        case ADD_RELAXED -> cpu.rmw(Rmw.ADD, x, act.value, 0, Ordering.RELAXED, SITE);
        case XCHG_RELAXED -> cpu.rmw(Rmw.XCHG, x, act.value, 0, Ordering.RELAXED, SITE);
        case CMPXCHG_RELAXED -> cpu.rmw(Rmw.CMPXCHG, x, act.value, 1, Ordering.RELAXED, SITE);
      }
    }
  }

  // ---- at random -------------------------------------------------------------------------------

  /**
   * {@return the program of a seed, of two or three threads}
   *
   * @param cmpxchg whether there may be compare-and-swaps
   */
  static DependentProgram draw(long seed, boolean cmpxchg) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = random.nextInt(2, 4);
    int n = random.nextInt(2, 4);
    List<List<Act>> threads = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      List<Act> acts = new ArrayList<>();
      for (int i = random.nextInt(2, n == 2 ? 5 : 4); i > 0; i--) {
        acts.add(act(random, cells, acts, cmpxchg));
      }
      threads.add(acts);
    }
    return new DependentProgram(cells, threads);
  }

  private static Act act(SplittableRandom random, int cells, List<Act> before, boolean cmpxchg) {
    int which = random.nextInt(12);
    What what =
        which < 5
            ? What.LOAD
            : which < 9
                ? What.STORE
                : List.of(What.values()).get(random.nextInt(2, cmpxchg ? 6 : 5));
    List<Integer> registers = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).what != What.STORE && isLast(i, before)) {
        registers.add(i);
      }
    }
    Dependency kind = null;
    int on = 0;
    if (!registers.isEmpty() && random.nextInt(4) > 0) {
      on = registers.get(random.nextInt(registers.size()));
      kind = KINDS.get(random.nextInt(KINDS.size()));
      if (kind == Dependency.DATA && what == What.LOAD) {
        kind = Dependency.ADDRESS;
      }
    }
    return new Act(what, random.nextInt(cells), random.nextInt(1, 4), kind, on);
  }

  /** Whether an act is the latest that reads its cell, which is what a dependency is on. */
  private static boolean isLast(int i, List<Act> before) {
    return before.stream()
        .skip(i + 1L)
        .noneMatch(later -> later.what != What.STORE && later.x == before.get(i).x);
  }
}
