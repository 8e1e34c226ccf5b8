package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Model;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Witness;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.ScenarioLibrary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionPictureTest {
  private static final int MOST_ROWS_OF_E07 = 12;

  private static Witness.Step step(int cpu, String action, String step, String... cells) {
    return new Witness.Step(cpu, action, step, "rq-lock,B1", List.of(cells), false);
  }

  private static List<Done> check(String prefix, List<Arches.Entry> arches) {
    List<Job.Named> scenarios =
        ScenarioLibrary.builtIn().startingWith(prefix).stream().map(Job.Named::of).toList();
    return new Checks(Checks.Options.defaults(), Checks.Progress.NONE)
        .run(Job.all(Designs.ALL, arches, scenarios));
  }

  /** Every scenario with another share of all kernels. */
  private static List<Done> checkShares() {
    List<Job> jobs =
        ScenarioLibrary.builtIn().list().stream()
            .map(Job.Named::of)
            .flatMap(named ->
                Kernels.share(named.scenario(), Designs.ALL, 4).stream()
                    .map(k ->
                        new Job(k.design(), k.arch(), named.scenario(), named.spelled(), Model.SC)))
            .toList();
    return new Checks(Checks.Options.defaults(), Checks.Progress.NONE).run(jobs);
  }

  @Test
  void aColumnACpuTimeDownwards() throws IOException {
    List<Witness.Step> steps =
        List.of(
            step(1, "idle", "context_switch", "active_mm(swapper/1) = A"),
            step(0, "exit", "mmput", "mm_users(A) 1->0"),
            step(
                0, "exit", "a step whose name goes on for longer than its column is wide", "x = 1"),
            new Witness.Step(1, "idle", "idle", "", List.of("free A"), true));
    Witness witness = new Witness(2, steps);
    Golden.check(
        "picture.txt",
        ExecutionPicture.draw(witness, false) + "\n" + ExecutionPicture.draw(witness, true));
  }

  @Test
  void cpusThatDoNothingTakeNoRoomBesideOthers() {
    Witness witness = new Witness(3, List.of(step(0, "a", "b"), step(2, "c", "d")));
    assertThat(ExecutionPicture.draw(witness, false))
        .contains("CPU 0", "CPU 2")
        .doesNotContain("CPU 1");
  }

  @Test
  void anyNumberOfCpusFits() {
    for (int cpus = 1; cpus <= 40; cpus++) {
      List<Witness.Step> steps = new ArrayList<>();
      for (int cpu = 0; cpu < cpus; cpu++) {
        steps.add(step(cpu, "use A", "switch_mm_irqs_off", "mm_cpumask(A) {0,1,2,3}->{0,1,2}"));
      }
      String text = ExecutionPicture.draw(new Witness(cpus, steps), true);
      assertThat(text.lines()).allSatisfy(line -> assertThat(line).matches("[ -~]{0,72}"));
      assertThat(text).contains("CPU " + (cpus - 1));
    }
  }

  @Test
  void whatIsNotAsciiIsReplaced() {
    Witness witness = new Witness(1, List.of(step(0, "\u00e9t\u00e9", "na\u00efve", "\u2192 \t1")));
    assertThat(ExecutionPicture.draw(witness, false)).contains("?t?: na?ve").matches("[ -~\n]*");
  }

  @Test
  void everyViolationOfTheLibraryFitsIntoAMail() {
    List<Done> all = checkShares();
    Commands commands = new Commands(Checks.Options.defaults());
    int drawn = 0;
    for (Done done : all) {
      for (Violation v : done.violations()) {
        String text =
            ExplainText.of(done, v, commands) + new CheckText(commands).counterexample(done);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).matches("[ -~]{0,72}"));
        assertThat(v.witness().steps()).isNotEmpty();
        assertThat(v.witness().steps().stream().filter(Witness.Step::bad)).isNotEmpty();
        drawn++;
      }
    }
    assertThat(drawn).isGreaterThan(100);
  }

  @Test
  void e07IsDrawnInAtMost12Rows() throws IOException {
    Commands commands = new Commands(Checks.Options.defaults());
    for (Done done : check("e07-idle-exit", Arches.USUAL)) {
      boolean shortest = done.job().spelled().equals("e07-idle-exit");
      if (shortest && done.job().design().name().equals("no-refcount")) {
        Violation v = done.violations().getFirst();
        assertThat(v.invariant()).isEqualTo("I1");
        assertThat(v.witness().steps()).hasSizeLessThanOrEqualTo(MOST_ROWS_OF_E07);
        String name = "e07-" + done.job().arch().name() + ".txt";
        Golden.check(name, ExplainText.of(done, v, commands));
      }
    }
  }
}
