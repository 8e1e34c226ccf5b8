package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every claim comes out as it is written down. */
@Tag("slow")
class AllClaimsTest {
  private static List<ClaimResult> run(List<Claim> claims) {
    Checks.Options options = Checks.Options.defaults();
    return new Claims(ScenarioLibrary.builtIn(), new Commands(options))
        .run(claims, w -> new Checks(options.withWeakened(w, null), Checks.Progress.NONE));
  }

  @Test
  void everyClaimComesOutAsWritten() {
    List<Claim> others = Claims.ALL.stream().filter(c -> !Claims.REVIEWED.contains(c)).toList();
    assertThat(run(others))
        .allSatisfy(
            r -> assertThat(r.agreement()).as("%s", r).isNotIn(Agreement.NO, Agreement.UNKNOWN));
  }
}
