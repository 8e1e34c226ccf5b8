package dev.lazymm.check;

import static dev.lazymm.check.BentInterrupts.ALWAYS_WAITS;
import static dev.lazymm.check.BentInterrupts.AT_BOTH_ENDS;
import static dev.lazymm.check.BentInterrupts.FORGETS_ITSELF;
import static dev.lazymm.check.BentInterrupts.LOSES_THE_SECOND;
import static dev.lazymm.check.BentInterrupts.NEVER_OFF;
import static dev.lazymm.check.BentInterrupts.OWN_HANDLER_WITH_INTERRUPTS_ON;
import static dev.lazymm.check.BentInterrupts.RESTORES_NOT_OFF;
import static dev.lazymm.check.BentInterrupts.RESTORES_ON;
import static dev.lazymm.check.BentInterrupts.WAITS_FOR_NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Interleavings.Outcome;
import dev.lazymm.machine.Program;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What an interrupt is, a rule a test. Each program's executions and hangs are those of brute
 * force, in several orders of exploration, and those that the rule says; and a machine that breaks
 * the rule has others ({@link BentInterrupts}).
 *
 * <p>Under sequential consistency; what an interrupt orders is a property of the architecture.
 */
class InterruptSemanticsTest {
  private static final Pattern READ = Pattern.compile("R\\(x0,[^,]*,(\\d+)\\)");

  /** {@return the executions of a program, once they are known to be exact} */
  private static Outcome exactly(String text) {
    SmallProgram small = SmallPrograms.parse(text);
    Outcome outcome = Interleavings.of(small);
    for (int i = 0; i < 6; i++) {
      int[] order = Exploration.shuffled(small.threads().size(), new Random(i));
      Exploration found = Exploration.of(small.toProgram(), order);
      assertThat(found.differencesFrom(outcome)).isEmpty();
      assertThat(found.hangsDifferencesFrom(outcome)).isEmpty();
      assertThat(found.executions()).isEqualTo(outcome.complete().size());
    }
    return outcome;
  }

  /** {@return how the executions on a bent machine differ from the right ones} */
  private static List<String> differences(BentInterrupts bent, String text) {
    SmallProgram small = SmallPrograms.parse(text);
    Program program = SmallWorld.program(small, bent::of);
    Exploration found = Exploration.of(program, Exploration.inOrder(program.memory()));
    List<String> all = found.differencesFrom(Interleavings.of(small));
    all.addAll(found.hangsDifferencesFrom(Interleavings.of(small)));
    return all;
  }

  /**
   * {@return what x0 is read to be, one text an execution: the handler's reads, if there is one}
   */
  private static Set<String> readsOf(Set<String> executions) {
    Set<String> all = new TreeSet<>();
    for (String key : executions) {
      StringBuilder values = new StringBuilder();
      READ.matcher(key).results().forEach(r -> values.append(r.group(1)));
      all.add(values.toString());
    }
    return all;
  }

  // ---- where -----------------------------------------------------------------------------------

  @Test
  void aHandlerComesAtEveryPointWhereInterruptsAreOn() {
    String program =
        """
        0: send h0 to 1
        1: x0 = 1; x0 = 2; x0 = 3
        h0: r = x0
        """;
    Outcome outcome = exactly(program);
    assertThat(outcome.complete()).hasSize(4);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "1", "2", "3");
    assertThat(differences(AT_BOTH_ENDS, program)).hasSize(2);
  }

  @Test
  void aHandlerComesWhileItsCpuWaits() {
    String program =
        """
        0: send h0 to 1
        1: x0 = 1; await x1 EQ 1; x0 = 2
        h0: r = x0; x1 = 1
        """;
    Outcome outcome = exactly(program);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "1");
    assertThat(outcome.hangs()).isEmpty();
    assertThat(differences(AT_BOTH_ENDS, program)).anyMatch(s -> s.contains("hang"));
  }

  @Test
  void aHandlerDoesNotComeWhereInterruptsAreOff() {
    String program =
        """
        0: send h0 to 1
        1: x0 = 1; irq off; x0 = 2; x0 = 3; irq on; x0 = 4
        h0: r = x0
        """;
    Outcome outcome = exactly(program);
    assertThat(outcome.complete()).hasSize(4);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "1", "3", "4");
    assertThat(differences(NEVER_OFF, program)).hasSize(1);
  }

  @Test
  void theInnerOfTwoMasksLeavesInterruptsOff() {
    String program =
        """
        0: send h0 to 1
        1: irq save; x0 = 1; irq save; x0 = 2; irq restore; x0 = 3; irq restore; x0 = 4
        h0: r = x0
        """;
    Outcome outcome = exactly(program);
    assertThat(outcome.complete()).hasSize(3);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "3", "4");
    assertThat(differences(RESTORES_ON, program)).hasSize(1);
  }

  @Test
  void restoreTurnsInterruptsOffAgainIfTheyWere() {
    String program =
        """
        0: send h0 to 1
        1: irq off; irq save; irq on; x0 = 1; irq restore; x0 = 2; x0 = 3
        h0: r = x0
        """;
    Outcome outcome = exactly(program);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "1", "3");
    assertThat(differences(RESTORES_NOT_OFF, program)).hasSize(1);
  }

  /**
   * Each handler is done before the next begins; breaking {@code Interrupts.canCome} shows here.
   */
  @Test
  void handlersDoNotNest() {
    String program =
        """
        0: send h0 to 2
        1: send h1 to 2
        2:
        h0: x0 = 1; x0 = 2
        h1: r = x0
        """;
    Outcome outcome = exactly(program);
    assertThat(outcome.complete()).hasSize(2);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "2");
  }

  // ---- coalescing ------------------------------------------------------------------------------

  /** Two IPIs to one CPU are one interrupt or two: no function is lost, and none is run twice. */
  @Test
  void twoIpisMayComeAsOneInterrupt() {
    String program =
        """
        0: send h0 to 2, wait
        1: send h1 to 2, wait
        2: x0 = 1
        h0: r = x0
        h1: r = x0
        """;
    Outcome outcome = exactly(program);
    // Before, after, or around the store; two orders each.
    assertThat(outcome.complete()).hasSize(6).allMatch(key -> key.split("T\\(", -1).length == 3);
    assertThat(readsOf(outcome.complete())).containsExactly("00", "01", "11");
    assertThat(Interleavings.queued(SmallPrograms.parse(program)).complete())
        .isEqualTo(outcome.complete());
    assertThat(differences(LOSES_THE_SECOND, program)).anyMatch(s -> s.startsWith("impossible"));
  }

  /**
   * What the kernel's queue cannot do and this machine can: put off one of two IPIs that are both
   * in the queue, and take the later first.
   */
  @Test
  void theKernelsQueueCanDoLess() {
    String inOrder =
        """
        0: send h0 to 2; x1 = 1
        1: await x1 EQ 1; send h1 to 2
        2:
        h0: x0 = 1
        h1: x0 = 2
        """;
    Set<String> all = exactly(inOrder).complete();
    Set<String> queued = Interleavings.queued(SmallPrograms.parse(inOrder)).complete();
    assertThat(all).hasSize(2).containsAll(queued);
    assertThat(queued).hasSize(1).allMatch(key -> key.endsWith("x0: 2.1 2.3 | x1: 0.1"));
    String together =
        """
        0: send h0 to 2; x1 = 1
        1: send h0 to 2; x2 = 1
        2: await x1 EQ 1; await x2 EQ 1; irq off; irq on; x0 = 1
        h0: r = x0
        """;
    Set<String> apart = exactly(together).complete();
    assertThat(apart).anyMatch(key -> key.matches(".*A\\(x2\\S+ T\\S+ \\S+ W\\S+ T.*"));
    assertThat(Interleavings.queued(SmallPrograms.parse(together)).complete())
        .hasSizeLessThan(apart.size())
        .isSubsetOf(apart)
        .noneMatch(key -> key.matches(".*A\\(x2\\S+ T\\S+ \\S+ W\\S+ T.*"));
  }

  /** Those that are waited for are run first, so not even one sender's IPIs keep their order. */
  @Test
  void theKernelsQueueRunsFirstWhatIsWaitedFor() {
    String program =
        """
        0: send h0 to 2; x1 = 1
        1: await x1 EQ 1; send h1 to 2, wait
        2: irq off
        h0: x0 = 1
        h1: x0 = 2
        """;
    assertThat(Interleavings.queued(SmallPrograms.parse(program)).complete())
        .isSubsetOf(exactly(program).complete())
        .anyMatch(key -> key.contains("2: T(1.1) W(x0,2)"));
  }

  // ---- an IPI to oneself -----------------------------------------------------------------------

  @Test
  void anIpiToOneselfIsACall() {
    String program =
        """
        0: x0 = 1; send h0 to 0; x0 = 2
        h0: r = x0
        """;
    assertThat(exactly(program).complete())
        .containsExactly("0: W(x0,1) R(x0,0.0,1) W(x0,2) | x0: 0.0 0.2");
    assertThat(differences(FORGETS_ITSELF, program)).hasSize(2);
  }

  @Test
  void anIpiToOneselfIsHandledWithInterruptsOff() {
    String program =
        """
        0: send h0 to 0; r = x0
        1: send h1 to 0
        h0: x0 = 1; x0 = 2
        h1: r = x0
        """;
    assertThat(readsOf(exactly(program).complete())).containsExactly("02", "22");
    assertThat(differences(OWN_HANDLER_WITH_INTERRUPTS_ON, program))
        .anyMatch(s -> s.startsWith("impossible"));
  }

  @Test
  void interruptsAreAsTheyWereAfterAnIpiToOneself() {
    String program =
        """
        0: irq off; x0 = 1; send h0 to 0; x0 = 2; irq on
        1: send h1 to 0
        h0: x1 = 1
        h1: r = x0
        """;
    assertThat(readsOf(exactly(program).complete())).containsExactly("0", "2");
  }

  // ---- waiting ---------------------------------------------------------------------------------

  @Test
  void whoWaitsGoesOnWhenTheHandlerIsDone() {
    String program =
        """
        0: send h0 to 1, wait; r = x0
        1: x1 = 1
        h0: x0 = 1; x0 = 2
        """;
    Outcome outcome = exactly(program);
    assertThat(readsOf(outcome.complete())).containsExactly("2");
    assertThat(outcome.complete()).hasSize(2);
    assertThat(differences(WAITS_FOR_NOBODY, program)).anyMatch(s -> s.startsWith("impossible"));
  }

  @Test
  void whoDoesNotWaitGoesOnAtOnce() {
    String program =
        """
        0: send h0 to 1; r = x0
        1: x1 = 1
        h0: x0 = 1; x0 = 2
        """;
    Outcome outcome = exactly(program);
    assertThat(readsOf(outcome.complete())).containsExactly("0", "1", "2");
    assertThat(outcome.complete()).hasSize(6);
    assertThat(differences(ALWAYS_WAITS, program)).anyMatch(s -> s.startsWith("missing"));
  }

  // ---- a target that never enables interrupts --------------------------------------------------

  private static final String DEADLOCK =
      """
      0: send h0 to 1, wait; x0 = 1
      1: irq off; await x0 EQ 1
      h0: r = x1
      """;

  @Test
  void aTargetThatNeverEnablesInterruptsIsADeadlock() {
    Outcome outcome = exactly(DEADLOCK);
    assertThat(outcome.hangs()).containsExactly("0: S(1,h0) | 1:");
    // Only if the IPI comes first.
    assertThat(outcome.complete())
        .hasSize(1)
        .allMatch(key -> key.contains("1: T(0.0) R(x1,init,0) W(d0.1,1) A(x0,"));
    assertThat(differences(NEVER_OFF, DEADLOCK)).anyMatch(s -> s.startsWith("no hang"));
  }

  @Test
  void aDeadlockIsToldInWords() {
    assertThat(told(DEADLOCK))
        .containsExactly(
            "CPU 0 waits for CPU 1 to take the IPI for h0;"
                + " CPU 1 waits, interrupts off, for x0(small) to be 1");
    assertThat(
            told(
                """
                0: lock l0; send h0 to 1, wait; unlock l0
                1: irq off; lock l0; unlock l0
                h0:
                """))
        .containsExactly(
            "CPU 0 waits for CPU 1 to take the IPI for h0;"
                + " CPU 1 waits, interrupts off, for l0(small), which CPU 0 holds");
    assertThat(told("0: await x0 GE 2; x0 = 1"))
        .containsExactly("CPU 0 waits for x0(small) to be at least 2");
    assertThat(told("0: lock l0; lock l0"))
        .containsExactly("CPU 0 waits for l0(small), which it holds itself");
  }

  /** A target that waits with interrupts off hangs nobody who does not wait for it. */
  @Test
  void nobodyHangsWhoDoesNotWait() {
    assertThat(exactly(DEADLOCK.replace(", wait", "")).hangs()).isEmpty();
  }

  private static Set<String> told(String text) {
    Program program = SmallPrograms.parse(text).toProgram();
    Set<String> all = new TreeSet<>();
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph graph) {
            return true;
          }

          @Override
          public boolean hung(Explorer explorer, Graph graph) {
            all.add(explorer.waiting());
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            all.clear();
          }
        };
    int[] order = Exploration.inOrder(program.memory());
    new Explorer(
            program, new Sc(), new Explorer.Options(order, true, 99, Weakenings.NONE), listener)
        .run();
    return all;
  }
}
