package dev.lazymm.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.kernel.history.Variant;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Regression.LeftOut;
import dev.lazymm.review.Regression.Run;
import dev.lazymm.review.RegressionResult.Seen;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bugs of the past: each is found where it was, and gone where it is not any more. */
class RegressionsTest {
  private static final Checks.Options OPTIONS = Checks.Options.defaults();

  /** What is in the package and no bug: what a bug needs around it, and the list itself. */
  private static final Set<String> NO_BUGS =
      Set.of("AlphaIpi", "RadixTrimming", "PastArches", "PastBug", "PastBugs", "Variant");

  static List<Regression> all() {
    return RegressionList.ALL;
  }

  private static RegressionResult result(Checks.Options options, Regression regression) {
    Regressions regressions = new Regressions(ScenarioLibrary.withRegressions());
    List<Regression> one = List.of(regression);
    List<Done> done = new Checks(options, Checks.Progress.NONE).run(regressions.jobs(one));
    return regressions.judge(one, done).getFirst();
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachIsFoundAndGone(Regression regression) {
    RegressionResult result = result(OPTIONS, regression);
    assertThat(result.seen()).isNotEmpty().allSatisfy(RegressionsTest::isFoundAndGone);
    assertThat(result.agreement()).isEqualTo(Agreement.YES);
    assertThat(result.seen()).anyMatch(s -> !s.run().broken().isEmpty());
  }

  private static void isFoundAndGone(Seen seen) {
    List<String> broken = seen.before().violations().stream().map(Violation::invariant).toList();
    assertThat(broken).as("%s", seen.run()).containsAll(seen.run().broken());
    assertThat(seen.before().violations()).allMatch(v -> !v.witness().steps().isEmpty());
    assertThat(seen.after().violations()).as("%s", seen.run()).isEmpty();
    assertThat(seen.after().result().bound().complete()).isTrue();
  }

  @Test
  void everyNumberIsThereOnce() {
    Stream<String> run = RegressionList.ALL.stream().map(Regression::id);
    Stream<String> leftOut = RegressionList.LEFT_OUT.stream().map(LeftOut::id);
    assertThat(Stream.concat(run, leftOut))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("R\\d\\d[abc]?"));
    assertThat(RegressionList.ALL).extracting(Regression::id).isSorted();
    assertThat(RegressionList.LEFT_OUT).extracting(LeftOut::id).isSorted();
  }

  @Test
  void everyBugIsLookedFor() {
    assertThat(RegressionList.ALL).extracting(Regression::bug).isEqualTo(PastBugs.ALL);
  }

  @Test
  void everyClassOfThePastIsABug() {
    List<String> classes =
        new ClassFileImporter()
            .importPackages("dev.lazymm.kernel.history").stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !NO_BUGS.contains(name) && !name.equals("package-info"))
                .toList();
    List<String> bugs = PastBugs.ALL.stream().filter(b -> !b.isPlain()).map(PastBug::name).toList();
    assertThat(bugs).containsExactlyInAnyOrderElementsOf(classes);
  }

  @Test
  void aBugThatIsNotThereIsNotFound() {
    Run run = Run.breaks("tlb-switch-in", "refcount", "x86-lazy", "I7");
    RegressionResult result = result(OPTIONS, new Regression(plain(), List.of(run), ""));
    assertThat(result.seen().getFirst().found()).isEqualTo(Agreement.NO);
    assertThat(result.seen().getFirst().gone()).isEqualTo(Agreement.YES);
    assertThat(result.agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void aFixThatMendsNothingIsNoFix() {
    Run run = Run.breaks("e07-idle-exit", "no-refcount", "x86-eager", "I1");
    RegressionResult result = result(OPTIONS, new Regression(plain(), List.of(run), ""));
    assertThat(result.seen().getFirst().found()).isEqualTo(Agreement.YES);
    assertThat(result.seen().getFirst().gone()).isEqualTo(Agreement.NO);
    assertThat(result.agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void theWrongInvariantIsNotTheBug() {
    Regression r13 =
        new Regression(
            PastBugs.find("R13").orElseThrow(),
            List.of(Run.breaks("tlb-switch-in", "refcount", "x86-lazy", "I1")),
            "");
    assertThat(result(OPTIONS, r13).agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void whatIsNotToBeSeenMustNotBe() {
    Regression r13 =
        new Regression(
            PastBugs.find("R13").orElseThrow(),
            List.of(Run.unseen("tlb-switch-in", "refcount", "x86-lazy")),
            "");
    assertThat(result(OPTIONS, r13).agreement()).isEqualTo(Agreement.NO);
  }

  @Test
  void aBoundThatIsHitLeavesItOpen() {
    Checks.Options few = new Checks.Options(1, List.of(), 1);
    Run run = Run.breaks("tlb-switch-in", "refcount", "x86-lazy");
    assertThat(result(few, new Regression(plain(), List.of(run), "")).agreement())
        .isEqualTo(Agreement.UNKNOWN);
  }

  @Test
  void nothingThatIsRunIsNoAnswer() {
    assertThat(result(OPTIONS, new Regression(plain(), List.of(), "")).agreement())
        .isEqualTo(Agreement.NO);
  }

  private static PastBug plain() {
    return new PastBug("X", "X", "", "", "", List.of(), List.of(), Variant.PLAIN);
  }
}
