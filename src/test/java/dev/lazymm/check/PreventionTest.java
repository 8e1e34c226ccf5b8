package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Barrier.Kind;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.HandingDesign;
import dev.lazymm.kernel.HandingDesign.Shape;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.ScenarioParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A design that lacks a barrier is explained with that very barrier, or with one that is as good
 * there; with the barrier it holds.
 */
class PreventionTest {
  private static final List<Scenario> SCENARIOS =
      ScenarioParser.parse(
          "test",
          """
          scenario two-idle: two CPUs borrow two mms
          cpu 0: (A1) idle
          cpu 1: (B1) idle

          scenario three-idle: three CPUs borrow three mms
          cpu 0: (A1) idle
          cpu 1: (B1) idle
          cpu 2: (C1) idle
          """);

  private static List<Violation> violations(String model, Shape shape, Set<Site> weakened) {
    Checker.Options options = Checker.Options.defaults().withModel(Model.named(model));
    CheckResult result =
        new Checker(options.withWeakened(Weakenings.removing(weakened)))
            .explaining(List.of())
            .check(
                SCENARIOS.get(shape.sites().size() - 2),
                memory ->
                    new Kernel(
                        memory,
                        Arches.find("powerpc-hash").orElseThrow().make(),
                        kernel -> new HandingDesign(kernel, shape)));
    return result.verdict() instanceof Verdict.Violated(List<Violation> all) ? all : List.of();
  }

  private static Prevention prevention(String model, Shape shape, Set<Site> weakened) {
    List<Violation> all = violations(model, shape, weakened);
    assertThat(all).as("%s, %s without %s", model, shape, weakened).hasSize(1);
    return Objects.requireNonNull(all.getFirst().explained()).prevention();
  }

  /** What may stand where a CPU's barrier is missing. */
  private static Set<Kind> kinds(Shape shape, int cpu, String model) {
    return switch (shape) {
      case MP, MP_ORDERED ->
          cpu == 0 ? Set.of(Kind.RELEASE, Kind.WMB) : Set.of(Kind.ACQUIRE, Kind.RMB);
      case SB -> Set.of(Kind.MB);
      case ISA2 ->
          switch (cpu) {
            case 0 -> Set.of(Kind.RELEASE, Kind.WMB);
            case 1 ->
                model.equals("lkmm") ? Set.of(Kind.RELEASE) : Set.of(Kind.RELEASE, Kind.ACQUIRE);
            default -> Set.of(Kind.ACQUIRE, Kind.RMB);
          };
    };
  }

  @ParameterizedTest
  @CsvSource({
    "lkmm, happens-before, propagation",
    "armv8, external, external",
    "power, observation, propagation",
    "riscv, global, global"
  })
  void theBarrierThatIsMissingIsNamed(String model, String axiom, String axiomOfFull) {
    for (Shape shape : Shape.values()) {
      assertThat(violations(model, shape, Set.of())).isEmpty();
      for (int cpu = 0; cpu < shape.sites().size(); cpu++) {
        Prevention p = prevention(model, shape, Set.of(shape.site(cpu)));
        assertThat(p.answer()).isEqualTo(Prevention.Answer.BARRIERS);
        assertThat(p.axioms()).containsExactly(shape == Shape.SB ? axiomOfFull : axiom);
        List<Kind> found = new ArrayList<>();
        for (List<Barrier> set : p.barriers()) {
          assertThat(set).hasSize(1);
          assertIsAt(set.getFirst(), cpu);
          found.add(set.getFirst().kind());
        }
        assertThat(found)
            .as("%s, %s, CPU %d", model, shape, cpu)
            .containsExactlyInAnyOrderElementsOf(kinds(shape, cpu, model));
        assertThat(p.text()).startsWith("the axiom " + p.axioms().getFirst() + " of " + model);
        assertCycle(p, shape, Set.of(cpu));
      }
    }
  }

  private static void assertIsAt(Barrier barrier, int cpu) {
    for (Act act :
        barrier.to() == null ? List.of(barrier.at()) : List.of(barrier.at(), barrier.to())) {
      assertThat(act.cpu()).isEqualTo(cpu);
      assertThat(act.step()).isEqualTo("hand_" + cpu);
      assertThat(act.stack().getFirst().file()).isEqualTo("HandingDesign.java");
      assertThat(act.stack().getFirst().line()).isPositive();
    }
  }

  /** All CPUs take part; the one step that nothing orders is where the barrier is missing. */
  private static void assertCycle(Prevention p, Shape shape, Set<Integer> missing) {
    Circle circle = Objects.requireNonNull(p.circle());
    assertThat(circle.turns()).hasSize(2 * shape.sites().size());
    for (Circle.Turn turn : circle.turns()) {
      assertThat(turn.step()).isNotNegative();
      if (turn.on().equals("po")) {
        assertThat(turn.would()).isNotEmpty();
        assertThat(turn.orders().isEmpty()).isEqualTo(missing.contains(turn.act().cpu()));
      } else {
        assertThat(turn.on()).isIn("rf", "fr", Circle.BEFORE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "armv8", "power", "riscv"})
  void severalThatAreMissingAreAllNamed(String model) {
    for (Shape shape : Shape.values()) {
      Prevention p = prevention(model, shape, shape.sites());
      assertThat(p.barriers()).hasSize(1);
      assertThat(p.barriers().getFirst()).hasSize(shape.sites().size());
      for (int cpu = 0; cpu < shape.sites().size(); cpu++) {
        Barrier barrier = p.barriers().getFirst().get(cpu);
        assertIsAt(barrier, cpu);
        assertThat(barrier.kind()).isIn(kinds(shape, cpu, model));
      }
      assertCycle(p, shape, shape == Shape.ISA2 ? Set.of(0, 1, 2) : Set.of(0, 1));
    }
  }

  @Test
  void storeBuffersNeedNothingButTheFullBarrier() {
    for (Shape shape : Shape.values()) {
      if (shape != Shape.SB) {
        assertThat(violations("tso", shape, shape.sites())).isEmpty();
      }
      assertThat(violations("sc", shape, shape.sites())).isEmpty();
    }
    Prevention p = prevention("tso", Shape.SB, Set.of(Shape.SB.site(1)));
    assertThat(p.text())
        .matches(
            "the axiom tso of tso would forbid it with smp_mb\\(\\) \\(mfence\\) on CPU 1 between"
                + " the store to flag\\(note\\), hand_1 \\(HandingDesign\\.java:\\d+\\) and the"
                + " read of data\\(note\\), hand_1 \\(HandingDesign\\.java:\\d+\\)");
  }

  // ---- the kernel's own ------------------------------------------------------------------------

  private static Explained explained(String model, String design, String scenario, String name) {
    CheckResult result =
        new Checker(Checker.Options.defaults().withModel(Model.named(model)))
            .explaining(List.of())
            .check(
                ScenarioLibrary.builtIn().find(scenario),
                KernelFactory.of(
                    Arches.find("x86-eager").orElseThrow(), Designs.find(design).orElseThrow()));
    assertThat(result.verdict()).isInstanceOf(Verdict.Violated.class);
    return ((Verdict.Violated) result.verdict())
        .violations().stream()
            .filter(v -> v.invariant().equals(name))
            .map(Violation::explained)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "armv8", "power"})
  void theMaskIsReadBeforeTheFree(String model) {
    Prevention p = explained(model, "refcount", "e06-exec-idle", "I2").prevention();
    Barrier barrier = p.barriers().getFirst().getFirst();
    assertThat(barrier.kind()).isEqualTo(Kind.ACQUIRE);
    assertThat(barrier.text())
        .startsWith(
            "smp_load_acquire() for the read of mm_cpumask(A) by CPU 0, flush_tlb_mm_range");
    Circle.Turn last = Objects.requireNonNull(p.circle()).turns().getLast();
    assertThat(last.act().what()).isEqualTo("the free of range tables(A)");
    assertThat(last.on()).isEqualTo(Circle.BEFORE);
  }

  @Test
  void whatIsWrongInOrderNoBarrierForbids() {
    Explained sc = explained("sc", "shootdown", "e14-exit-flush", "I6");
    assertThat(sc.prevention().answer()).isEqualTo(Prevention.Answer.IN_ORDER);
    assertThat(sc.prevention().text()).contains("under sc all is in order already");
    assertThat(sc.relations())
        .extracting(Explained.Related::name)
        .contains("rf")
        .doesNotContain("po");
    Explained power = explained("power", "shootdown", "e14-exit-flush", "I6");
    assertThat(power.prevention().answer()).isEqualTo(Prevention.Answer.IN_ORDER);
    assertThat(power.prevention().barriers()).isEmpty();
    assertThat(power.prevention().circle()).isNull();
  }

  @Test
  void nothingIsExplainedUnlessAsked() {
    CheckResult result =
        new Checker(Checker.Options.defaults().withModel(Model.named("lkmm")))
            .check(
                ScenarioLibrary.builtIn().find("e06-exec-idle"),
                KernelFactory.of(
                    Arches.find("x86-eager").orElseThrow(),
                    Designs.find("refcount").orElseThrow()));
    assertThat(((Verdict.Violated) result.verdict()).violations())
        .allSatisfy(v -> assertThat(v.explained()).isNull());
  }
}
