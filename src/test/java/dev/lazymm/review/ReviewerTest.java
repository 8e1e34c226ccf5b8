package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.Replayer;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewerTest {
  private static final Checks.Options OPTIONS = Checks.Options.defaults();

  /** A review over the built-in library and these scenarios. */
  private static Review review(String more) throws IOException {
    List<Scenario> all = new ArrayList<>(ScenarioLibrary.builtIn().list());
    all.addAll(ScenarioParser.parse("more", more));
    return review(new ScenarioLibrary(all), "refcount", "x86-eager");
  }

  private static Review review(ScenarioLibrary library, String design, String arch)
      throws IOException {
    return new Reviewer(
            new Checks(OPTIONS, Checks.Progress.NONE),
            new Commands(OPTIONS),
            library,
            ReviewSet.USUAL)
        .review(
            List.of(Designs.find(design).orElseThrow()),
            List.of(Arches.find(arch).orElseThrow()),
            Recording.sample(Replayer.Options.everything()),
            OPTIONS,
            Checks.Progress.NONE);
  }

  @Test
  void whatIsAsTheLibrarySaysIsExpected() throws IOException {
    Review review = review("");
    assertThat(review.asExpected()).isTrue();
    assertThat(review.inconclusive()).isFalse();
    assertThat(review.rows()).hasSize(1);
    assertThat(review.rows().getFirst().verdict()).isEqualTo("holds");
    assertThat(review.bound().maxCpus()).isEqualTo(2);
    assertThat(review.bound().leftOut()).contains("tlb-two-flushes").doesNotContain("e06-idle-exit");
    assertThat(review.claims()).hasSameSizeAs(Claims.REVIEWED);
  }

  @Test
  void whatIsNeededIsAskedUnderTheHardwaresModel() throws IOException {
    Review review = review(ScenarioLibrary.builtIn(), "refcount", "powerpc-hash");
    assertThat(review.minimal()).hasSize(1);
    Minimality m = review.minimal().getFirst();
    assertThat(m.model()).isEqualTo("power");
    assertThat(m.scenarios()).isEqualTo(m.of()).isPositive();
    assertThat(m.needed()).containsKeys("B1", "B2a", "P1", "P2").doesNotContainKey("ipi-mb");
    assertThat(m.needed()).containsEntry("B1", "membarrier-c1-out");
    assertThat(m.notNeeded()).contains("ipi-mb").doesNotContainAnyElementsOf(m.needed().keySet());
    assertThat(m.open()).isEmpty();
    assertThat(m.deeper()).isEqualTo("./lazymm barriers --design refcount --arch powerpc-hash");
  }

  /** The switch of riscv orders nothing before the MMU's walks: SC does not see it. */
  @Test
  void whatTheHardwareAloneBreaksIsAVerdictToo() throws IOException {
    Review.Row row = review(ScenarioLibrary.builtIn(), "refcount", "riscv").rows().getFirst();
    assertThat(row.verdict()).isEqualTo("violated");
    assertThat(row.hardware().model()).isEqualTo("riscv");
    assertThat(row.hardware().only()).contains("I7").containsExactlyElementsOf(row.broken().keySet());
    assertThat(row.examples().getFirst().command()).endsWith(" --model riscv");
  }

  /** Of s390 there is no model; that of x86, the nearest, asks what would be. */
  @Test
  void whereThereIsNoModelTheNearestIsAWhatIf() throws IOException {
    Review review = review(ScenarioLibrary.builtIn(), "refcount", "s390");
    assertThat(review.rows().getFirst().hardware().model()).isEqualTo("tso");
    assertThat(review.rows().getFirst().hardware().whatIf()).isTrue();
    assertThat(review.rows().getFirst().verdict()).isEqualTo("holds");
  }

  /** That one does is a finding about it, not about the library. */
  @Test
  void aConditionThatARivalBreaksIsAVerdict() throws IOException {
    Review review = review(ScenarioLibrary.builtIn(), "luto-hazard", "powerpc-hash");
    assertThat(review.rows().getFirst().broken()).containsOnlyKeys("always");
    assertThat(review.asExpected()).isTrue();
  }

  @Test
  void aConditionOfAScenarioThatFailsIsNot() throws IOException {
    Review review =
        review(
            """
            scenario wrong: says that nobody borrows
            cpu 0: (A1) idle
            never: cpu0.active_mm = A
            """);
    assertThat(review.asExpected()).isFalse();
    assertThat(review.surprises())
        .allSatisfy(s -> assertThat(s.scenario()).isEqualTo("wrong"))
        .anySatisfy(s -> assertThat(s.command()).contains("--invariant never"));
    Review.Row row = review.rows().getFirst();
    assertThat(row.verdict()).isEqualTo("violated");
    assertThat(row.broken()).containsExactly(Map.entry("never", 1));
  }

  @Test
  void resultsComeInTheOrderOfTheJobsWhateverTheThreads() {
    List<Job> jobs =
        Job.all(
            Designs.USUAL,
            Arches.ALL,
            ScenarioLibrary.builtIn().startingWith("e06-").stream().map(Job.Named::of).toList());
    List<Done> one =
        new Checks(new Checks.Options(1000, List.of(), 1), Checks.Progress.NONE).run(jobs);
    List<Done> many =
        new Checks(new Checks.Options(1000, List.of(), 7), Checks.Progress.NONE).run(jobs);
    assertThat(many.stream().map(Done::result))
        .containsExactlyElementsOf(one.stream().map(Done::result).toList());
    assertThat(one.stream().map(Done::job)).containsExactlyElementsOf(jobs);
  }

  @Test
  void whatTheReceiverThrowsEndsTheChecks() {
    List<Job> jobs =
        Job.all(
            Designs.ALL,
            Arches.ALL,
            ScenarioLibrary.builtIn().list().stream().map(Job.Named::of).toList());
    Checks checks = new Checks(OPTIONS, Checks.Progress.NONE);
    assertThatThrownBy(() ->
            checks.run(
                jobs,
                done -> {
                  throw new IllegalStateException("enough");
                }))
        .hasMessage("enough");
  }

  @Test
  void commandsAreQuotedForTheShell() {
    Commands commands = new Commands(new Checks.Options(5, List.of(1, 0), 2));
    assertThat(commands.check(CheckPart.over("it's a file:x").of("refcount")))
        .isEqualTo(
            "./lazymm check --scenario 'it'\\''s a file:x' --design refcount"
                + " --max-executions 5 --order 1,0");
  }
}
