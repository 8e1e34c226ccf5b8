package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Regression;
import dev.lazymm.review.Regression.Run;
import dev.lazymm.review.Regressions;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bug of the past is caught by what it was said to break, and by nothing else. */
class MutationsTextTest {
  private static String text(Run... runs) {
    Regressions regressions = new Regressions(ScenarioLibrary.withRegressions());
    List<Regression> r13 =
        List.of(new Regression(PastBugs.find("R13").orElseThrow(), List.of(runs), ""));
    Checks checks = new Checks(Checks.Options.defaults(), Checks.Progress.NONE);
    return MutationsText.of(regressions.judge(r13, checks.run(regressions.jobs(r13))), List.of());
  }

  private static Run breaks(String invariant) {
    return new Run(
        "tlb-switch-in",
        "refcount",
        "x86-lazy",
        List.of("sc"),
        List.of(invariant),
        "refcount",
        "x86-lazy");
  }

  @Test
  void whatItBreaksCatchesIt() {
    assertThat(text(breaks("I7"))).contains("SwitchingNotSeen", "I7: tlb-switch-in", ", 0 wrong");
  }

  @Test
  void whatItDoesNotBreakDoesNot() {
    assertThat(text(breaks("I1"))).contains("NOT CAUGHT", ", 1 wrong");
    assertThat(text(breaks("I7"), breaks("I1"))).contains("NOT AS EXPECTED", ", 1 wrong");
  }
}
