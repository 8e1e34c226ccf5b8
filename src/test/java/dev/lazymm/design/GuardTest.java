package dev.lazymm.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is caught while a design runs, in designs that nobody has inspected. */
class GuardTest {
  private static final String SCENARIO = "e06-idle-exit-move";

  @TempDir Path folder;

  private static String refused(Draft draft) {
    return Draft.refused(() -> draft.check(SCENARIO));
  }

  @Test
  void whatIsOnlyRefcountHoldsAsRefcountDoes() {
    assertThat(Draft.with(folder, "").check(SCENARIO).verdict()).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void aCounterShowsWhereTheRunsPart() {
    Draft draft =
        Draft.grabbing(
            folder,
            "  static int n;\n",
            "    if (++n > 5) {\n      cpu.smpMb(Sites.B1); // X\n    }\n");
    assertThat(refused(draft))
        .contains("does something else", "smpMb(B1)", "all state in cells")
        .startsWith(draft.at("// X"));
  }

  @Test
  void aCallThatIsLeftOutShowsWhereItWas() {
    Draft draft =
        Draft.with(
            folder,
            """
              private int borrows;
              @Override
              public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                if (++borrows < 8) {
                  cpu.smpMb(Sites.B1); // X
                }
              }
            """);
    assertThat(refused(draft))
        .startsWith(draft.at("// X"))
        .contains("return(NULL), and the first time at line")
        .contains("smpMb(B1)");
  }

  @Test
  void aClockIsCaughtByWhatItIsUsedFor() {
    Draft draft =
        Draft.grabbing(folder, "", "    cpu.warnOn(false, \"at \" + System.nanoTime()); // X\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("warnOn");
  }

  @Test
  void anIdentityHashIsCaught() {
    Draft draft =
        Draft.grabbing(folder, "", "    cpu.step(\"s\" + new Object().hashCode()); // X\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("step");
  }

  @Test
  void anAnswerThatChangesIsCaught() {
    Draft draft =
        Draft.with(
            folder,
            """
              private int n;
              @Override
              public boolean refcounts() {
                return ++n < 2;
              }
            """);
    assertThat(Draft.refused(() -> draft.check("e06-idle-exit")))
        .startsWith(draft.at("class MyDesign"))
        .contains("refcounts()");
  }

  @Test
  void aLoopThatNeverEndsIsStoppedAtItsLine() {
    Draft draft =
        Draft.grabbing(
            folder, "", "    int n = 0;\n    while (n >= 0) {\n      n = n ^ 1; // X\n    }\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("never ends", "1000000");
  }

  @Test
  void aLoopInTheConstructorIsStopped() {
    Draft draft = Draft.with(folder, "  { int n = 0; while (n == 0) {} } // X\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("never ends");
  }

  @Test
  void whatCatchesTheStopIsStoppedAgain() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  for (;;) {} // X
                } catch (Throwable e) {
                }
            """);
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("never ends");
  }

  @Test
  void aCallTreeWithoutEndIsStopped() {
    Draft draft =
        Draft.grabbing(
            folder,
            "  int fib(int n) {\n    return n < 2 ? n : fib(n - 1) + fib(n - 2); // X\n  }\n",
            "    fib(60);\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("never ends");
  }

  @Test
  void aRecursionWithoutEndIsTold() {
    Draft draft =
        Draft.grabbing(
            folder,
            "  int deep(int n) {\n    return 1 + deep(n + 1); // X\n  }\n",
            "    deep(0);\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("calls itself without end");
  }

  @Test
  void aSpinOverAReadIsToldOfAwait() {
    Draft draft =
        Draft.grabbing(folder, "", "    while (cpu.readOnce(mm.mmUsers) != 9) { // X\n    }\n");
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("for ever", "cpu.await");
  }

  @Test
  void aLoopOverAllCpusIsNoSpin() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            "    for (int i = 0; i < cpu.cpus(); i++) {\n      cpu.testCpu(mm.cpumask, i);\n    }\n");
    assertThat(draft.check(SCENARIO).verdict()).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void whatTheMachineThrowsMustNotBeCaught() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  cpu.smpMb(Sites.B1);
                  cpu.readOnce(mm.mmUsers); // X
                } catch (Throwable e) {
                  // never mind
                }
            """);
    assertThat(Draft.refused(() -> draft.check("e06-exit-exit")))
        .startsWith(draft.at("// X"))
        .contains("an exception handler hid it");
  }

  @Test
  void norReplaced() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  cpu.readOnce(mm.mmUsers); // X
                } catch (RuntimeException e) {
                  throw new IllegalStateException(e);
                }
            """);
    assertThat(Draft.refused(() -> draft.check("e06-exit-exit"))).startsWith(draft.at("// X"));
  }

  @Test
  void norMayAFinallyCallTheMachine() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                try {
                  cpu.readOnce(mm.mmUsers); // X
                } finally {
                  cpu.atomicInc(mm.mmUsers, Sites.GET);
                  cpu.fetchAdd(mm.mmUsers, -1, Ordering.FULL, Sites.GET);
                }
            """);
    assertThat(Draft.refused(() -> draft.check("e06-exit-exit"))).startsWith(draft.at("// X"));
  }

  @Test
  void anIpiIsMadeOnce() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                cpu.onEachCpu(new long[1], new Ipi("x", (c, i) -> c.step(mm.name())), // X
                    mm, false, Sites.B1);
            """);
    assertThat(refused(draft)).startsWith(draft.at("// X")).contains("makes the Ipi \"x\" anew");
  }

  @Test
  void anExceptionIsAFindingWithItsLine() {
    Draft draft =
        Draft.grabbing(
            folder,
            "",
            """
                if (cpu.readOnce(mm.mmUsers) == 1) {
                  throw new IllegalStateException("one user"); // X
                }
            """);
    assertThat(draft.check("e06-exit-exit").verdict())
        .isInstanceOfSatisfying(
            Verdict.Violated.class,
            v ->
                assertThat(v.violations())
                    .anySatisfy(violation -> {
                      assertThat(violation.invariant()).isEqualTo("OOPS");
                      assertThat(violation.what())
                          .contains(draft.at("// X"), "IllegalStateException: one user");
                    }));
  }
}
