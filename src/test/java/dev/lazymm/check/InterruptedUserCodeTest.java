package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * User code that an interrupt comes into while a load of it has not taken its value: in program
 * order the load is before the interrupt, however late it is done.
 */
class InterruptedUserCodeTest {
  private static final Site SITE = new Site("S", "a test");

  /** Two CPUs; the second interrupts the first. Every load has a register of its own. */
  private static final class World extends KObject {
    private final Memory memory;
    private final List<Cell> cells = new ArrayList<>();
    private final List<Cell> registers = new ArrayList<>();

    World(Memory memory) {
      super(memory, "world");
      this.memory = memory;
      for (String name : List.of("x", "y", "z")) {
        cells.add(memory.cell(this, name, 0));
      }
      for (int i = 0; i < 8; i++) {
        registers.add(memory.cell(this, "r" + i, 0));
      }
    }

    @Override
    public String type() {
      return "world";
    }

    Cell cell(int i) {
      return cells.get(i);
    }

    Cell register(int i) {
      return registers.get(i);
    }

    /** {@return the ways in which two scripts can end, one text each} */
    Set<String> ends(Script first, Script second, MemoryModel model) {
      Set<String> ends = new TreeSet<>();
      Program program = Program.of(memory, List.of(first, second));
      new Explorer(
              program,
              model,
              Explorer.Options.defaults(2),
              new Explorer.Listener() {
                @Override
                public boolean complete(Explorer explorer, Graph graph) {
                  assertThat(model.isConsistent(graph)).isTrue();
                  StringBuilder end = new StringBuilder();
                  cells.forEach(c -> end.append(explorer.finalValue(c.index())));
                  registers.forEach(r -> end.append(explorer.finalValue(r.index())));
                  ends.add(end.toString());
                  return true;
                }

                @Override
                public boolean failed(Explorer e, Graph g, int cpu, RuntimeException failure) {
                  throw failure;
                }

                @Override
                public void restarted() {
                  ends.clear();
                }
              })
          .run();
      return ends;
    }
  }

  /** A model under which every load takes its value where it is. */
  private record Early(MemoryModel model) implements ForwardingModel {
    @Override
    public boolean isLateLoader() {
      return false;
    }
  }

  private static MemoryModel model(String name) {
    return Model.named(name).instance("powerpc-hash");
  }

  /** The load reads 0, then comes the interrupt, then the store: what the sender wrote is later. */
  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "armv8", "power", "riscv"})
  void aLoadBeforeAnInterruptIsNotOrderedByIt(String name) {
    World w = new World(new Memory(Layout.lineEach(), 2));
    Ipi looks =
        new Ipi("looks", (cpu, info) -> cpu.writeOnce(w.register(1), cpu.readOnce(w.cell(1)) + 1));
    Set<String> ends =
        w.ends(
            cpu -> {
              cpu.userLoad(w.cell(0), w.register(0));
              cpu.userStore(w.cell(1), 1);
            },
            cpu -> {
              cpu.writeOnce(w.cell(0), 1);
              cpu.smpMb(SITE);
              cpu.onEachCpu(new long[] {1}, looks, w, false, SITE);
            },
            model(name));
    assertThat(ends).contains("11001000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "armv8", "power", "riscv"})
  void lateLoadsLoseNothing(String name) {
    MemoryModel model = model(name);
    long more = 0;
    for (int seed = 0; seed < 150; seed++) {
      Set<String> early = random(seed, new Early(model));
      Set<String> late = random(seed, model);
      assertThat(late).as("seed %d", seed).containsAll(early);
      more += late.size() - early.size();
    }
    assertThat(more).isPositive();
  }

  @Test
  void underTsoLoadsAreNeverLate() {
    MemoryModel tso = model("tso");
    for (int seed = 0; seed < 30; seed++) {
      assertThat(random(seed, tso)).isEqualTo(random(seed, new Early(tso)));
    }
  }

  /**
   * {@return the ends of a random program, each execution of which is consistent: by default too}
   */
  private static Set<String> random(long seed, MemoryModel model) {
    World w = new World(new Memory(Layout.lineEach(), 2));
    SplittableRandom random = new SplittableRandom(seed);
    int seen = random.nextInt(3);
    int changed = random.nextInt(3);
    boolean fenced = random.nextBoolean();
    boolean idle = random.nextInt(4) == 0;
    Ipi ipi =
        new Ipi(
            "handler",
            (cpu, info) -> {
              if (idle) {
                return;
              }
              if (fenced) {
                cpu.smpMb(SITE);
              }
              cpu.writeOnce(w.register(0), cpu.readOnce(w.cell(seen)));
              cpu.writeOnce(w.cell(changed), 3);
            });
    Script first = userCode(w, random, 1, 4);
    Script before = userCode(w, random, 4, 2);
    Script after = userCode(w, random, 6, 2);
    boolean waits = random.nextBoolean();
    return w.ends(
        first,
        cpu -> {
          before.run(cpu);
          cpu.onEachCpu(new long[] {1}, ipi, w, waits, SITE);
          after.run(cpu);
        },
        model);
  }

  private static Script userCode(World w, SplittableRandom random, int register, int most) {
    List<Script> all = new ArrayList<>();
    for (int i = random.nextInt(1, most); i >= 0; i--) {
      Cell cell = w.cell(random.nextInt(3));
      Cell to = w.register(register + Math.min(i, 2));
      int value = random.nextInt(1, 3);
      all.add(
          random.nextBoolean()
              ? cpu -> cpu.userLoad(cell, to)
              : (Cpu cpu) -> cpu.userStore(cell, value));
    }
    return cpu -> all.forEach(each -> each.run(cpu));
  }
}
