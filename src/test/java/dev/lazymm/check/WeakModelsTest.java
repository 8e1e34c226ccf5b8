package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.WeakProgram.Act;
import dev.lazymm.litmus.Result;
import dev.lazymm.machine.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the explorer under memory models of cat's language to the litmus engine, which enumerates
 * what reads may read from and how writes may be ordered, and knows no exploration.
 *
 * <p>Under ARMv8 executions are counted with the mapping to exclusives: the engine counts each
 * compare-and-swap instruction twice, as Arm leaves open whether it branches, and what it comes to
 * is the same. It is slow on exclusives, so that programs with many atomics are passed over there.
 */
class WeakModelsTest {
  private static final int MOST_ATOMICS = 2;

  @TempDir private Path folder;

  private LitmusOracle oracle(String model, @Nullable String mapping) {
    return new LitmusOracle(model, mapping, folder);
  }

  /** Programs from a seed on; each other one has locks, but for sc.cat, which knows none. */
  private static List<WeakProgram> programs(String model, long from, int count) {
    return LongStream.iterate(from, seed -> seed + 1)
        .mapToObj(seed -> WeakProgram.draw(seed, seed % 2 == 0 && !model.equals("sc")))
        .filter(p -> !model.equals("armv8") || p.atomics() <= MOST_ATOMICS)
        .limit(count)
        .toList();
  }

  // ---- as many executions, and the same ends --------------------------------------------------

  private void countsAreThoseOfTheLitmusEngine(
      String model, @Nullable String mapping, long from, int count) {
    LitmusOracle oracle = oracle(model, mapping);
    MemoryModel ours = oracle.instance();
    long all = 0;
    for (WeakProgram program : programs(model, from, count)) {
      long expected = oracle.count(program);
      assertThat(WeakEnds.of(program, ours).executions())
          .as("%s: %s", model, program.toC())
          .isEqualTo(expected);
      all += expected;
    }
    assertThat(all).isGreaterThan(count);
  }

  @ParameterizedTest
  @CsvSource({
    "sc, , 0",
    "lkmm, , 50",
    "tso, x86, 100",
    "power, ppc, 150",
    "riscv, riscv, 200",
    "armv8, aarch64-llsc, 250"
  })
  void fiftyProgramsHaveTheirCounts(String model, @Nullable String mapping, long from) {
    countsAreThoseOfTheLitmusEngine(model, mapping, from, 50);
  }

  /**
   * @param counted of so many, the first, the executions are counted, too
   */
  private void endsAreThoseOfTheLitmusEngine(
      String model, @Nullable String mapping, long from, int count, int counted) {
    LitmusOracle oracle = oracle(model, mapping);
    MemoryModel ours = oracle.instance();
    int done = 0;
    for (WeakProgram program : programs(model, from, count)) {
      WeakEnds found = WeakEnds.of(program, ours);
      Result expected = oracle.judge(program);
      assertThat(found.states())
          .as("%s: %s", model, program.toC())
          .containsExactlyInAnyOrderElementsOf(expected.states());
      if (done++ < counted) {
        assertThat(found.executions())
            .as("%s: %s", model, program.toC())
            .isEqualTo(LitmusOracle.executions(expected));
      }
    }
    assertThat(done).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"lkmm, ", "armv8, aarch64"})
  void programsEndAsTheyDoInTheLitmusEngine(String model, @Nullable String mapping) {
    endsAreThoseOfTheLitmusEngine(model, mapping, 300, 20, 0);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "sc, , 300",
    "lkmm, , 300",
    "tso, x86, 300",
    "power, ppc, 300",
    "riscv, riscv, 300",
    "armv8, aarch64, 0",
    "armv8, aarch64-llsc, 300"
  })
  void aThousandProgramsEndAndThreeHundredCountAsInTheLitmusEngine(
      String model, @Nullable String mapping, int counted) {
    endsAreThoseOfTheLitmusEngine(model, mapping, 5000, 1000, counted);
  }

  // ---- whatever the order and the workers ------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"lkmm,", "tso, x86", "power, ppc", "armv8, aarch64"})
  void nothingDependsOnTheOrderOfThreads(String model, @Nullable String mapping) {
    LitmusOracle oracle = oracle(model, mapping);
    MemoryModel ours = oracle.instance();
    Random random = new Random(1);
    for (WeakProgram program : programs("", 400, 30)) {
      WeakEnds one = WeakEnds.of(program, ours);
      int[] order = Exploration.shuffled(program.threads().size(), random);
      assertThat(WeakEnds.of(program, ours, order))
          .as("%s: %s", model, program.toC())
          .isEqualTo(one);
    }
  }

  @ParameterizedTest
  @CsvSource({"lkmm,", "tso, x86", "power, ppc", "armv8, aarch64"})
  void countsAreTheSameWithManyWorkers(String model, @Nullable String mapping) {
    LitmusOracle oracle = oracle(model, mapping);
    for (WeakProgram program : programs("", 500, 20)) {
      long expected = WeakEnds.of(program, oracle.instance()).executions();
      int[] order = IntStream.range(0, program.threads().size()).toArray();
      for (int workers = 1; workers <= 3; workers++) {
        Search search =
            new Search(
                program.toProgram(),
                oracle::instance,
                new Explorer.Options(order, true, 4096, Weakenings.NONE),
                new Search.Bounds(
                    workers, Long.MAX_VALUE, Search.NEVER, Long.MAX_VALUE, 0, 1 << 20, n -> {}),
                new Tally.Silent(),
                null);
        search.run();
        assertThat(search.result().executions)
            .as("%s, %d workers: %s", model, workers, program.toC())
            .isEqualTo(expected);
      }
    }
  }

  /** The two forms of sequential consistency, one in Java and one in cat's language. */
  @Test
  void scIsWhatItsFileSays() {
    MemoryModel file = oracle("sc", null).instance();
    for (WeakProgram program : programs("sc", 600, 100)) {
      assertThat(WeakEnds.of(program, new Sc()))
          .as(program.toC())
          .isEqualTo(WeakEnds.of(program, file));
    }
  }

  // ---- known counts ----------------------------------------------------------------------------

  /** Each CPU of a ring stores, and loads from the next: all load 0 only where no fence is full. */
  @ParameterizedTest
  @ValueSource(strings = {"sc", "lkmm", "tso", "armv8", "power", "riscv"})
  void familiesHaveTheirCounts(String name) {
    Model model = Model.named(name);
    for (String family : Families.names()) {
      for (int n = 2; n <= (family.equals("ainc") || family.equals("lastzero") ? 5 : 8); n++) {
        long executions = executions(family, n, model);
        Families.expected(family, n, model)
            .ifPresent(known -> assertThat(executions).as(family).isEqualTo(known));
      }
    }
    assertThat(Families.expected("ring", 5, model)).hasValue(31);
  }

  private static long executions(String family, int n, Model model) {
    Program program = Families.program(family, n);
    Explorer explorer =
        new Explorer(
            program,
            model.instance("powerpc-hash"),
            Explorer.Options.defaults(program.memory().cpus()),
            new Tally.Silent());
    explorer.run();
    return explorer.executions();
  }

  // ---- it can fail -----------------------------------------------------------------------------

  /** The explorer's side without fences: what a mapping that lost them would come to. */
  @ParameterizedTest
  @CsvSource({"lkmm,", "tso, x86", "power, ppc", "riscv, riscv", "armv8, aarch64"})
  void aLostFenceIsSeen(String model, @Nullable String mapping) {
    LitmusOracle oracle = oracle(model, mapping);
    WeakProgram ring = new WeakProgram(List.of(storeAndLoad(0, 1), storeAndLoad(1, 0)));
    assertThat(oracle.count(ring)).isEqualTo(3);
    assertThat(WeakEnds.of(ring, oracle.instance()).executions()).isEqualTo(3);
    assertThat(WeakEnds.of(withoutFences(ring), oracle.instance()).executions()).isEqualTo(4);
  }

  private static List<Act> storeAndLoad(int x, int y) {
    return List.of(
        new Act.Store(x, 1, WeakProgram.Strength.ONCE),
        new Act.Fence(0),
        new Act.Load(y, WeakProgram.Strength.ONCE));
  }

  private static WeakProgram withoutFences(WeakProgram program) {
    List<List<Act>> threads = new ArrayList<>();
    for (List<Act> acts : program.threads()) {
      threads.add(acts.stream().filter(act -> !(act instanceof Act.Fence)).toList());
    }
    return new WeakProgram(threads);
  }

  @Test
  void aCheckThatIsLeftOutIsSeen() {
    LitmusOracle oracle = oracle("tso", "x86");
    long differ =
        programs("tso", 800, 25).stream()
            .filter(p ->
                WeakEnds.of(p, new Careless(oracle.instance())).executions() != oracle.count(p))
            .count();
    assertThat(differ).isPositive();
  }

  /** Takes every graph for consistent. */
  private record Careless(MemoryModel model) implements ForwardingModel {
    @Override
    public boolean isConsistent(Graph g) {
      return true;
    }
  }
}
