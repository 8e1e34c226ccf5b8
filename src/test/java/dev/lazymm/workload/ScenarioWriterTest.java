package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioWriterTest {
  static Stream<Scenario> library() {
    return ScenarioLibrary.builtIn().list().stream();
  }

  @ParameterizedTest
  @MethodSource("library")
  void theLibraryReadsBack(Scenario scenario) {
    assertThat(ScenarioParser.parse("back", scenario.toString())).containsExactly(scenario);
  }

  @Test
  void aWholeFileReadsBack() {
    List<Scenario> all = ScenarioLibrary.builtIn().list();
    assertThat(ScenarioParser.parse("back", ScenarioWriter.write(all))).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void randomScenariosReadBack(int cpus) {
    ScenarioGenerator generator = new ScenarioGenerator(42, cpus, 7);
    for (int i = 0; i < 200; i++) {
      Scenario scenario = generator.next();
      assertThat(ScenarioParser.parse("back", scenario.toString())).containsExactly(scenario);
    }
  }

  /** Any tree of conditions over one scenario, in particular with redundant levels. */
  @Test
  void randomConditionsReadBack() {
    Scenario base =
        ScenarioParser.parse(
                "base",
                """
                scenario base: b
                cpu 0: (A1) exec B; store x 1
                cpu 1: (A2) load x
                """)
            .getFirst();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      Expectation expectation =
          new Expectation(
              random.nextBoolean() ? Expectation.Kind.EXISTS : Expectation.Kind.NEVER,
              random.nextBoolean() ? List.of() : List.of("x86-eager", "powerpc-hash"),
              random.nextBoolean() ? List.of() : List.of("refcount"),
              condition(random, 4));
      Scenario scenario =
          new Scenario(
              base.name(), base.title(), List.of(), base.cpus(), List.of(), List.of(expectation));
      assertThat(ScenarioParser.parse("back", scenario.toString())).containsExactly(scenario);
    }
  }

  private static Condition condition(SplittableRandom random, int depth) {
    int kind = random.nextInt(depth == 0 ? 7 : 10);
    int cpu = random.nextInt(2);
    String mm = random.nextBoolean() ? "A" : "B";
    return switch (kind) {
      case 0 -> new Condition.CpuIs(cpu, Condition.Register.CURR, cpu == 0 ? "A1" : "idle");
      case 1 -> new Condition.CpuIs(cpu, Condition.Register.ACTIVE_MM, cpu == 0 ? mm : "init");
      case 2 -> new Condition.Loaded(1, 1, random.nextInt(-3, 3));
      case 3 -> new Condition.InMask(cpu, mm);
      case 4 -> new Condition.Count("init", random.nextInt(5));
      case 5 -> new Condition.Freed(mm);
      case 6 -> new Condition.CellIs("x", random.nextInt(5));
      case 7 -> new Condition.Not(condition(random, depth - 1));
      default -> {
        List<Condition> of = new ArrayList<>();
        int n = 2 + random.nextInt(2);
        for (int i = 0; i < n; i++) {
          of.add(condition(random, depth - 1));
        }
        yield kind == 8 ? new Condition.All(of) : new Condition.Any(of);
      }
    };
  }
}
