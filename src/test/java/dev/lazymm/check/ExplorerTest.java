package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.check.RandomPrograms.Drawn;
import dev.lazymm.check.RandomPrograms.Feature;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.workload.Effort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the explorer to known counts, and to brute force. */
class ExplorerTest {
  private static Exploration explore(Program program) {
    return Exploration.of(program, Exploration.inOrder(program.memory()));
  }

  private static long expected(String name, int n) {
    return Families.expected(name, n).orElseThrow();
  }

  // ---- known counts ----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"ainc, 1, 6", "readers, 1, 9", "casrot, 1, 9", "lastzero, 1, 10", "indexer, 10, 14"})
  void familiesHaveTheirCounts(String name, int from, int to) {
    for (int n = from; n <= to; n++) {
      Program program = Families.program(name, n);
      for (boolean everythingShared : new boolean[] {false, true}) {
        int[] order = Exploration.inOrder(program.memory());
        Explorer.Options options =
            new Explorer.Options(order, everythingShared, 999, Weakenings.NONE);
        Exploration found = Exploration.of(program, new Sc(), options);
        assertThat(found.executions()).as("%s %d", name, n).isEqualTo(expected(name, n));
        assertThat(found.blocked()).isZero();
        assertThat(found.hangs()).isFalse();
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"ainc, 8", "readers, 16", "lastzero, 15", "indexer, 16"})
  void largeFamiliesHaveTheirCounts(String name, int n) {
    Program program = Families.program(name, n);
    AtomicLong executions = new AtomicLong();
    Explorer.Options options = Explorer.Options.defaults(program.memory().cpus());
    new Explorer(program, new Sc(), options, new Counter(executions)).run();
    assertThat(executions).hasValue(expected(name, n));
  }

  private record Counter(AtomicLong executions) implements Explorer.Listener {
    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      executions.incrementAndGet();
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }

    @Override
    public void restarted() {
      executions.set(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"ainc, 4", "readers, 5", "casrot, 6", "lastzero, 5", "indexer, 12"})
  void countsDoNotDependOnScheduleAndNumbers(String name, int n) {
    Random random = new Random(n);
    for (int i = 0; i < 100; i++) {
      Program program = Families.program(name, n);
      int cpus = program.memory().cpus();
      List<Script> scripts = new ArrayList<>();
      for (int t : Exploration.shuffled(cpus, random)) {
        scripts.add(program.scripts().get(t));
      }
      Program renumbered = Program.of(program.memory(), scripts);
      int[] order = Exploration.shuffled(cpus, random);
      assertThat(Exploration.of(renumbered, order).executions()).isEqualTo(expected(name, n));
    }
  }

  // ---- brute force -----------------------------------------------------------------------------

  static Stream<Set<Feature>> features() {
    List<Feature> all = List.of(Feature.RMW, Feature.AWAIT, Feature.LOCK, Feature.IPI);
    return IntStream.range(0, 1 << all.size())
        .mapToObj(bits -> {
          Set<Feature> some = EnumSet.noneOf(Feature.class);
          all.stream().filter(f -> (bits >> all.indexOf(f) & 1) != 0).forEach(some::add);
          return some;
        });
  }

  @ParameterizedTest
  @MethodSource("features")
  void allExecutionsEachOnce(Set<Feature> features) {
    compare(features, 1, 40, 1_500);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("features")
  void allExecutionsEachOnceOfMany(Set<Feature> features) {
    compare(features, 2, Effort.of(150, 500), Effort.of(10_000, 40_000)); // 2,400 in all
  }

  /** In the threads' own order, in another, and with other numbers. */
  private static void compare(Set<Feature> features, long seed, int programs, long budget) {
    RandomPrograms drawing = new RandomPrograms(features, seed, budget);
    Random random = new Random(seed);
    long executions = 0;
    long vain = 0;
    for (int i = 0; i < programs; i++) {
      Drawn drawn = drawing.next();
      SmallProgram small = drawn.program();
      int n = small.threads().size();
      Exploration found = explore(small.toProgram());
      assertThat(found.differencesFrom(drawn.outcome())).as("%s", small).isEmpty();
      int[] order = Exploration.shuffled(n, random);
      assertThat(Exploration.of(small.toProgram(), order).differencesFrom(drawn.outcome()))
          .as("%sin the order %s", small, order)
          .isEmpty();
      SmallProgram renumbered = small.permuted(order);
      assertThat(explore(renumbered.toProgram()).differencesFrom(Interleavings.of(renumbered)))
          .as("%s", renumbered)
          .isEmpty();
      executions += found.executions();
      vain += found.vain();
    }
    assertThat(executions).isGreaterThan(10L * programs);
    if (features.contains(Feature.IPI)) {
      // A CPU that puts off its IPI while others go on may wait in vain for what they do.
      assertThat(vain).isLessThanOrEqualTo(executions / 20);
    } else {
      assertThat(vain).isZero();
    }
  }

  /** Programs for which an earlier explorer missed executions, or showed them twice. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // the await's read of the first value keeps another read from its choices
        """
        0: r = x1; x2 = 1; await x0 NE 2
        1: x0 = 2; r = x2; x1 = 1
        2: x0 = 3
        """,
        // the same with locks
        """
        0: lock l1; unlock l1; await x0 NE 2
        1: x0 = 2; lock l1; unlock l1
        2: r = CMPXCHG x0 3 if 2
        """,
        """
        0: x0 = 2
        1: lock l1; await x0 GE 2; unlock l1
        2: x0 = 1
        3: r = x0; lock l1; x0 = r + 1; unlock l1
        """,
        // a lock tried before the holder's, once before the IPI and once after declining it
        """
        0: await x1 EQ 2; send h1 to 1; lock l1; unlock l1
        1: x1 = 2; lock l1; send h0 to 0, wait; unlock l1
        h0:
        h1:
        """,
        """
        0: lock l0; send h0 to 1; send h0 to 2, wait; unlock l0
        1: lock l0; unlock l0
        2: lock l0; unlock l0
        h0:
        """,
        // a lock tried where another lock was waited for
        """
        0: lock l1; await x0 NE 2; unlock l1
        1: send h0 to 1 2
        2: irq off; lock l0; lock l1; unlock l1; unlock l0
        h0: r = ADD x0 1
        """,
        // a missed value
        """
        0: x0 = 3; x0 = 1
        1: await x0 GE 3
        """,
        // an await given its value by a read-modify-write, which a conflict takes away
        """
        0: await x0 EQ 1; r = XCHG x0 1
        1: await x0 EQ 2; x0 = 1
        2: r = ADD_UNLESS x0 1 unless 1; r = ADD x0 1; x0 = 2; r = XCHG x0 3
        """,
        // an await, the end of its CPU, given its value and robbed of it
        """
        1: r = ADD x0 1
        2: x0 = 1; await x0 NE 2
        3: await x0 EQ 0; r = ADD x0 1
        """,
        // an await that must go on waiting, for another revisit
        """
        0: r = x1; await x0 EQ 2
        1: await x0 GE 2; x0 = 2
        2: x0 = 2
        3: await x0 GE 2; x0 = r + 1; r = x1; await x0 GE 2; x1 = 1
        """
      })
  void oldFaultsStayAway(String text) {
    SmallProgram small = SmallPrograms.parse(text);
    int n = small.threads().size();
    for (int i = 0; i < 6; i++) {
      int[] order = Exploration.shuffled(n, new Random(i));
      assertThat(Exploration.of(small.toProgram(), order).differencesFrom(Interleavings.of(small)))
          .isEmpty();
    }
  }

  // ---- the footprint ---------------------------------------------------------------------------

  /** With IPIs there are fewer executions: an IPI among what only its CPU sees is taken once. */
  @ParameterizedTest
  @MethodSource("features")
  void theFootprintLosesNothing(Set<Feature> features) {
    RandomPrograms drawing = new RandomPrograms(features, 3, 1_500);
    for (int i = 0; i < 25; i++) {
      Drawn drawn = drawing.next();
      SmallProgram small = drawn.program();
      Exploration all = explore(small.toProgram());
      Explorer.Options options = Explorer.Options.defaults(small.threads().size());
      Exploration less = Exploration.of(small.toProgram(), new Sc(), options);
      assertThat(less.ends()).as("%s", drawn.program()).isEqualTo(all.ends());
      assertThat(less.hangs()).as("%s", drawn.program()).isEqualTo(all.hangs());
      if (features.contains(Feature.IPI)) {
        assertThat(less.executions()).isLessThanOrEqualTo(all.executions());
      } else {
        assertThat(less.executions()).as("%s", drawn.program()).isEqualTo(all.executions());
      }
    }
  }

  // ---- the tests can fail ----------------------------------------------------------------------

  /** All that {@link MemoryModel#earliest} allows is consistent, and ordered as under SC. */
  private abstract static class Strong implements MemoryModel {
    @Override
    public boolean isConsistent(Graph g) {
      return true;
    }

    @Override
    public boolean mayRead(Graph g, int thread, int cell, int place) {
      return true;
    }

    @Override
    public boolean orders(Graph g, int e, int f) {
      return true;
    }
  }

  /** What may be read or followed in co is taken from po and rf alone: co and fr are dropped. */
  private static final class WithoutFr extends Strong {
    private final Sc sc = new Sc();

    @Override
    public String name() {
      return "without fr";
    }

    @Override
    public boolean isWeak() {
      return false;
    }

    @Override
    public void before(Graph g, int thread, int count, int[] before) {
      sc.before(g, thread, count, before);
    }

    @Override
    public int earliest(Graph g, int thread, int count, int cell) {
      int p = g.coLength[cell];
      while (p > 0 && (count == 0 || !g.inPrefix(g.coAt(cell, p), g.po[thread][count - 1]))) {
        p--;
      }
      return p;
    }
  }

  /** Everybody reads the last value. */
  private static final class OnlyLast extends Strong {
    private final Sc sc = new Sc();

    @Override
    public String name() {
      return "only last";
    }

    @Override
    public boolean isWeak() {
      return false;
    }

    @Override
    public void before(Graph g, int thread, int count, int[] before) {
      sc.before(g, thread, count, before);
    }

    @Override
    public int earliest(Graph g, int thread, int count, int cell) {
      return g.coLength[cell];
    }
  }

  @Test
  void differencesAreSeen() {
    SmallProgram storeBuffering =
        SmallPrograms.parse(
            """
            0: x0 = 1; r = x1
            1: x1 = 1; r = x0
            """);
    Interleavings.Outcome outcome = Interleavings.of(storeBuffering);
    Program program = storeBuffering.toProgram();
    Explorer.Options options =
        new Explorer.Options(Exploration.inOrder(program.memory()), true, 999, Weakenings.NONE);
    assertThat(Exploration.of(program, new Sc(), options).differencesFrom(outcome)).isEmpty();
    assertThat(Exploration.of(program, new WithoutFr(), options).differencesFrom(outcome))
        .containsExactly(
            "impossible 0: W(x0,1) R(x1,init,0) | 1: W(x1,1) R(x0,init,0) | x0: 0.0 | x1: 1.0");
    assertThat(Exploration.of(program, new OnlyLast(), options).differencesFrom(outcome))
        .anyMatch(difference -> difference.startsWith("missing "));
    Exploration twice = Exploration.of(program, new Sc(), options);
    twice.graphs().replaceAll((_, times) -> 2 * times);
    assertThat(twice.differencesFrom(outcome)).hasSize(3).allMatch(s -> s.startsWith("2 times "));
  }

  // ---- bounds and faults -----------------------------------------------------------------------

  @Test
  void tooLargeProgramsAreRefused() {
    Program program = Families.program("lastzero", 4);
    Explorer.Options options =
        new Explorer.Options(Exploration.inOrder(program.memory()), true, 7, Weakenings.NONE);
    assertThatThrownBy(() -> Exploration.of(program, new Sc(), options))
        .isInstanceOf(Explorer.TooLarge.class)
        .hasMessage("an execution has more than 7 events");
  }

  @Test
  void failingCodeIsReportedAndTheRestExplored() {
    Program readers = Families.program("readers", 2);
    List<Script> scripts = new ArrayList<>(readers.scripts());
    scripts.set(
        1,
        cpu -> {
          if (cpu.readOnce(readers.memory().cell(0)) == 1) {
            throw new IllegalStateException("saw 1");
          }
        });
    List<String> failures = new ArrayList<>();
    AtomicLong executions = new AtomicLong();
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph graph) {
            executions.incrementAndGet();
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            failures.add(cpu + " " + failure.getMessage());
            return true;
          }

          @Override
          public void restarted() {
            failures.clear();
            executions.set(0);
          }
        };
    Program program = Program.of(readers.memory(), scripts);
    new Explorer(program, new Sc(), Explorer.Options.defaults(3), listener).run();
    assertThat(executions).hasValue(2);
    assertThat(failures).isNotEmpty().allMatch("1 saw 1"::equals);
  }

  @Test
  void scriptsWithStateOfTheirOwnAreCaught() {
    Program program = Families.program("lastzero", 1);
    Cell x = program.memory().cell(0);
    Cell y = program.memory().cell(1);
    AtomicLong runs = new AtomicLong();
    Script own =
        cpu -> {
          cpu.writeOnce(x, runs.incrementAndGet());
          cpu.readOnce(y);
        };
    Program odd = Program.of(program.memory(), List.of(own, cpu -> cpu.writeOnce(y, 1)));
    assertThatThrownBy(() -> explore(odd)).isInstanceOf(Diverged.class);
  }
}
