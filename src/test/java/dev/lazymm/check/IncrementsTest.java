package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.check.RandomPrograms.Drawn;
import dev.lazymm.check.RandomPrograms.Feature;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Refusal;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Effort;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import dev.lazymm.workload.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Increments whose results nobody uses are left unordered under SC, and nothing is lost by that:
 * the executions are the traces that brute force finds where such increments commute, each once,
 * and they end as those in which all are ordered.
 */
class IncrementsTest {
  private static final Site SITE = new Site("small", "an operation of a small program");

  @TempDir private Path folder;

  // ---- brute force -----------------------------------------------------------------------------

  static Stream<Set<Feature>> features() {
    List<Feature> all = List.of(Feature.RMW, Feature.AWAIT, Feature.LOCK, Feature.IPI);
    return IntStream.range(0, 1 << all.size())
        .mapToObj(bits -> {
          Set<Feature> some = EnumSet.of(Feature.ADD);
          all.stream().filter(f -> (bits >> all.indexOf(f) & 1) != 0).forEach(some::add);
          return some;
        });
  }

  @ParameterizedTest
  @MethodSource("features")
  void allTracesEachOnce(Set<Feature> features) {
    compare(features, 1, 30, 1_500);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("features")
  void allTracesEachOnceOfMany(Set<Feature> features) {
    compare(features, 2, 130, Effort.of(8_000, 20_000)); // 2,080 in all
  }

  /** In the threads' own order, in another, and with other numbers; and with all ordered. */
  private static void compare(Set<Feature> features, long seed, int programs, long budget) {
    RandomPrograms drawing = new RandomPrograms(features, seed, budget);
    Random random = new Random(seed);
    long unordered = 0;
    long ordered = 0;
    for (int i = 0; i < programs; i++) {
      Drawn drawn = drawing.next();
      SmallProgram small = drawn.program();
      int n = small.threads().size();
      int[] own = IntStream.range(0, n).toArray();
      Exploration found = Exploration.of(small.toProgram(), own);
      assertThat(found.differencesFrom(drawn.outcome())).as("%s", small).isEmpty();
      int[] order = Exploration.shuffled(n, random);
      assertThat(Exploration.of(small.toProgram(), order).differencesFrom(drawn.outcome()))
          .as("%sin the order %s", small, order)
          .isEmpty();
      SmallProgram renumbered = small.permuted(order);
      assertThat(
              Exploration.of(renumbered.toProgram(), own)
                  .differencesFrom(Interleavings.of(renumbered)))
          .as("%s", renumbered)
          .isEmpty();
      Explorer.Options options =
          new Explorer.Options(own, true, 4096, Weakenings.NONE).withOrderedIncrements(true);
      Exploration all = Exploration.of(small.toProgram(), new Sc(), options);
      assertThat(found.ends()).as("%s", small).isEqualTo(all.ends());
      assertThat(found.hangs()).as("%s", small).isEqualTo(all.hangs());
      assertThat(found.executions()).as("%s", small).isLessThanOrEqualTo(all.executions());
      unordered += found.executions();
      ordered += all.executions();
    }
    assertThat(unordered).isLessThan(ordered);
  }

  /** Programs for which an earlier form missed executions, or showed them twice. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // a load sees what was added by two of whom neither needs the other
        """
        0: x0 += 1
        1: x0 = 2; r = x0
        2: r = x0
        3: x0 = r + 1
        """,
        // what it has seen must not be kept if it does not go on to see it
        """
        0: x0 = 3
        1: x0 = 2
        2: r = x0; x0 += 2
        """,
        // it goes on to see it before a store that it could see as well
        """
        0: x0 += 1
        1: r = x0
        2: x0 += 2
        3: x0 = 1
        """,
        """
        0: r = x0
        1: r = ADD x0 1
        2: x0 = 2
        3: x0 += 1
        """,
        // the write of who goes on to see it stands where it has seen less
        """
        0: x0 = r + 1
        1: r = ADD x0 1
        2: x0 = 2
        3: x0 += 1
        """,
        // an await given in place what is not told by one event
        """
        0: x0 += 1; x0 = 2
        1: x0 += 1; if r: x0 += 1
        2: await x0 EQ 2; x0 += 1
        3: await x0 NE 0; r = x0; x0 = r + 1; x0 = 2
        """
      })
  void oldFaultsStayAway(String text) {
    SmallProgram small = SmallPrograms.parse(text);
    int n = small.threads().size();
    for (int i = 0; i < 24; i++) {
      int[] order =
          i == 0 ? IntStream.range(0, n).toArray() : Exploration.shuffled(n, new Random(i));
      assertThat(Exploration.of(small.toProgram(), order).differencesFrom(Interleavings.of(small)))
          .isEmpty();
    }
  }

  // ---- known counts ----------------------------------------------------------------------------

  /** N threads that add to one cell, and use what they are given or do not. */
  private static Program ainc(int n, Ordering ordering) {
    Memory memory = new Memory(Layout.lineEach(), n);
    Cell x = memory.cell(new Counter(memory), "x", 0);
    Script script =
        cpu -> {
          long _ = cpu.rmw(Rmw.ADD, x, 1, 0, ordering, SITE);
        };
    return Program.of(memory, Collections.nCopies(n, script));
  }

  private static final class Counter extends KObject {
    Counter(Memory memory) {
      super(memory, "counter");
    }

    @Override
    public String type() {
      return "counter";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RELAXED, false, 720",
    "FULL, false, 720",
    "NO_RETURN, true, 720",
    "NO_RETURN, false, 1"
  })
  void whatNobodyIsGivenIsNotOrdered(Ordering ordering, boolean ordered, long count) {
    Program program = ainc(6, ordering);
    Explorer.Options options = Explorer.Options.defaults(6).withOrderedIncrements(ordered);
    Exploration found = Exploration.of(program, new Sc(), options);
    assertThat(found.executions()).isEqualTo(count);
    assertThat(found.blocked()).isZero();
    assertThat(found.ends()).containsExactly(List.of(6L));
  }

  /** N adds, one a thread, and a load: it sees any of them. Two loads: the later sees no fewer. */
  @ParameterizedTest
  @CsvSource({"1, 2, 3", "2, 4, 9", "5, 32, 243", "8, 256, 6561"})
  void aLoadSeesAnyOfThem(int n, long one, long two) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < n; i++) {
      text.append(i).append(": x0 += 1\n");
    }
    for (String reader : List.of("r = x0", "r = x0; r = x0")) {
      Program program = SmallPrograms.parse(text + "" + n + ": " + reader).toProgram();
      Explorer.Options options = Explorer.Options.defaults(n + 1);
      assertThat(Exploration.of(program, new Sc(), options).executions())
          .isEqualTo(reader.length() < 8 ? one : two);
    }
  }

  @Test
  void otherModelsOrderThem() {
    for (String name : List.of("tso", "armv8", "power", "lkmm")) {
      Program program = ainc(4, Ordering.NO_RETURN);
      MemoryModel model = Model.named(name).instance("x86-eager");
      Explorer.Options options = Explorer.Options.defaults(4);
      assertThat(Exploration.of(program, model, options).executions()).as(name).isEqualTo(24);
    }
  }

  @Test
  void tooManyToTellApartAreRefused() {
    String text = "0: %s\n1: r = x0".formatted("x0 += 1; ".repeat(Cuts.MOST + 1));
    Program program = SmallPrograms.parse(text).toProgram();
    assertThatThrownBy(() -> Exploration.of(program, 0, 1))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("--ordered-increments");
    Explorer.Options ordered = Explorer.Options.defaults(2).withOrderedIncrements(true);
    assertThat(Exploration.of(program, new Sc(), ordered).executions()).isEqualTo(Cuts.MOST + 2);
  }

  /** What is said to use no result is given none that it could use. */
  @Test
  void nobodyIsGivenAResult() {
    Memory memory = new Memory(Layout.lineEach(), 2);
    Cell x = memory.cell(new Counter(memory), "x", 0);
    Set<Long> given = new HashSet<>();
    Script script =
        cpu -> {
          given.add(cpu.rmw(Rmw.ADD, x, 1, 0, Ordering.NO_RETURN, SITE));
        };
    Program program = Program.of(memory, Collections.nCopies(2, script));
    Exploration.of(program, 0, 1);
    assertThat(given).containsExactly(Long.MIN_VALUE);
  }

  // ---- kernels ---------------------------------------------------------------------------------

  private static final String TRIPS =
      """
      scenario trips: idle round trips of two threads of one mm
      cpu 0: (A1) idle; run A1; idle; run A1; exit
      cpu 1: (A2) idle; run A2; idle; run A2; exit
      """;

  private static KernelFactory kernel(String design, String arch) {
    return KernelFactory.of(
        Arches.ALL.stream().filter(a -> a.name().equals(arch)).findFirst().orElseThrow(),
        Designs.find(design).orElseThrow());
  }

  @Test
  void theLibraryIsJudgedTheSame() {
    judge(List.of(Designs.find("refcount").orElseThrow()), 2);
  }

  @Tag("slow")
  @Test
  void theLibraryIsJudgedTheSameOfAllDesigns() {
    judge(Designs.USUAL, Effort.of(2, 1));
  }

  /** The same verdicts, broken in the same way, and the same final states. */
  private static void judge(List<Designs.Entry> designs, int of) {
    List<Scenario> scenarios = new ArrayList<>(ScenarioLibrary.builtIn().startingWith(""));
    scenarios.addAll(ScenarioParser.parse("trips", TRIPS));
    Checker.Options options = Checker.Options.defaults();
    long unordered = 0;
    long ordered = 0;
    for (Scenario scenario : scenarios) {
      for (Kernels.Pair pair : Kernels.share(scenario, designs, Arches.USUAL, of)) {
        String what = scenario.name() + " with " + pair;
        KernelFactory factory = pair.factory();
        CheckResult less = new Checker(options).check(scenario, factory);
        CheckResult all = new Checker(options.withOrderedIncrements(true)).check(scenario, factory);
        assertThat(broken(less)).as(what).isEqualTo(broken(all));
        assertThat(less.costs()).as(what).isEqualTo(all.costs());
        assertThat(less.bound().complete()).as(what).isEqualTo(all.bound().complete());
        assertThat(CheckedStates.of(Setup.prepare(scenario, factory), false))
            .as(what)
            .isEqualTo(CheckedStates.of(Setup.prepare(scenario, factory), true));
        unordered += less.executions();
        ordered += all.executions();
      }
    }
    assertThat(unordered).isLessThan(ordered);
  }

  private static List<String> broken(CheckResult result) {
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().map(x -> x.invariant() + " " + x.what()).toList()
        : List.of(result.verdict().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"powerpc-hash", "x86-eager"})
  void workersAndFilesChangeNothing(String arch) {
    Scenario scenario = ScenarioParser.parse("trips", TRIPS).getFirst();
    KernelFactory factory = kernel("refcount", arch);
    Checker.Options options = Checker.Options.defaults();
    CheckResult whole = new Checker(options).check(scenario, factory);
    for (int workers : new int[] {2, 3}) {
      assertThat(new Checker(options.withWorkers(workers)).check(scenario, factory))
          .isEqualTo(whole);
    }
    Path file = folder.resolve(arch);
    CheckResult last = null;
    for (long n = 1; last == null || !last.bound().complete(); n += 37) {
      last =
          new Checker(
                  options
                      .withMaxExecutions(n)
                      .withResume(new Resume(file, Duration.ZERO), List.of("test")))
              .check(scenario, factory);
    }
    assertThat(last).usingRecursiveComparison().ignoringFields("bound").isEqualTo(whole);
    Checker.Options other =
        options
            .withOrderedIncrements(true)
            .withResume(new Resume(file, Duration.ZERO), List.of("test"));
    assertThatThrownBy(() -> new Checker(other).check(scenario, factory))
        .isInstanceOf(Resume.Refused.class);
  }
}
