package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Interleavings.Memo;
import dev.lazymm.check.Interleavings.Outcome;
import dev.lazymm.check.RandomPrograms.Drawn;
import dev.lazymm.check.RandomPrograms.Feature;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.SequentialMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the oracle to itself, and to the sequential machine, on random programs. */
class OracleTest {
  private static final long BUDGET = 3_000;

  static Stream<Set<Feature>> features() {
    return Stream.of(
        Set.of(),
        Set.of(Feature.RMW),
        Set.of(Feature.ADD),
        Set.of(Feature.AWAIT),
        Set.of(Feature.LOCK),
        Set.of(Feature.IPI),
        Set.of(Feature.RMW, Feature.AWAIT),
        Set.of(Feature.AWAIT, Feature.LOCK, Feature.IPI),
        Set.of(Feature.values()));
  }

  private static Outcome walk(SmallProgram program, Memo memo) {
    return Interleavings.of(program, memo, 1_000_000).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("features")
  void fingerprintsAreAsGoodAsKeys(Set<Feature> features) {
    RandomPrograms programs = new RandomPrograms(features, 1, BUDGET);
    for (int i = 0; i < 30; i++) {
      Drawn drawn = programs.next();
      assertThat(walk(drawn.program(), Memo.KEY))
          .as("%s", drawn.program())
          .isEqualTo(drawn.outcome());
    }
  }

  @ParameterizedTest
  @MethodSource("features")
  void memoLosesNothing(Set<Feature> features) {
    RandomPrograms programs = new RandomPrograms(features, 2, 150);
    int walked = 0;
    for (int i = 0; i < 60; i++) {
      Drawn drawn = programs.next();
      Optional<Outcome> every = Interleavings.of(drawn.program(), Memo.NONE, 100_000);
      if (every.isPresent()) {
        walked++;
        assertThat(every.get().complete()).isEqualTo(drawn.outcome().complete());
        assertThat(every.get().hangs()).isEqualTo(drawn.outcome().hangs());
      }
    }
    assertThat(walked).isGreaterThan(30);
  }

  /** A send to two others goes in ascending order, so numbers matter there; see permuted. */
  @ParameterizedTest
  @MethodSource("features")
  void numbersOfThreadsDoNotMatter(Set<Feature> features) {
    RandomPrograms programs = new RandomPrograms(features, 3, BUDGET);
    for (int i = 0; i < 60; i++) {
      Drawn drawn = programs.next();
      int n = drawn.program().threads().size();
      int[] perm = new int[n];
      for (int t = 0; t < n; t++) {
        perm[t] = (t + 1 + i % (n - 1)) % n;
      }
      if (drawn.program().threads().stream()
          .flatMap(List::stream)
          .noneMatch(op -> op instanceof Op.Send s && Long.bitCount(s.mask()) > 1)) {
        Outcome permuted = walk(drawn.program().permuted(perm), Memo.FINGERPRINT);
        assertThat(permuted.complete()).hasSameSizeAs(drawn.outcome().complete());
        assertThat(permuted.hangs()).hasSameSizeAs(drawn.outcome().hangs());
        assertThat(permuted.states()).isEqualTo(drawn.outcome().states());
      }
    }
  }

  /** Where the sequential machine gets to the end, its last values are those of an execution. */
  @ParameterizedTest
  @MethodSource("features")
  void sequentialRunsAreAmongTheExecutions(Set<Feature> features) {
    RandomPrograms programs = new RandomPrograms(features, 4, BUDGET);
    int ran = 0;
    for (int i = 0; i < 60; i++) {
      Drawn drawn = programs.next();
      Program program = drawn.program().toProgram();
      SequentialMachine machine =
          new SequentialMachine(program.memory(), new SequentialMachine.Observer() {});
      try {
        for (Cpu cpu : machine.cpus()) {
          program.scripts().get(cpu.id()).run(cpu);
        }
      } catch (IllegalStateException e) { // it waits
        continue;
      }
      ran++;
      Map<String, Long> last = new TreeMap<>();
      for (int c = 0; c < program.memory().cellCount(); c++) {
        Cell cell = program.memory().cell(c);
        last.put(cell.field(), machine.value(cell));
      }
      last.values().removeIf(value -> value == 0);
      assertThat(drawn.outcome().complete().stream().map(OracleTest::lastValues))
          .as("%s", drawn.program())
          .contains(last);
    }
    assertThat(ran).isGreaterThan(10);
  }

  /** The last value of each cell that is not 0, but for completions, from a key. */
  private static Map<String, Long> lastValues(String key) {
    Map<String, List<String>> parts = new TreeMap<>();
    for (String part : key.split(Pattern.quote(" | "), -1)) {
      List<String> words = List.of(part.split(" ", -1));
      parts.put(words.getFirst().replace(":", ""), words.subList(1, words.size()));
    }
    Map<String, Long> last = new TreeMap<>();
    parts.forEach((name, writes) -> {
      if (name.startsWith("x") || name.startsWith("l")) {
        for (String seen : writes.getLast().split("\\+", -1)) {
          if (!seen.isEmpty()) {
            List<String> place = List.of(seen.split("\\.", -1));
            String event =
                parts.getOrDefault(place.getFirst(), List.of()).get(Integer.parseInt(place.get(1)));
            String value = event.substring(event.lastIndexOf(',') + 1, event.length() - 1);
            last.merge(name, Long.parseLong(value), Long::sum);
          }
        }
      }
    });
    last.values().removeIf(value -> value == 0);
    return last;
  }

  @ParameterizedTest
  @MethodSource("features")
  void programsAreInteresting(Set<Feature> features) {
    RandomPrograms programs = new RandomPrograms(features, 5, 5_000);
    int complete = 0;
    int hanging = 0;
    int n = 100;
    for (int i = 0; i < n; i++) {
      Drawn drawn = programs.next();
      complete += drawn.outcome().complete().isEmpty() ? 0 : 1;
      hanging += drawn.outcome().hangs().isEmpty() ? 0 : 1;
    }
    assertThat(complete).isGreaterThan(n / 2);
    assertThat(programs.skipped()).isLessThan(n / 2);
    assertThat(hanging == 0).isEqualTo(cannotHang(features));
  }

  private static boolean cannotHang(Set<Feature> features) {
    return !features.contains(Feature.AWAIT) && !features.contains(Feature.LOCK);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    Set<Feature> all = Set.of(Feature.values());
    assertThat(RandomPrograms.draw(all, 7)).isEqualTo(RandomPrograms.draw(all, 7));
    Drawn drawn = new RandomPrograms(all, 7, BUDGET).next();
    assertThat(RandomPrograms.draw(all, drawn.seed())).isEqualTo(drawn.program());
  }
}
