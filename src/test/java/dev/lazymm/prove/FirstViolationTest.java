package dev.lazymm.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Checker;
import dev.lazymm.check.Verdict;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A design with one thing wrong is found, by a scenario than which none that breaks is shorter. */
class FirstViolationTest {
  private static final int ACTIONS = 4;
  private static final Arches.Entry ARCH = Arches.find("powerpc-hash").orElseThrow();

  /** Designs that hold but for one thing. */
  enum Broken {
    /** The exit interrupts the borrowers, who forget their own MMU. */
    STAYS_ON_ITS_CONTEXT(StaysOnItsContext::new),
    /** Nobody counts the borrow of a kernel thread whose use is over. */
    FORGETS_TO_GRAB(ForgetsToGrab::new),
    /** kthread_use_mm keeps the borrow that it ends. */
    FORGETS_TO_DROP(ForgetsToDrop::new);

    @SuppressWarnings("ImmutableEnumChecker") // constructors have no state
    final Function<Kernel, LazyMm> make;

    Broken(Function<Kernel, LazyMm> make) {
      this.make = make;
    }

    Designs.Entry entry() {
      return new Designs.Entry(name(), "wrong on purpose", make);
    }
  }

  private static final class StaysOnItsContext extends Shootdown {
    private final Kernel kernel;

    StaysOnItsContext(Kernel kernel) {
      super(kernel, false);
      this.kernel = kernel;
    }

    @Override
    protected void doShootLazyTlb(Cpu cpu, KObject info) {
      Task current = kernel.current(cpu);
      if (cpu.read(current.activeMm) == (Mm) info) {
        cpu.write(current.activeMm, kernel.initMm());
        cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
      }
    }
  }

  private static final class ForgetsToGrab extends Refcount {
    private final Kernel kernel;

    ForgetsToGrab(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
      boolean boots = mm == kernel.initMm();
      if (boots || (cpu.readOnce(kernel.current(cpu).flags) & Task.PF_KTHREAD) == 0) {
        super.mmgrabLazyTlb(cpu, mm);
      }
    }
  }

  private static final class ForgetsToDrop extends Refcount {
    ForgetsToDrop(Kernel kernel) {
      super(kernel);
    }

    @Override
    public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
      if (site != Sites.B7) {
        super.mmdropLazyTlb(cpu, mm, site);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noneWithFewerActionsBreaks(Broken broken) {
    Proof proof = prove(broken, ACTIONS, true);
    assertThat(proof.standings().violated()).isTrue();
    long first = proof.scenarios().firstKey();
    List<ScenarioSpace.Member> before = new ArrayList<>();
    new ScenarioSpace(proof.question().size(), Vocabulary.CTXSW)
        .forEach(member -> before.add(member) && member.index() < first);
    ScenarioSpace.Member found = before.removeLast();
    assertThat(found.scenario()).isEqualTo(proof.scenarios().get(first));
    assertThat(breaks(found.scenario(), broken)).isTrue();
    assertThat(before).allMatch(member -> !breaks(member.scenario(), broken));
    assertThat(found.actions()).isPositive();
    Proof fewer = prove(broken, found.actions() - 1, false);
    assertThat(fewer.complete()).isTrue();
    assertThat(fewer.standings().violated()).isFalse();
    assertThat(fewer.standings().scenarios()).isLessThanOrEqualTo(first);
    assertThat(prove(broken, found.actions(), true).scenarios()).isEqualTo(proof.scenarios());
  }

  /** So what is found first is as short as any: those with fewer actions come before. */
  @Test
  void scenariosComeInTheOrderOfTheirActions() {
    int[] last = new int[1];
    new ScenarioSpace(new Size(2, 3, 2, 3), Vocabulary.CTXSW)
        .forEach(member -> {
          int actions =
              member.scenario().cpus().stream()
                  .flatMap(line -> line.actions().stream())
                  .mapToInt(Alphabet::cost)
                  .sum();
          assertThat(member.actions()).isEqualTo(actions).isGreaterThanOrEqualTo(last[0]);
          last[0] = actions;
          return true;
        });
    assertThat(last[0]).isEqualTo(3);
  }

  private static Proof prove(Broken broken, int actions, boolean first) {
    Question question =
        new Question(
            new Size(2, 3, 2, actions),
            Vocabulary.CTXSW,
            List.of(new Question.Kernel(broken.entry(), "", ARCH, "sc")),
            1_000_000,
            false,
            "test");
    return Prover.prove(
        question, Standings.none(question), new Prover.Options(2, first, null, _ -> {}));
  }

  private static boolean breaks(Scenario scenario, Broken broken) {
    return new Checker(Checker.Options.defaults())
            .check(scenario, KernelFactory.of(ARCH, broken.entry()))
            .verdict()
        instanceof Verdict.Violated;
  }
}
