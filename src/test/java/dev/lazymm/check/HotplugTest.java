package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.history.IdleTaskExit;
import dev.lazymm.kernel.history.IdleTaskExitDrops;
import dev.lazymm.kernel.history.PastArches;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three forms of CPU hotplug: what was wrong with the first two is found, and gone now. */
class HotplugTest {
  private static Map<String, String> broken(
      String scenario, String design, String arch, Function<Kernel, Hotplug> form) {
    Arches.Entry archEntry = PastArches.find(arch).orElseThrow();
    Designs.Entry designEntry = Designs.find(design).orElseThrow();
    CheckResult result =
        new Checker(Checker.Options.defaults())
            .check(
                ScenarioLibrary.builtIn().find(scenario),
                memory ->
                    new Kernel(memory, archEntry.make(), designEntry.make()) {
                      @Override
                      protected Hotplug makeHotplug() {
                        return form.apply(this);
                      }
                    });
    assertThat(result.bound().complete()).isTrue();
    return result.verdict() instanceof Verdict.Violated v
        ? v.violations().stream().collect(Collectors.toMap(Violation::invariant, Violation::what))
        : Map.of();
  }

  @ParameterizedTest
  @CsvSource({
    "hotplug-exit,powerpc-hash",
    "hotplug-exit,powerpc-radix",
    "hotplug-use,powerpc-hash",
  })
  void r03IsFoundAndGoneWithItsFix(String scenario, String arch) {
    assertThat(broken(scenario, "shootdown", arch, IdleTaskExit::new))
        .containsEntry("I1", "A is freed while CPU 1's active_mm points at it")
        .containsEntry("I10", "CPU 1 is offline and its active_mm is still A")
        .containsKeys("I2", "I6");
    assertThat(broken(scenario, "shootdown", arch, Hotplug::new)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"powerpc-hash", "x86-eager"})
  void r04IsFoundAndGoneWithItsFix(String arch) {
    assertThat(broken("hotplug-drop", "refcount", arch, IdleTaskExitDrops::new))
        .containsEntry("I12", "CPU 1 frees A and is offline");
    assertThat(broken("hotplug-drop", "refcount", arch, IdleTaskExit::new))
        .containsKey("I10")
        .doesNotContainKeys("I1", "I12");
    assertThat(broken("hotplug-drop", "refcount", arch, Hotplug::new)).isEmpty();
  }

  /** R03 needs no shootdown where the MMU walks tables: they are freed by an exit in the window. */
  @ParameterizedTest
  @ValueSource(strings = {"powerpc-radix", "x86-eager", "x86-lazy"})
  void theWindowOfR03IsThereWithCountedBorrowsToo(String arch) {
    assertThat(broken("hotplug-exit", "refcount", arch, IdleTaskExit::new))
        .containsKeys("I2", "I10")
        .doesNotContainKey("I1");
    assertThat(broken("hotplug-exit", "refcount", arch, Hotplug::new)).isEmpty();
  }

  /** tlbiel_all comes before the PID goes, so what it drops may be cached again. */
  @Test
  void theTlbOfAnOfflineCpuFillsAgainBeforeV613() {
    assertThat(broken("hotplug-back", "shootdown", "powerpc-radix", IdleTaskExit::new))
        .containsKey("I7");
    assertThat(broken("hotplug-back", "shootdown", "powerpc-radix", Hotplug::new)).isEmpty();
  }

  /** Also where every flush interrupts every CPU: every one that is online. */
  @ParameterizedTest
  @ValueSource(strings = {"hotplug-exit", "hotplug-flush", "hotplug-again", "hotplug-back"})
  void aCpuThatIsOfflineIsSentNothingWhereAllAre(String scenario) {
    assertThat(broken(scenario, "refcount", "alpha-ipi", Hotplug::new)).isEmpty();
  }

  /** sched_force_init_mm has read active_mm when an IPI ends the same borrow: two drops of one. */
  @ParameterizedTest
  @ValueSource(strings = {"powerpc-radix", "x86-unlazy"})
  void anIpiThatDropsABorrowIsNotExpectedByTheForcedSwitch(String arch) {
    assertThat(broken("hotplug-flush", "refcount", arch, Hotplug::new)).containsKeys("I4", "UAF");
    assertThat(broken("hotplug-flush", "shootdown", arch, Hotplug::new)).isEmpty();
  }
}
