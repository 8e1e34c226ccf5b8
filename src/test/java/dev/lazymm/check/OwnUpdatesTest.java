package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An update of what one CPU alone touches makes no events of its own, but is the barrier that it is
 * anywhere else: two CPUs store, update something of their own, and load what the other stores.
 */
class OwnUpdatesTest {
  private static final Site SITE = new Site("own", "an update of a cell of this CPU's own");

  private static final Site FENCE = new Site("fence", "behind the lock");

  private static final class Words extends KObject {
    private final Cell[] shared = new Cell[2];
    private final Cell[] own = new Cell[2];
    private final Lock[] locks = new Lock[2];

    Words(Memory memory) {
      super(memory, "words");
      for (int i = 0; i < 2; i++) {
        shared[i] = memory.cell(this, "shared" + i, 0);
        own[i] = memory.cell(this, "own" + i, 0);
        locks[i] = new Lock(memory.cell(this, "lock" + i, 0));
      }
    }

    @Override
    public String type() {
      return "words";
    }
  }

  /** What a CPU does between its store and its load. */
  private interface Between {
    void run(Cpu cpu, Words words);
  }

  /** Whether both CPUs may load what was there before. */
  private static boolean bothMiss(String model, Between between, Set<Site> weakened) {
    Memory memory = new Memory(Layout.lineEach(), 2);
    Words words = new Words(memory);
    List<Script> scripts = List.of(script(words, 0, between), script(words, 1, between));
    Set<String> ends = new TreeSet<>();
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph g) {
            StringBuilder end = new StringBuilder();
            for (int e = 0; e < g.size; e++) {
              if (g.kind[e] == Kind.READ) {
                end.append(g.value[e]);
              }
            }
            ends.add(end.toString());
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph g, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            ends.clear();
          }
        };
    new Explorer(
            Program.of(memory, scripts),
            Model.named(model).instance("x86-eager"),
            new Explorer.Options(new int[] {0, 1}, false, 99, Weakenings.removing(weakened)),
            listener)
        .run();
    assertThat(ends).contains("11");
    return ends.contains("00");
  }

  private static Script script(Words words, int id, Between between) {
    return cpu -> {
      cpu.writeOnce(words.shared[id], 1);
      between.run(cpu, words);
      cpu.readOnce(words.shared[1 - id]);
    };
  }

  private static boolean bothMiss(String model, Ordering ordering, Set<Site> weakened) {
    return bothMiss(
        model, (cpu, words) -> cpu.fetchAdd(words.own[cpu.id()], 1, ordering, SITE), weakened);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "riscv", "lkmm"})
  void aFullUpdateIsABarrierAndARelaxedOneIsOnX86Alone(String model) {
    boolean locked = model.equals("tso");
    assertThat(bothMiss(model, Ordering.FULL, Set.of())).isFalse();
    assertThat(bothMiss(model, Ordering.FULL, Set.of(SITE))).isEqualTo(!locked);
    assertThat(bothMiss(model, Ordering.RELAXED, Set.of())).isEqualTo(!locked);
    assertThat(bothMiss(model, Ordering.NO_RETURN, Set.of())).isEqualTo(!locked);
    assertThat(bothMiss(model, (cpu, words) -> {}, Set.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "riscv", "lkmm"})
  void anUpdateThatFailsIsTakenForNone(String model) {
    Between fails = (cpu, words) -> cpu.cmpxchg(words.own[cpu.id()], 7, 1, Ordering.FULL, SITE);
    assertThat(bothMiss(model, fails, Set.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "riscv", "lkmm"})
  void aLockOfOnesOwnIsABarrierOnX86OrWithTheBarrierForIt(String model) {
    Between taken = (cpu, words) -> cpu.lock(words.locks[cpu.id()], SITE);
    Between full =
        (cpu, words) -> {
          cpu.lock(words.locks[cpu.id()], SITE);
          cpu.smpMbAfterSpinlock(FENCE);
        };
    assertThat(bothMiss(model, taken, Set.of())).isEqualTo(!model.equals("tso"));
    assertThat(bothMiss(model, taken, Set.of(SITE))).isEqualTo(!model.equals("tso"));
    assertThat(bothMiss(model, full, Set.of())).isFalse();
    assertThat(bothMiss(model, full, Set.of(FENCE))).isEqualTo(!model.equals("tso"));
  }
}
