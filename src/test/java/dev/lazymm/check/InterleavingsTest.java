package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Interleavings.Memo;
import dev.lazymm.check.Interleavings.Outcome;
import dev.lazymm.check.Op.Await;
import dev.lazymm.check.Op.Load;
import dev.lazymm.check.Op.LockOp;
import dev.lazymm.check.Op.RmwOp;
import dev.lazymm.check.Op.Store;
import dev.lazymm.check.Op.StoreLast;
import dev.lazymm.check.Op.UnlockOp;
import dev.lazymm.check.Op.When;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavingsTest {
  private static List<List<Op>> each(int n, IntFunction<List<Op>> thread) {
    return IntStream.rangeClosed(1, n).mapToObj(thread).toList();
  }

  /** The member of a {@link Families} family in operations. */
  private static SmallProgram family(String name, int n) {
    List<List<Op>> threads = new ArrayList<>();
    switch (name) {
      case "ainc" -> threads.addAll(each(n, _ -> List.of(new RmwOp(Rmw.ADD, 0, 1, 0))));
      case "readers" -> {
        threads.add(List.of(new Store(0, 1)));
        threads.addAll(each(n, _ -> List.of(new Load(0))));
      }
      case "casrot" -> threads.addAll(each(n, i -> List.of(new RmwOp(Rmw.CMPXCHG, 0, i, i - 1))));
      default -> {
        List<Op> scan = new ArrayList<>(List.of(new Load(n)));
        for (int i = n - 1; i >= 0; i--) {
          scan.add(new When(new Load(i)));
        }
        threads.add(scan);
        threads.addAll(each(n, i -> List.of(new Load(i - 1), new StoreLast(i))));
      }
    }
    return new SmallProgram(threads, List.of());
  }

  @ParameterizedTest
  @CsvSource({"ainc, 2, 5", "readers, 2, 5", "casrot, 2, 6", "lastzero, 3, 6"})
  void familiesHaveTheirCounts(String name, int from, int to) {
    for (int n = from; n <= to; n++) {
      Outcome outcome = Interleavings.of(family(name, n));
      assertThat(outcome.complete()).hasSize((int) Families.expected(name, n).orElseThrow());
      assertThat(outcome.hangs()).isEmpty();
    }
  }

  @Test
  void keyIsAsDocumented() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new Store(0, 1), new Load(1)), List.of(new Load(0), new StoreLast(1))));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: W(x0,1) R(x1,init,0) | 1: R(x0,init,0) W(x1,1) | x0: 0.0 | x1: 1.1",
            "0: W(x0,1) R(x1,init,0) | 1: R(x0,0.0,1) W(x1,2) | x0: 0.0 | x1: 1.1",
            "0: W(x0,1) R(x1,1.1,1) | 1: R(x0,init,0) W(x1,1) | x0: 0.0 | x1: 1.1",
            "0: W(x0,1) R(x1,1.1,2) | 1: R(x0,0.0,1) W(x1,2) | x0: 0.0 | x1: 1.1");
  }

  /** Store buffering: both reading 0 is not sequentially consistent. */
  @Test
  void storesAreNotBuffered() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new Store(0, 1), new Load(1)), List.of(new Store(1, 1), new Load(0))));
    assertThat(outcome.complete())
        .hasSize(3)
        .noneMatch(key -> key.contains("R(x0,init,0)") && key.contains("R(x1,init,0)"));
  }

  @Test
  void rmwsSucceedAndFail() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new RmwOp(Rmw.ADD_UNLESS, 0, 1, 0)),
                List.of(new RmwOp(Rmw.XCHG, 0, 5, 0))));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: F(x0,init,0) | 1: U(x0,init,0,5) | x0: 1.0",
            "0: U(x0,1.0,5,6) | 1: U(x0,init,0,5) | x0: 1.0 0.0");
  }

  /** The await may see 1 or 2, but 2 only if it is there first, and never 0. */
  @Test
  void awaitsReadWhatSatisfies() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new Await(0, Cond.GE, 1)), List.of(new Store(0, 1), new Store(0, 2))));
    assertThat(outcome.complete())
        .containsExactlyInAnyOrder(
            "0: A(x0,1.0,1) | 1: W(x0,1) W(x0,2) | x0: 1.0 1.1",
            "0: A(x0,1.1,2) | 1: W(x0,1) W(x0,2) | x0: 1.0 1.1");
    assertThat(outcome.hangs()).isEmpty();
  }

  @Test
  void anAwaitThatNobodySatisfiesHangs() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(List.of(new Await(0, Cond.EQ, 2)), List.of(new Store(0, 1))));
    assertThat(outcome.complete()).isEmpty();
    assertThat(outcome.hangs()).containsExactly("0: | 1: W(x0,1) | x0: 1.0");
  }

  /** The value that satisfies may be overwritten before it is seen. */
  @Test
  void aMissedWakeUpHangs() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new Await(0, Cond.EQ, 1)), List.of(new Store(0, 1), new Store(0, 2))));
    assertThat(outcome.complete())
        .containsExactly("0: A(x0,1.0,1) | 1: W(x0,1) W(x0,2) | x0: 1.0 1.1");
    assertThat(outcome.hangs()).containsExactly("0: | 1: W(x0,1) W(x0,2) | x0: 1.0 1.1");
  }

  @Test
  void locksExclude() {
    List<Op> section = List.of(new LockOp(0), new Load(0), new StoreLast(0), new UnlockOp(0));
    Outcome outcome = Interleavings.of(SmallProgram.of(section, section, section));
    assertThat(outcome.complete())
        .hasSize(6)
        .contains(
            "0: L(l0,init,0,1) R(x0,init,0) W(x0,1) W(l0,0)"
                + " | 1: L(l0,0.3,0,1) R(x0,0.2,1) W(x0,2) W(l0,0)"
                + " | 2: L(l0,1.3,0,1) R(x0,1.2,2) W(x0,3) W(l0,0)"
                + " | x0: 0.2 1.2 2.2 | l0: 0.0 0.3 1.0 1.3 2.0 2.3");
    assertThat(outcome.hangs()).isEmpty();
  }

  @Test
  void locksTakenCrosswiseHang() {
    Outcome outcome =
        Interleavings.of(
            SmallProgram.of(
                List.of(new LockOp(0), new LockOp(1), new UnlockOp(1), new UnlockOp(0)),
                List.of(new LockOp(1), new LockOp(0), new UnlockOp(0), new UnlockOp(1))));
    assertThat(outcome.complete()).hasSize(2);
    assertThat(outcome.hangs())
        .containsExactly("0: L(l0,init,0,1) | 1: L(l1,init,0,1) | l0: 0.0 | l1: 1.0");
  }

  @Test
  void theBudgetEndsTheWalk() {
    SmallProgram program = family("ainc", 4);
    long states = Interleavings.of(program).states();
    assertThat(Interleavings.of(program, Memo.FINGERPRINT, states)).isPresent();
    assertThat(Interleavings.of(program, Memo.FINGERPRINT, states - 1)).isEmpty();
  }
}
