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
    Reviewer reviewer =
        new Reviewer(
            new Checks(OPTIONS, Checks.Progress.NONE),
            new Commands(OPTIONS),
            new ScenarioLibrary(all));
    return reviewer.review(
        List.of(Designs.find("refcount").orElseThrow()),
        List.of(Arches.find("x86-eager").orElseThrow()),
        Recording.sample(Replayer.Options.everything()));
  }

  @Test
  void whatIsAsTheLibrarySaysIsExpected() throws IOException {
    Review review = review("");
    assertThat(review.asExpected()).isTrue();
    assertThat(review.inconclusive()).isFalse();
    assertThat(review.rows()).hasSize(1);
    assertThat(review.rows().getFirst().verdict()).isEqualTo("holds");
    assertThat(review.bound().maxCpus()).isEqualTo(3);
    assertThat(review.claims()).hasSameSizeAs(Claims.REVIEWED);
  }

  @Test
  void whatIsNeededIsAskedUnderTheHardwaresModel() throws IOException {
    Reviewer reviewer =
        new Reviewer(
            new Checks(OPTIONS, Checks.Progress.NONE),
            new Commands(OPTIONS),
            ScenarioLibrary.builtIn());
    List<Minimality> all =
        reviewer.minimal(
            List.of(Designs.find("refcount").orElseThrow()),
            List.of(Arches.find("powerpc-hash").orElseThrow()),
            OPTIONS,
            n -> {});
    assertThat(all).hasSize(1);
    Minimality m = all.getFirst();
    assertThat(m.model()).isEqualTo("power");
    assertThat(m.scenarios()).isEqualTo(m.of()).isPositive();
    assertThat(m.needed()).contains("B1", "B2a", "P1", "P2").doesNotContain("ipi-mb");
    assertThat(m.notNeeded()).contains("ipi-mb").doesNotContainAnyElementsOf(m.needed());
    assertThat(m.open()).isEmpty();
    assertThat(m.deeper()).isEqualTo("./lazymm barriers --design refcount --arch powerpc-hash");
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
