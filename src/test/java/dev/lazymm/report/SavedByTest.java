package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.SavedBy;
import dev.lazymm.check.Source;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Weakenings;
import dev.lazymm.check.Witness;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.machine.Dependency;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.workload.ScenarioLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports say which dependency would have prevented what was found. */
class SavedByTest {
  private static final Commands COMMANDS = new Commands(Checks.Options.defaults());
  private static final SavedBy.Place READ =
      new SavedBy.Place(
          1,
          "mmgrab_lazy_tlb",
          "flag(note)",
          List.of(new Source("dev.lazymm.kernel.Mine", "mmgrabLazyTlb", "Mine.java", 12)));
  private static final SavedBy.Place LATER = new SavedBy.Place(1, "", "data(note)", List.of());

  private static Violation violation(String invariant) {
    Witness witness =
        new Witness(1, List.of(new Witness.Step(0, "idle", "f", "", List.of("x = 1"), true)));
    return new Violation(
        invariant,
        "something is wrong",
        witness,
        List.of(
            new SavedBy(Dependency.CONTROL, READ, null),
            new SavedBy(Dependency.DATA, READ, LATER)));
  }

  private static Done done() {
    Job.Named named = Job.Named.of(ScenarioLibrary.builtIn().find("exit-alone"));
    Job job =
        new Job(
            Designs.find("refcount").orElseThrow(),
            Arches.find("powerpc-hash").orElseThrow(),
            named.scenario(),
            named.spelled(),
            Model.named("power"));
    CheckResult result =
        new CheckResult(
            "refcount",
            "powerpc-hash",
            "power",
            "exit-alone",
            new Verdict.Violated(List.of(violation("UAF"), violation("WARN"))),
            null,
            1,
            0,
            Map.of(),
            new CheckResult.Bound(1, 1, 1, true, List.of()),
            Weakenings.NONE);
    return new Done(job, result, Duration.ZERO);
  }

  @Test
  void textHasASentenceForEach() {
    String control =
        """
          holds if the control dependency on the read of flag(note) by CPU 1,
          mmgrab_lazy_tlb (Mine.java:12) is kept
          holds if the data dependency of the access to data(note) by CPU 1 on
          the read of flag(note) by CPU 1, mmgrab_lazy_tlb (Mine.java:12) is
          kept
        """;
    String text = new CheckText(COMMANDS).counterexample(done());
    assertThat(text).contains("something is wrong\n" + control);
    assertThat(text.lines().skip(text.lines().toList().indexOf("  also WARN: something is wrong")))
        .contains("    holds if the control dependency on the read of flag(note) by CPU 1,");
    assertThat(ExplainText.of(done(), violation("UAF"), COMMANDS)).contains(control);
  }

  @Test
  void jsonHasTheDocumentedKeys() {
    JsonNode saved =
        JsonMapper.shared()
            .readTree(Json.write(CheckJson.of(List.of(done()), COMMANDS)))
            .at("/results/0/violations/0/savedBy");
    assertThat(saved).hasSize(2);
    assertThat(saved.at("/0").propertyNames()).containsExactly("dependency", "read", "to", "text");
    assertThat(saved.at("/0/dependency").asString()).isEqualTo("control");
    assertThat(saved.at("/0/to").isNull()).isTrue();
    assertThat(saved.at("/1/dependency").asString()).isEqualTo("data");
    assertThat(saved.at("/1/read").propertyNames())
        .containsExactly("cpu", "step", "cell", "file", "line");
    assertThat(saved.at("/1/read/file").asString()).isEqualTo("dev/lazymm/kernel/Mine.java");
    assertThat(saved.at("/1/read/line").asInt()).isEqualTo(12);
    assertThat(saved.at("/1/to/cell").asString()).isEqualTo("data(note)");
    assertThat(saved.at("/1/to/file").isNull()).isTrue();
  }
}
