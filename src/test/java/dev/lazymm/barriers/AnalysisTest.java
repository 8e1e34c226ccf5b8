package dev.lazymm.barriers;

import static dev.lazymm.barriers.Cell.Answer.NOT_NEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.barriers.Question.Effort;
import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.HandingDesign;
import dev.lazymm.kernel.HandingDesign.Shape;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.PairedDesign;
import dev.lazymm.kernel.PairedDesign.Then;
import dev.lazymm.kernel.PostedDesign;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.history.UnorderedSwitch;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells are as known by hand, as brute force has them, and as history had them. */
class AnalysisTest {
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  private static Question question(
      Designs.Entry design,
      String arch,
      String models,
      List<Scenario> scenarios,
      @Nullable Duration timeout) {
    return new Question(
        design,
        Arches.find(arch).orElseThrow(),
        Stream.of(models.split(",", -1)).map(Model::named).toList(),
        scenarios.stream().map(s -> Subject.of(s, s.name())).toList(),
        Set.of(),
        Effort.USUAL,
        1_000_000,
        timeout,
        2);
  }

  private static Necessity ask(Question question) {
    return Analysis.of(question, (done, of) -> {});
  }

  private static Designs.Entry design(String name) {
    return Designs.find(name).orElseThrow();
  }

  private static List<Scenario> scenarios(String... names) {
    return Stream.of(names).map(LIBRARY::find).toList();
  }

  private static Map<String, Answer> answers(Necessity found, String site, Weakening form) {
    return found.cells().stream()
        .filter(c -> c.site().equals(site) && c.form() == form)
        .collect(Collectors.toMap(c -> c.model().name(), Cell::answer));
  }

  // ---- known by hand ---------------------------------------------------------------------------

  private static Necessity handing(Shape shape, String models) {
    List<Scenario> two =
        ScenarioParser.parse(
            "test",
            """
            scenario two-idle: two CPUs borrow two mms
            cpu 0: (A1) idle
            cpu 1: (B1) idle
            """);
    return ask(
        question(
            new Designs.Entry("handing", "", k -> new HandingDesign(k, shape)),
            "powerpc-hash",
            models,
            two,
            null));
  }

  /** A message is passed: stores are in order under TSO, nothing is on the others. */
  @ParameterizedTest
  @CsvSource({"MP,REMOVED,NO_DIFFERENCE", "MP_ORDERED,RELAXED,NOT_NEEDED"})
  void messagePassing(Shape shape, Weakening form, Answer underSc) {
    Necessity found = handing(shape, "sc,tso,armv8,power,lkmm");
    for (String site : List.of("H0", "H1")) {
      assertThat(answers(found, site, form))
          .as("%s %s", shape, site)
          .containsOnly(
              Map.entry("sc", underSc),
              Map.entry("tso", Answer.NOT_NEEDED),
              Map.entry("armv8", Answer.NEEDED),
              Map.entry("power", Answer.NEEDED),
              Map.entry("lkmm", Answer.NEEDED));
    }
  }

  /** Store buffers are all that TSO has. */
  @Test
  void storeBuffering() {
    Necessity found = handing(Shape.SB, "sc,tso,lkmm");
    for (String site : List.of("H0", "H1")) {
      assertThat(answers(found, site, Weakening.REMOVED))
          .containsOnly(
              Map.entry("sc", Answer.NO_DIFFERENCE),
              Map.entry("tso", Answer.NEEDED),
              Map.entry("lkmm", Answer.NEEDED));
    }
  }

  private static List<Scenario> paired() {
    return ScenarioParser.parse(
        "test",
        """
        scenario two-idle: two CPUs borrow two mms
        cpu 0: (A1) idle
        cpu 1: (B1) idle

        scenario one-idle: one CPU borrows another
        cpu 0: (C1) idle
        """);
  }

  private static Designs.Entry paired(Then then) {
    return new Designs.Entry("paired", "", k -> new PairedDesign(k, then));
  }

  /** A scenario comes by a barrier only when others are weakened: it is looked at all the same. */
  @Test
  void whatIsComeByOnlyWhenOthersAreWeakenedIsWeakenedToo() {
    Designs.Entry design = paired(Then.READS);
    Necessity found = ask(question(design, "powerpc-hash", "lkmm", paired(), null));
    assertThat(answers(found, "two-0", Weakening.REMOVED)).containsEntry("lkmm", NOT_NEEDED);
    assertThat(answers(found, "two-rmb", Weakening.REMOVED)).containsEntry("lkmm", NOT_NEEDED);
    KernelFactory kernel = KernelFactory.of(Arches.find("powerpc-hash").orElseThrow(), design);
    for (Relaxed r : found.relaxed()) {
      assertThat(r.complete()).isTrue();
      assertThat(paired()).allMatch(s -> holds(kernel, s, r.model(), r.weakened()));
      assertThat(r.kept()).isNotEmpty();
    }
  }

  /** A barrier may keep the kernel from what no machine can answer for; the others are answered. */
  @Test
  void whatIsRefusedIsInconclusive() {
    Necessity found = ask(question(paired(Then.REFUSES), "powerpc-hash", "lkmm", paired(), null));
    assertThat(answers(found, "two-0", Weakening.REMOVED)).containsEntry("lkmm", NOT_NEEDED);
    assertThat(answers(found, "two-1", Weakening.REMOVED)).containsEntry("lkmm", NOT_NEEDED);
    assertThat(answers(found, "two-b", Weakening.REMOVED))
        .containsEntry("lkmm", Answer.INCONCLUSIVE);
    assertThat(found.relaxed()).noneMatch(Relaxed::complete);
  }

  /** What a name takes away besides order may hide what the others are needed for. */
  @Test
  void aSiteThatIsNotOfOrderAloneIsNotWeakenedWithOthers() {
    List<Scenario> posted =
        ScenarioParser.parse(
            "test",
            """
            scenario one-idle: one CPU borrows an mm, another idles
            cpu 0: (A1) idle
            cpu 1: idle
            """);
    Designs.Entry design = new Designs.Entry("posted", "", PostedDesign::new);
    Question all = question(design, "powerpc-hash", "lkmm", posted, null);
    Necessity found =
        ask(
            new Question(
                design,
                all.arch(),
                all.models(),
                all.subjects(),
                Set.of("posted", "posted-wmb"),
                Effort.USUAL,
                all.maxExecutions(),
                null,
                1));
    assertThat(answers(found, "posted", Weakening.REMOVED)).containsEntry("lkmm", NOT_NEEDED);
    assertThat(answers(found, "posted-wmb", Weakening.REMOVED))
        .containsEntry("lkmm", Answer.NEEDED);
  }

  // ---- brute force -----------------------------------------------------------------------------

  private static boolean holds(
      KernelFactory kernel, Scenario scenario, Model model, Weakenings weakened) {
    CheckResult result =
        new Checker(Checker.Options.defaults().withModel(model).withWeakened(weakened))
            .check(scenario, kernel);
    return result.verdict() instanceof Verdict.Holds;
  }

  @ParameterizedTest
  @CsvSource({
    "refcount,x86-lazy,'sc,tso,lkmm',tlb-switch-back,munmap-lazy",
    "shootdown,powerpc-radix,'sc,power',exec-last-user,e08-shoot-chain",
    "refcount,x86-eager,'lkmm',e06-exec-idle,exit-idle"
  })
  void noShortcutChangesAnAnswer(
      String design, String arch, String models, String one, String other) {
    List<Scenario> some = scenarios(one, other);
    Necessity found = ask(question(design(design), arch, models, some, null));
    KernelFactory kernel = KernelFactory.of(Arches.find(arch).orElseThrow(), design(design));
    assertThat(found.cells()).hasSizeGreaterThan(10);
    for (Cell cell : found.cells()) {
      List<Scenario> hold =
          some.stream().filter(s -> holds(kernel, s, cell.model(), Weakenings.NONE)).toList();
      boolean breaks =
          hold.stream()
              .anyMatch(
                  s -> !holds(kernel, s, cell.model(), Weakenings.of(cell.site(), cell.form())));
      assertThat(cell.answer() == Answer.NEEDED).as("%s", cell).isEqualTo(breaks);
      assertThat(cell.answer()).as("%s", cell).isNotEqualTo(Answer.INCONCLUSIVE);
    }
  }

  @ParameterizedTest
  @CsvSource({"refcount,x86-lazy,'tso,lkmm'", "shootdown,powerpc-radix,'power,lkmm'"})
  void whatCanBeWeakenedTogetherHoldsAndNoMoreDoes(String design, String arch, String models) {
    List<Scenario> some =
        scenarios("tlb-switch-back", "e06-idle-exit", "exec-last-user", "switch-migrate");
    Necessity found = ask(question(design(design), arch, models, some, null));
    KernelFactory kernel = KernelFactory.of(Arches.find(arch).orElseThrow(), design(design));
    assertThat(found.relaxed()).hasSize(2);
    for (Relaxed r : found.relaxed()) {
      assertThat(r.complete()).isTrue();
      assertThat(r.weakened().isNone()).isFalse();
      List<Scenario> hold =
          some.stream().filter(s -> holds(kernel, s, r.model(), Weakenings.NONE)).toList();
      assertThat(hold).allMatch(s -> holds(kernel, s, r.model(), r.weakened()));
      List<String> rest = new ArrayList<>(r.needed());
      r.kept().forEach(k -> rest.add(k.site()));
      assertThat(rest).isNotEmpty();
      for (Cell cell : found.cells()) {
        if (cell.model() == r.model() && rest.contains(cell.site()) && cell.scenarios() > 0) {
          Weakenings more = r.weakened().and(cell.site(), cell.form());
          assertThat(hold).as("%s", more).anyMatch(s -> !holds(kernel, s, r.model(), more));
        }
      }
    }
  }

  // ---- replaying -------------------------------------------------------------------------------

  /** What is asked of a cell: not how its scenario's witness is told. */
  private static List<String> answers(Necessity found) {
    List<String> lines = new ArrayList<>();
    for (Cell c : found.cells()) {
      Cell.Finding f = c.finding();
      String in = f == null ? "" : f.subject().spelled();
      lines.add(
          "%s %s %s %s %s %s %d"
              .formatted(
                  c.site(), c.form(), c.model().name(), c.answer(), in, c.broken(), c.scenarios()));
    }
    for (Relaxed r : found.relaxed()) {
      List<String> kept = r.kept().stream().map(Relaxed.Kept::site).toList();
      lines.add(
          "%s %s %s %s %s"
              .formatted(r.model().name(), r.weakened().text(), kept, r.needed(), r.complete()));
    }
    return lines;
  }

  @ParameterizedTest
  @CsvSource({
    "refcount,powerpc-hash,'sc,power',USUAL",
    "shootdown,powerpc-radix,'tso,lkmm',EVERY",
    "refcount,x86-lazy,'sc,tso,lkmm',USUAL"
  })
  void noAnswerDependsOnReplaying(String design, String arch, String models, Effort effort) {
    List<Scenario> some =
        scenarios("membarrier-c1-in", "membarrier-c1-out", "e06-idle-exit", "exec-last-user");
    Question usual = question(design(design), arch, models, some, null);
    Question question =
        new Question(
            usual.design(),
            usual.arch(),
            usual.models(),
            usual.subjects(),
            usual.sites(),
            effort,
            usual.maxExecutions(),
            usual.timeout(),
            usual.threads());
    Necessity replayed = ask(question);
    Necessity explored = Analysis.byExploration(question);
    assertThat(answers(replayed)).isEqualTo(answers(explored));
    assertThat(explored.replays()).isZero();
    assertThat(replayed.replays()).isPositive();
    assertThat(replayed.executions()).isLessThan(explored.executions());
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    Question two =
        question(
            design("shootdown"),
            "powerpc-hash",
            "sc,power",
            scenarios("membarrier-c1-in", "e06-idle-exit", "switch-migrate"),
            null);
    Question one =
        new Question(
            two.design(),
            two.arch(),
            two.models(),
            two.subjects(),
            two.sites(),
            two.effort(),
            two.maxExecutions(),
            null,
            1);
    Necessity a = ask(one);
    Necessity b = ask(two);
    assertThat(b.cells()).isEqualTo(a.cells());
    assertThat(b.relaxed()).isEqualTo(a.relaxed());
    assertThat(List.of(b.checks(), b.executions(), b.replays()))
        .isEqualTo(List.of(a.checks(), a.executions(), a.replays()));
  }

  // ---- history ---------------------------------------------------------------------------------

  /** R14 was the very barrier that B3 names. */
  @ParameterizedTest
  @ValueSource(strings = {"tso", "lkmm"})
  void withoutB3TheSwitchIsThatOfR14(String model) {
    Model under = Model.named(model);
    KernelFactory historic =
        memory -> new Kernel(memory, k -> new UnorderedSwitch(k, k.memory()), Refcount::new);
    KernelFactory now =
        memory -> new Kernel(memory, k -> new X86Lazy(k, k.memory()), Refcount::new);
    for (String name : List.of("tlb-switch-back", "tlb-mprotect", "tlb-switch-in")) {
      Scenario s = LIBRARY.find(name);
      Checker.Options options = Checker.Options.defaults().withModel(under);
      CheckResult then = new Checker(options).check(s, historic);
      CheckResult without =
          new Checker(options.withWeakened(Weakenings.of("B3", Weakening.REMOVED))).check(s, now);
      assertThat(without.executions()).as(name).isEqualTo(then.executions());
      assertThat(without.verdict().word()).as(name).isEqualTo(then.verdict().word());
    }
    Necessity found =
        ask(question(design("refcount"), "x86-lazy", model, scenarios("tlb-switch-back"), null));
    assertThat(answers(found, "B3", Weakening.REMOVED)).containsValue(Answer.NEEDED);
  }

  // ---- bounds ----------------------------------------------------------------------------------

  @Test
  void whatIsNotLookedAtIsInconclusive() {
    Necessity found =
        ask(
            question(
                design("refcount"),
                "x86-lazy",
                "lkmm",
                scenarios("tlb-two-flushes", "use-borrowed"),
                Duration.ofMillis(1)));
    assertThat(found.inconclusive()).isTrue();
    assertThat(found.cells()).noneMatch(c -> c.answer() == Answer.NOT_NEEDED);
    assertThat(found.relaxed()).noneMatch(Relaxed::complete);
  }

  @Test
  void aRoundTripIsCountedBySite() {
    Necessity found =
        ask(question(design("refcount"), "x86-eager", "sc", scenarios("switch-user-kernel"), null));
    assertThat(found.roundTrip().barriers()).containsEntry("B1", 2); // each __schedule
    assertThat(found.roundTrip().rmws()).isEqualTo(Map.of("mmgrab-lazy", 1, "B2a", 1));
    assertThat(found.roundTrip().ipis()).isEmpty();
    int all = found.fullBarriers(Weakenings.NONE);
    assertThat(found.fullBarriers(Weakenings.of("B1", Weakening.REMOVED))).isEqualTo(all - 2);
  }
}
