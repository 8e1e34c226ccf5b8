package dev.lazymm.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookaheadTest {
  private final List<String> seen = new ArrayList<>();
  private final Lookahead lookahead = new Lookahead(new Listed());

  @Test
  void whatNeedsNoAnswerGoesOnAtOnce() {
    lookahead.newTask(1, 0, 5, 6, 0x100);
    lookahead.fork(2, 0, 5, 6);
    lookahead.schedSwitch(3, 0, 5, false, false, 6);
    lookahead.exec(4, 0, 6, 6);
    lookahead.mark();
    lookahead.exit(5, 0, 6);
    lookahead.lost(0);
    assertThat(seen)
        .containsExactly(
            "new 5 6 256", "fork 5 6", "switch 5 6 -", "exec 6 6", "mark", "exit 6 1", "lost 0");
  }

  @Test
  void aPreemptedTaskHoldsAllUpUntilItsExitIsSeen() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.schedSwitch(110, 0, 6, false, true, 7);
    lookahead.mark();
    lookahead.mark();
    lookahead.schedSwitch(120, 0, 7, false, false, 6);
    lookahead.schedSwitch(125, 0, 6, false, true, 7);
    lookahead.schedSwitch(130, 1, 8, false, false, 6);
    assertThat(seen).containsExactly("switch 1 6 -");
    lookahead.exit(133, 1, 6);
    assertThat(seen)
        .containsExactly(
            "switch 1 6 -",
            "switch 6 7 8",
            "mark",
            "switch 7 6 -",
            "switch 6 7 3",
            "switch 8 6 -",
            "exit 6 -");
  }

  @Test
  void aTaskThatSleepsWasNotInItsExit() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.schedSwitch(110, 0, 6, false, true, 7);
    lookahead.schedSwitch(120, 0, 7, false, false, 6);
    lookahead.schedSwitch(130, 0, 6, false, false, 7);
    lookahead.schedSwitch(140, 0, 7, false, false, 6);
    lookahead.exit(145, 0, 6);
    assertThat(seen).contains("switch 6 7 -").endsWith("exit 6 5");
  }

  @Test
  void aTaskThatHasExitedHoldsNothingUp() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.exit(110, 0, 6);
    lookahead.schedSwitch(120, 0, 6, false, true, 7);
    assertThat(seen).endsWith("switch 6 7 -");
  }

  @Test
  void aPidThatComesAgainIsAnotherTask() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.exit(110, 0, 6);
    lookahead.schedSwitch(120, 0, 6, true, false, 1);
    lookahead.newTask(130, 0, 1, 6, 0);
    lookahead.schedSwitch(140, 0, 1, false, false, 6);
    lookahead.schedSwitch(150, 0, 6, false, true, 1);
    assertThat(seen).endsWith("switch 1 6 -");
    lookahead.schedSwitch(160, 0, 1, false, false, 6);
    lookahead.exit(165, 0, 6);
    assertThat(seen).endsWith("switch 6 1 5", "switch 1 6 -", "exit 6 -");
  }

  @Test
  void lossMakesAllAnswersUnknown() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.schedSwitch(110, 0, 6, false, true, 7);
    lookahead.lost(0);
    assertThat(seen).containsExactly("switch 1 6 -", "switch 6 7 -", "lost 0");
    lookahead.exit(120, 0, 6);
    assertThat(seen).endsWith("exit 6 -");
  }

  @Test
  void atTheEndNothingIsHeldBack() {
    lookahead.schedSwitch(100, 0, 1, false, false, 6);
    lookahead.schedSwitch(110, 0, 6, false, true, 7);
    lookahead.flush();
    assertThat(seen).containsExactly("switch 1 6 -", "switch 6 7 -");
  }

  @Test
  void oneTaskDoesNotHoldUpMoreThanSoMuch() {
    int held = 1 << 16;
    long late = 4L * held;
    lookahead.schedSwitch(0, 0, 1, false, false, 6);
    lookahead.schedSwitch(1, 0, 6, false, true, 7);
    for (int i = 2; i < 3 * held + 1; i++) {
      int pid = 10 + i % 2;
      lookahead.schedSwitch(i, 1, pid, false, false, 21 - pid);
    }
    assertThat(seen).hasSize(3 * held + 1).contains("switch 6 7 -");
    // The answer comes too late, and is not taken for that of the event in the same place.
    lookahead.schedSwitch(late, 1, 11, false, true, 10);
    lookahead.exit(late, 0, 6);
    assertThat(seen).hasSize(3 * held + 1);
    lookahead.exit(late, 1, 11);
    assertThat(seen).hasSize(3 * held + 4);
  }

  /** Writes down what comes. */
  private final class Listed implements Lookahead.Target {
    private String number(long n) {
      return n == Lookahead.NONE ? "-" : Long.toString(n);
    }

    @Override
    public void schedSwitch(int cpu, int prevPid, boolean dead, int nextPid, long runToExit) {
      seen.add("switch " + prevPid + " " + nextPid + " " + number(runToExit));
    }

    @Override
    public void newTask(int cpu, int pid, int childPid, long flags) {
      seen.add("new " + pid + " " + childPid + " " + flags);
    }

    @Override
    public void fork(int cpu, int parentPid, int childPid) {
      seen.add("fork " + parentPid + " " + childPid);
    }

    @Override
    public void exec(int cpu, int execPid, int oldPid) {
      seen.add("exec " + execPid + " " + oldPid);
    }

    @Override
    public void exit(int cpu, int exitPid, long runOutside) {
      seen.add("exit " + exitPid + " " + number(runOutside));
    }

    @Override
    public void membarrier(int cpu, int pid, long command, long flags) {
      seen.add("membarrier " + pid);
    }

    @Override
    public void membarrierReturns(int cpu, int pid) {
      seen.add("membarrier returns " + pid);
    }

    @Override
    public void lost(int cpu) {
      seen.add("lost " + cpu);
    }

    @Override
    public void mark() {
      seen.add("mark");
    }
  }
}
