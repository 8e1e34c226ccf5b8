package dev.lazymm.barriers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The barriers of membarrier(2) are needed exactly where the in-tree comment pairs them
 * (kernel/sched/membarrier.c, scenarios A to F; exec besides), under the model of powerpc's
 * hardware.
 *
 * <p>Two pairs of the comment are not found: A needs no P1, and B no P2, as sending an IPI and
 * waiting for its handler order enough; and ipi_mb needs no smp_mb, as taking an IPI does. The
 * comment in ipi_mb says so: "IPIs should be serializing but paranoid".
 */
class MembarrierSitesTest {
  private static final Map<String, Set<String>> NEEDED =
      Map.ofEntries(
          Map.entry("B1", Set.of("c1-out", "c2-out", "f-b")),
          Map.entry("B2", Set.of("c2-in")),
          Map.entry("B2a", Set.of("c1-in", "c3-in", "f-in")),
          Map.entry("mask-mb", Set.of("c2-first")),
          Map.entry("B5", Set.of("d")),
          Map.entry("B6", Set.of("x", "x-private")),
          Map.entry("B7", Set.of("e-same")),
          Map.entry("B8", Set.of("e-use", "e-same", "e-unuse")),
          Map.entry(
              "P1", Set.of("c1-in", "c2-in", "c2-first", "c3-in", "e-use", "e-same", "e-unuse")),
          Map.entry(
              "P2", Set.of("c1-out", "c2-out", "d", "x-private", "e-use", "e-same", "e-unuse")),
          Map.entry("G1", Set.of("f-in")),
          Map.entry("G2", Set.of("f-b", "x")),
          Map.entry("ipi-mb", Set.of()));

  private static final List<String> SCENARIOS =
      List.of(
          "a",
          "b",
          "c1-in",
          "c1-out",
          "c2-in",
          "c2-first",
          "c2-out",
          "c3-in",
          "d",
          "e-use",
          "e-same",
          "e-unuse",
          "f-a",
          "f-b",
          "f-in",
          "x",
          "x-private");

  @ParameterizedTest
  @ValueSource(strings = {"refcount", "shootdown"})
  @Tag("slow")
  void eachIsNeededExactlyWhereItIsPaired(String design) {
    ScenarioLibrary library = ScenarioLibrary.builtIn();
    Question question =
        new Question(
            Designs.find(design).orElseThrow(),
            Arches.find("powerpc-hash").orElseThrow(),
            List.of(Model.named("power")),
            SCENARIOS.stream()
                .map(s -> library.find("membarrier-" + s))
                .map(s -> Subject.of(s, s.name()))
                .toList(),
            NEEDED.keySet(),
            Question.Effort.EVERY,
            1_000_000,
            null,
            2);
    Necessity found = Analysis.ofEachAlone(question, (done, of) -> {});
    assertThat(found.baselines()).as("all hold as they are").allMatch(Baseline::holds);
    assertThat(found.inconclusive()).isFalse();
    Map<String, Set<String>> needed = new TreeMap<>();
    for (Cell cell : found.cells()) {
      assertThat(cell.answer()).isIn(Answer.NEEDED, Answer.NOT_NEEDED);
      if (!cell.form().word().equals("acquire") && !cell.form().word().equals("release")) {
        needed.put(cell.site(), scenarios(cell.broken().stream()));
      }
    }
    assertThat(needed).isEqualTo(new TreeMap<>(NEEDED));
  }

  private static Set<String> scenarios(Stream<String> names) {
    return names
        .map(name -> name.substring("membarrier-".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
