package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.check.RandomPrograms.Feature;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Program;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private static final long ROOM = 1L << 30;

  /** Random programs with more executions are passed over. */
  private static final int MOST = 300;

  @TempDir private Path folder;

  private static Search.Bounds bounds(int workers, int splitAfter, long bytes) {
    return new Search.Bounds(
        workers, Long.MAX_VALUE, Search.NEVER, Long.MAX_VALUE, splitAfter, bytes, n -> {});
  }

  private static Search.Bounds upTo(long graphs) {
    return new Search.Bounds(2, graphs, Search.NEVER, Long.MAX_VALUE, 0, ROOM, n -> {});
  }

  // ---- workers ---------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"ainc, 6", "readers, 10", "casrot, 8", "lastzero, 9", "indexer, 14"})
  void countsAreThoseOfOneWorker(String family, int n) {
    for (int workers : new int[] {1, 2, 3, 8}) {
      for (long bytes : new long[] {0, ROOM}) {
        Program program = Families.program(family, n);
        Search search =
            new Search(
                program,
                Sc::new,
                Explorer.Options.defaults(program.memory().cpus()),
                bounds(workers, 0, bytes),
                new Tally.Silent(),
                null);
        search.run();
        assertThat(search.result().executions)
            .as("%s %d, %d workers, %d bytes", family, n, workers, bytes)
            .isEqualTo(Families.expected(family, n).orElseThrow());
        assertThat(search.isComplete()).isTrue();
      }
    }
  }

  /** The same graphs, each as often, and the same hangs, with locks, awaits and IPIs as well. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void graphsAreThoseOfOneExplorer(int part) {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    long some = 0;
    for (int seed = 100 * part; seed < 100 * part + 25; seed++) {
      SmallProgram small = RandomPrograms.draw(features, seed);
      int n = small.threads().size();
      int[] order = Exploration.shuffled(n, new Random(seed));
      Explorer.Options options = new Explorer.Options(order, true, 4096, Weakenings.NONE);
      Keys alone = new Keys();
      Program program = small.toProgram();
      Explorer explorer = new Explorer(program, new Sc(), options, alone);
      explorer.run();
      if (alone.shown > MOST) {
        continue;
      }
      some += explorer.executions();
      for (Search.Bounds how : List.of(bounds(1, 0, 0), bounds(3, 0, ROOM), bounds(2, 0, 0))) {
        Search search = new Search(small.toProgram(), Sc::new, options, how, new Keys(), null);
        search.run();
        Part all = search.result();
        assertThat(((Keys) all.tally).graphs)
            .as("seed %d: %s", seed, small)
            .isEqualTo(alone.graphs);
        assertThat(all.blocked).isEqualTo(explorer.blocked());
        assertThat(all.largest).isEqualTo(explorer.largest());
      }
    }
    assertThat(some).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "no-refcount, powerpc-hash",
    "refcount, x86-eager",
    "shootdown, powerpc-hash",
    "shootdown-debug, x86-eager"
  })
  void resultsAreThoseOfOneWorker(String design, String arch) {
    KernelFactory factory =
        KernelFactory.of(
            Arches.ALL.stream().filter(a -> a.name().equals(arch)).findFirst().orElseThrow(),
            Designs.find(design).orElseThrow());
    Checker.Options options = Checker.Options.defaults().withMaxExecutions(2000);
    for (Scenario scenario : ScenarioLibrary.builtIn().startingWith("e0").subList(0, 12)) {
      CheckResult one = new Checker(options).check(scenario, factory);
      if (one.verdict() instanceof Verdict.Inconclusive) {
        continue;
      }
      CheckResult three = new Checker(options.withWorkers(3)).check(scenario, factory);
      assertThat(three).as(scenario.name()).isEqualTo(one);
    }
  }

  // ---- files -----------------------------------------------------------------------------------

  private Search lastzero(Search.Bounds how, int n, Path file) {
    Program program = Families.program("lastzero", n);
    List<String> question = List.of("lastzero " + n);
    Saver saver = new Saver(new Resume(file, Duration.ZERO), question, program.memory());
    Tally tally = new Tally.Silent();
    Explorer.Options options = Explorer.Options.defaults(program.memory().cpus());
    Search search = new Search(program, Sc::new, options, how, tally, saver);
    saver.read(List.of(), tally).ifPresent(search::goOn);
    return search;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 17, 100, 319, 320, 321})
  void aCutExplorationIsGoneOnWith(long graphs) throws IOException {
    Path file = folder.resolve("cut");
    long limit = 0;
    long expected = Families.expected("lastzero", 7).orElseThrow();
    Search search;
    do {
      limit += graphs;
      search = lastzero(upTo(limit), 7, file);
      assertThat(search.result().executions).isEqualTo(Math.min(limit - graphs, expected));
      search.run();
      if (!search.isComplete()) {
        assertThat(search.why()).isEqualTo("gave up after " + limit + " executions");
        assertThat(search.result().executions).isEqualTo(limit);
      }
    } while (!search.isComplete());
    assertThat(search.result().executions).isEqualTo(expected);
    Search again = lastzero(bounds(1, 0, ROOM), 7, file);
    again.run();
    assertThat(again.isComplete()).isTrue();
    assertThat(again.result().executions).isEqualTo(expected);
  }

  @Test
  void aCheckIsGoneOnWith() {
    Scenario scenario = ScenarioLibrary.builtIn().find("e06-use-exit");
    KernelFactory factory =
        KernelFactory.of(Arches.ALL.getFirst(), Designs.find("no-refcount").orElseThrow());
    Checker.Options options = Checker.Options.defaults();
    CheckResult whole = new Checker(options).check(scenario, factory);
    Path file = folder.resolve("check");
    CheckResult last = null;
    for (long n = 1; n < 4000 && (last == null || !last.bound().complete()); n += 7) {
      last =
          new Checker(
                  options
                      .withMaxExecutions(n)
                      .withResume(new Resume(file, Duration.ZERO), List.of("test")))
              .check(scenario, factory);
    }
    assertThat(last).usingRecursiveComparison().ignoringFields("bound").isEqualTo(whole);
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    Path file = folder.resolve("damaged");
    lastzero(upTo(50), 7, file).run();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> lastzero(upTo(60), 7, file))
          .isInstanceOf(Resume.Refused.class)
          .hasMessageContaining("is damaged or cut off");
    }
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] bad = whole.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(7));
      Files.write(file, bad);
      assertThatThrownBy(() -> lastzero(upTo(60), 7, file)).isInstanceOf(Resume.Refused.class);
    }
  }

  @Test
  void anotherQuestionIsRefused() {
    Path file = folder.resolve("other");
    lastzero(upTo(50), 7, file).run();
    assertThatThrownBy(() -> lastzero(upTo(60), 8, file))
        .isInstanceOf(Resume.Refused.class)
        .hasMessage(file + " answers another question: it has lastzero 7\n  expected lastzero 8");
  }

  @Test
  void levelsThatTheProgramDoesNotLeadToAreNotGoneOnWith() {
    Program program = Families.program("readers", 2);
    Explorer explorer =
        new Explorer(program, new Sc(), Explorer.Options.defaults(3), new Tally.Silent());
    Frame.Choice far = new Frame.Choice(Frame.Choice.READ_FROM, 99, 0, Graph.INIT, Graph.NONE);
    explorer.begin(
        Footprint.Known.NOTHING,
        new Touches(),
        List.of(new Level(List.of(), List.of(far))),
        new Tally.Silent());
    assertThatThrownBy(explorer::advance)
        .isInstanceOfAny(Explorer.Misfit.class, Footprint.Restart.class);
  }

  @Test
  void timeIsABound() {
    Program program = Families.program("lastzero", 15);
    Search.Bounds how =
        new Search.Bounds(2, Long.MAX_VALUE, System.nanoTime(), Long.MAX_VALUE, 0, ROOM, n -> {});
    Search search =
        new Search(program, Sc::new, Explorer.Options.defaults(16), how, new Tally.Silent(), null);
    search.run();
    assertThat(search.isComplete()).isFalse();
    assertThat(search.why()).isEqualTo("the time is over");
  }

  /** How often each complete execution was shown. */
  private static final class Keys implements Tally {
    private int shown;
    private final Map<String, Integer> graphs = new TreeMap<>();

    @Override
    public Tally fresh() {
      return new Keys();
    }

    @Override
    public void append(Tally later) {
      ((Keys) later).graphs.forEach((k, v) -> graphs.merge(k, v, Integer::sum));
    }

    @Override
    public long foundAt() {
      return -1;
    }

    @Override
    public List<String> save() {
      return new ArrayList<>();
    }

    @Override
    public void load(List<String> lines) {}

    @Override
    public void restarted() {
      graphs.clear();
    }

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      graphs.merge(GraphKey.of(explorer, graph), 1, Integer::sum);
      return ++shown <= MOST;
    }

    @Override
    public boolean hung(Explorer explorer, Graph graph) {
      graphs.merge("hang " + GraphKey.of(explorer, graph), 1, Integer::sum);
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }
  }
}
