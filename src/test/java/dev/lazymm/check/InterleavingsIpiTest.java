package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Interleavings.Outcome;
import dev.lazymm.check.Op.Await;
import dev.lazymm.check.Op.IrqOff;
import dev.lazymm.check.Op.IrqOn;
import dev.lazymm.check.Op.Load;
import dev.lazymm.check.Op.LockOp;
import dev.lazymm.check.Op.Send;
import dev.lazymm.check.Op.Store;
import dev.lazymm.check.Op.StoreLast;
import dev.lazymm.check.Op.UnlockOp;
import dev.lazymm.check.Op.When;
import dev.lazymm.machine.Cond;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs with IPIs whose executions were found by hand. */
class InterleavingsIpiTest {
  private static final Op TO_1 = new Send(0b10, 0, false);
  private static final Op TO_1_AND_WAIT = new Send(0b10, 0, true);

  private static Outcome run(List<Op> zero, List<Op> one, List<Op> handler) {
    return Interleavings.of(new SmallProgram(List.of(zero, one), List.of(handler)));
  }

  /** The target has one event of its own: the IPI is taken before or after it. */
  @Test
  void takenBeforeOrAfter() {
    Outcome outcome = run(List.of(TO_1), List.of(new Load(0)), List.of(new Store(0, 1)));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: S(1,h0) | 1: T(0.0) W(x0,1) R(x0,1.1,1) | x0: 1.1",
            "0: S(1,h0) | 1: R(x0,init,0) T(0.0) W(x0,1) | x0: 1.2");
    assertThat(outcome.hangs()).isEmpty();
  }

  /** Two loads with interrupts off: the handler does not come between. */
  @Test
  void notTakenWithInterruptsOff() {
    Outcome outcome =
        run(
            List.of(TO_1),
            List.of(new IrqOff(), new Load(0), new Load(0), new IrqOn()),
            List.of(new Store(0, 1)));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: S(1,h0) | 1: T(0.0) W(x0,1) R(x0,1.1,1) R(x0,1.1,1) | x0: 1.1",
            "0: S(1,h0) | 1: R(x0,init,0) R(x0,init,0) T(0.0) W(x0,1) | x0: 1.3");
  }

  /** Between two regions there is a gap, even without an event in it. */
  @Test
  void takenBetweenTwoRegions() {
    Outcome outcome =
        run(
            List.of(TO_1),
            List.of(new IrqOff(), new Load(0), new IrqOn(), new IrqOff(), new Load(0), new IrqOn()),
            List.of());
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: S(1,h0) | 1: T(0.0) R(x0,init,0) R(x0,init,0)",
            "0: S(1,h0) | 1: R(x0,init,0) T(0.0) R(x0,init,0)",
            "0: S(1,h0) | 1: R(x0,init,0) R(x0,init,0) T(0.0)");
  }

  /** A finished thread takes what is left, though its script left interrupts off. */
  @Test
  void idleTakes() {
    Outcome outcome = run(List.of(TO_1), List.of(new IrqOff()), List.of(new Load(0)));
    assertThat(outcome.complete()).containsExactly("0: S(1,h0) | 1: T(0.0) R(x0,init,0)");
    assertThat(outcome.hangs()).isEmpty();
  }

  /** The sender reads what the handler wrote, in whichever order the target gets there. */
  @Test
  void aWaitingSendSeesTheHandlerDone() {
    Outcome outcome =
        run(
            List.of(TO_1_AND_WAIT, new Load(0)),
            List.of(new Load(0)),
            List.of(new Load(0), new StoreLast(0)));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: S(1,h0) A(d0.1,1.3,1) R(x0,1.2,1)"
                + " | 1: T(0.0) R(x0,init,0) W(x0,1) W(d0.1,1) R(x0,1.2,1) | x0: 1.2 | d0.1: 1.3",
            "0: S(1,h0) A(d0.1,1.4,1) R(x0,1.3,1)"
                + " | 1: R(x0,init,0) T(0.0) R(x0,init,0) W(x0,1) W(d0.1,1) | x0: 1.3 | d0.1: 1.4");
  }

  /** The second wait is for the second handler; the register is not touched by waits. */
  @Test
  void waitsAreCounted() {
    Outcome outcome =
        run(List.of(TO_1_AND_WAIT, TO_1_AND_WAIT, new StoreLast(0)), List.of(), List.of());
    assertThat(outcome.complete())
        .containsExactly(
            "0: S(1,h0) A(d0.1,1.1,1) S(1,h0) A(d0.1,1.3,2) W(x0,1)"
                + " | 1: T(0.0) W(d0.1,1) T(0.2) W(d0.1,2) | x0: 0.4 | d0.1: 1.1 1.3");
  }

  /** Two senders that wait for each other take each other's IPI while they wait, or before. */
  @Test
  void sendersThatWaitForEachOther() {
    Outcome outcome =
        Interleavings.of(
            new SmallProgram(
                List.of(List.of(new Send(0b10, 0, true)), List.of(new Send(0b01, 0, true))),
                List.of(List.of())));
    // A thread takes before its SEND, between that and the wait, or after the wait. Before on both
    // sides, and each after its wait, are circles.
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: T(1.0) W(d1.0,1) S(1,h0) A(d0.1,1.2,1)"
                + " | 1: S(0,h0) T(0.2) W(d0.1,1) A(d1.0,0.1,1) | d0.1: 1.2 | d1.0: 0.1",
            "0: T(1.0) W(d1.0,1) S(1,h0) A(d0.1,1.3,1)"
                + " | 1: S(0,h0) A(d1.0,0.1,1) T(0.2) W(d0.1,1) | d0.1: 1.3 | d1.0: 0.1",
            "0: S(1,h0) T(1.0) W(d1.0,1) A(d0.1,1.2,1)"
                + " | 1: S(0,h0) T(0.0) W(d0.1,1) A(d1.0,0.2,1) | d0.1: 1.2 | d1.0: 0.2",
            "0: S(1,h0) T(1.0) W(d1.0,1) A(d0.1,1.3,1)"
                + " | 1: S(0,h0) A(d1.0,0.2,1) T(0.0) W(d0.1,1) | d0.1: 1.3 | d1.0: 0.2",
            "0: S(1,h0) T(1.2) W(d1.0,1) A(d0.1,1.1,1)"
                + " | 1: T(0.0) W(d0.1,1) S(0,h0) A(d1.0,0.2,1) | d0.1: 1.1 | d1.0: 0.2",
            "0: S(1,h0) A(d0.1,1.2,1) T(1.0) W(d1.0,1)"
                + " | 1: S(0,h0) T(0.0) W(d0.1,1) A(d1.0,0.3,1) | d0.1: 1.2 | d1.0: 0.3",
            "0: S(1,h0) A(d0.1,1.1,1) T(1.2) W(d1.0,1)"
                + " | 1: T(0.0) W(d0.1,1) S(0,h0) A(d1.0,0.3,1) | d0.1: 1.1 | d1.0: 0.3");
    assertThat(outcome.hangs()).isEmpty();
  }

  /** Here it runs after the SEND to the other, at once, with a register of its own. */
  @Test
  void theLocalHandlerRunsBetweenSendAndWait() {
    Outcome outcome =
        run(
            List.of(new Load(1), new Send(0b11, 0, true), new StoreLast(1)),
            List.of(),
            List.of(new StoreLast(0), new When(new Load(0))));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: R(x1,init,0) S(1,h0) W(x0,1) A(d0.1,1.2,1) W(x1,1)"
                + " | 1: T(0.1) W(x0,1) W(d0.1,1) | x0: 0.2 1.1 | x1: 0.4 | d0.1: 1.2",
            "0: R(x1,init,0) S(1,h0) W(x0,1) A(d0.1,1.2,1) W(x1,1)"
                + " | 1: T(0.1) W(x0,1) W(d0.1,1) | x0: 1.1 0.2 | x1: 0.4 | d0.1: 1.2");
  }

  /** While the local handler runs, thread 0 takes nothing; before and after it, it may. */
  @Test
  void theLocalHandlerIsNotInterrupted() {
    Outcome outcome =
        Interleavings.of(
            new SmallProgram(
                List.of(List.of(new Send(0b01, 0, false)), List.of(new Send(0b01, 1, false))),
                List.of(List.of(new Load(0), new Load(0)), List.of())));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: T(1.0) R(x0,init,0) R(x0,init,0) | 1: S(0,h1)",
            "0: R(x0,init,0) R(x0,init,0) T(1.0) | 1: S(0,h1)");
  }

  /** Two untaken IPIs are taken in any order, one handler after the other. */
  @Test
  void takenInAnyOrder() {
    Outcome outcome = run(List.of(TO_1, TO_1), List.of(), List.of(new Load(0)));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: S(1,h0) S(1,h0) | 1: T(0.0) R(x0,init,0) T(0.1) R(x0,init,0)",
            "0: S(1,h0) S(1,h0) | 1: T(0.1) R(x0,init,0) T(0.0) R(x0,init,0)");
  }

  /** What an await waits for is done by the handler, which is taken while it waits. */
  @Test
  void aParkedThreadTakes() {
    Outcome outcome =
        run(List.of(TO_1), List.of(new Await(0, Cond.EQ, 1)), List.of(new Store(0, 1)));
    assertThat(outcome.complete())
        .containsExactly("0: S(1,h0) | 1: T(0.0) W(x0,1) A(x0,1.1,1) | x0: 1.1");
    assertThat(outcome.hangs()).isEmpty();
  }

  /** With interrupts off it hangs, unless it takes the IPI before it turns them off. */
  @Test
  void aParkedThreadWithInterruptsOffHangs() {
    Outcome outcome =
        run(
            List.of(TO_1),
            List.of(new IrqOff(), new Await(0, Cond.EQ, 1)),
            List.of(new Store(0, 1)));
    assertThat(outcome.complete())
        .containsExactly("0: S(1,h0) | 1: T(0.0) W(x0,1) A(x0,1.1,1) | x0: 1.1");
    assertThat(outcome.hangs()).containsExactly("0: S(1,h0) | 1:");
  }

  /** The classic: wait for an IPI with a lock held that the target spins on with interrupts off. */
  @Test
  void aWaitingSendUnderALockHangs() {
    List<Op> sender = List.of(new LockOp(0), TO_1_AND_WAIT, new UnlockOp(0));
    List<Op> spinner = List.of(new LockOp(0), new UnlockOp(0));
    assertThat(run(sender, spinner, List.of()).hangs()).isEmpty();
    Outcome outcome = run(sender, List.of(new IrqOff(), spinner.get(0), spinner.get(1)), List.of());
    assertThat(outcome.hangs()).containsExactly("0: L(l0,init,0,1) S(1,h0) | 1: | l0: 0.0");
    // The spinner has the lock first, and takes at its end; or takes before it turns them off.
    assertThat(outcome.complete()).hasSize(2);
  }
}
