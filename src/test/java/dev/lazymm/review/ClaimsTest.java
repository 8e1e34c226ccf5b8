package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.CheckResult.Range;
import dev.lazymm.count.Episode;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
  private static ClaimResult judge(Checks.Options options, Part part) {
    Claim claim = new Claim("X", "claim", "modes", "expected", List.of(part));
    return judge(options, List.of(claim)).getFirst();
  }

  private static List<ClaimResult> judge(Checks.Options options, List<Claim> claims) {
    Claims all = new Claims(ScenarioLibrary.builtIn(), new Commands(options));
    return all.run(claims, w -> new Checks(options.withWeakened(w, null), Checks.Progress.NONE));
  }

  private static Checks.Options options() {
    return Checks.Options.defaults();
  }

  /** E07 and E14 among them are found whichever CPU is explored first. */
  @ParameterizedTest
  @ValueSource(strings = {"0,1,2", "0,2,1", "1,0,2", "1,2,0", "2,0,1", "2,1,0"})
  void everyClaimComesOutAsExpectedInEveryOrder(String order) {
    List<Integer> cpus = List.of(order.split(",")).stream().map(Integer::valueOf).toList();
    Checks.Options options = new Checks.Options(options().maxExecutions(), cpus, 2);
    assertThat(judge(options, Claims.REVIEWED))
        .hasSameSizeAs(Claims.REVIEWED)
        .allSatisfy(r -> assertThat(r.agreement()).as("%s", r).isEqualTo(Agreement.YES));
  }

  @Test
  void aClaimThatIsNotSoIsFoundOut() {
    List<String> x86 = List.of("x86-eager");
    ClaimResult holds = judge(options(), CheckPart.over("e07-*").of("no-refcount").on(x86).hold());
    assertThat(holds.agreement()).isEqualTo(Agreement.NO);
    assertThat(holds.found()).startsWith("I1 violated in 4 of 4 checks");
    ClaimResult violated =
        judge(options(), CheckPart.over("e07-*").of("refcount").on(x86).violate("I1"));
    assertThat(violated.agreement()).isEqualTo(Agreement.NO);
    assertThat(violated.found()).isEqualTo("everything holds in all 4 checks");
  }

  @Test
  void oneScenarioThatDiffersIsEnough() {
    // of the e12 scenarios some kill the mm that is borrowed, others do not
    List<String> x86 = List.of("x86-eager");
    assertThat(
            judge(options(), CheckPart.over("e12-*").of("no-refcount").on(x86).hold()).agreement())
        .isEqualTo(Agreement.NO);
    assertThat(
            judge(options(), CheckPart.over("e12-*").of("no-refcount").on(x86).violate("I1"))
                .agreement())
        .isEqualTo(Agreement.NO);
  }

  @Test
  void theRightInvariantForTheWrongReasonIsNoAgreement() {
    Part part = CheckPart.over("e14-*").of("shootdown").on("x86-eager").warn("something else");
    assertThat(judge(options(), part).agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void aStateThatNoScenarioAsksForIsNotReached() {
    Part part = CheckPart.over("e06-*").of("refcount").reach();
    assertThat(judge(options(), part).agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void costsAreCounted() {
    CheckPart hash = CheckPart.over("exit-*").of("shootdown").on("powerpc-hash");
    String shoot = "do_shoot_lazy_tlb";
    ClaimResult free = judge(options(), hash.beFreeOf(shoot));
    assertThat(free.agreement()).isEqualTo(Agreement.NO);
    assertThat(free.found()).startsWith("0 to 2 do_shoot_lazy_tlb an execution in 5 checks");
    ClaimResult costs =
        judge(
            options(), CheckPart.over("exit-alone").of("shootdown").on("powerpc-hash").cost(shoot));
    assertThat(costs.agreement()).isEqualTo(Agreement.NO);
    assertThat(costs.found()).isEqualTo("0 do_shoot_lazy_tlb an execution in 1 checks");
    // CPU 1 is in the mask from the start, so the last mmdrop asks it, and nobody else
    ClaimResult one =
        judge(
            options(),
            CheckPart.over("exit-moved-on").of("shootdown").on("powerpc-hash").cost(shoot));
    assertThat(one.agreement()).isEqualTo(Agreement.YES);
    assertThat(one.costs())
        .containsExactly(
            new ClaimResult.Cost(
                "shootdown",
                "powerpc-hash",
                Map.of("broadcast", new Range(1, 1), shoot, new Range(1, 1))));
  }

  /** One architecture that is free is not made good by another that is not. */
  @Test
  void whatCostsMustCostOnEachArchitecture() {
    CheckPart exit = CheckPart.over("exit-idle").of("shootdown");
    String shoot = "do_shoot_lazy_tlb";
    List<String> keeping = List.of("x86-lazy", "x86-unlazy");
    Part both = exit.on(keeping).cost(shoot);
    assertThat(judge(options(), both).agreement()).isEqualTo(Agreement.YES);
    List<String> mixed = List.of("x86-lazy", "x86-eager");
    Part one = exit.on(mixed).cost(shoot);
    assertThat(judge(options(), one).agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void aBoundThatIsHitLeavesItOpen() {
    Checks.Options few = new Checks.Options(2, List.of(), 2);
    ClaimResult result = judge(few, CheckPart.over("e06-*").of("refcount").hold());
    assertThat(result.agreement()).isEqualTo(Agreement.UNKNOWN);
    assertThat(result.found()).contains("inconclusive");
    assertThat(result.commands())
        .containsExactly("./lazymm check --scenario 'e06-*' --design refcount --max-executions 2");
  }

  /** Without its barrier, or with the wrong design, a claim comes out otherwise. */
  @Test
  void aClaimFailsWhereTheThingIsBroken() {
    CheckPart back = CheckPart.over("membarrier-c1-in").of("shootdown").on("powerpc-hash");
    assertThat(judge(options(), back.under("power").hold()).agreement()).isEqualTo(Agreement.YES);
    ClaimResult without = judge(options(), back.under("power").without("B2a").hold());
    assertThat(without.agreement()).isEqualTo(Agreement.NO);
    assertThat(without.parts().getFirst().witness()).isNotNull();
    assertThat(without.commands().getFirst())
        .isEqualTo(
            "./lazymm check --scenario membarrier-c1-in --design shootdown --arch powerpc-hash"
                + " --model power --weaken B2a=removed");
    CheckPart sc = back.under("sc").without("B2a").violate("never");
    assertThat(judge(options(), sc).agreement()).as("under sc").isEqualTo(Agreement.NO);
    CheckPart reload = CheckPart.over("r27-reload").of("luto-hazard").on("powerpc-hash");
    assertThat(judge(options(), reload.violate("I1")).agreement()).isEqualTo(Agreement.NO);
    assertThat(judge(options(), reload.before("R27").violate("I1")).agreement())
        .isEqualTo(Agreement.YES);
  }

  @Test
  void aCountThatIsOtherwiseIsFoundOut() {
    Map<String, Integer> two = Map.of(CountPart.RMWS, 2);
    for (String design : List.of("refcount", "shootdown")) {
      ClaimResult result =
          judge(
              options(),
              new CountPart(Episode.trip(), false, List.of(design), List.of("powerpc-hash"), two));
      assertThat(result.agreement())
          .isEqualTo(design.equals("refcount") ? Agreement.YES : Agreement.NO);
    }
  }

  @Test
  void aReaderThatIsNotNamedIsFoundOut() {
    ReadPart nobody =
        new ReadPart(
            List.of("e07-idle-exit-return"),
            List.of("no-refcount"),
            List.of("powerpc-hash"),
            Set.of(),
            Set.of());
    ClaimResult result = judge(options(), nobody);
    assertThat(result.agreement()).isEqualTo(Agreement.NO);
    assertThat(result.found()).startsWith("context_switch reads active_mm");
  }

  @Test
  void whatIsNotJudgedIsNotAgreement() {
    ClaimResult result = judge(options(), new FactPart("a fact", "a source"));
    assertThat(result.agreement()).isEqualTo(Agreement.UNJUDGED);
  }

  @Test
  void aDifferenceIsToldFromADisagreement() {
    CheckPart holds = CheckPart.over("e06-exec-idle").of("refcount").on("x86-eager").hold();
    Claim differs = new Claim("X", "claim", "modes", "expected", "why", List.of(holds));
    assertThat(judge(options(), List.of(differs)).getFirst().agreement())
        .isEqualTo(Agreement.DIFFERS);
    Claim wrong = new Claim("X", "claim", "modes", "expected", "why", List.of(holds.violate("I1")));
    assertThat(judge(options(), List.of(wrong)).getFirst().agreement()).isEqualTo(Agreement.NO);
  }
}
