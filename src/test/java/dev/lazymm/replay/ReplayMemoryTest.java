package dev.lazymm.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.trace.PrevState;
import dev.lazymm.trace.TraceInfo;
import dev.lazymm.trace.TraceText;
import org.junit.jupiter.api.Test;

/** What a replayer keeps does not grow with the recording. */
class ReplayMemoryTest {
  private static final TraceText COMM = TraceText.of("x");

  private final Replayer replayer = new Replayer(Replayer.Options.everything(), null);
  private long ts;

  @Test
  void taskAndMmSlotsAreUsedAgain() {
    replayer.header(new TraceInfo("nop", 2, -1, -1));
    cycles(100, 50);
    int few = objects();
    cycles(1_000, 5_000);
    assertThat(objects()).isEqualTo(few);
    var report = replayer.report();
    assertThat(report.lossy()).isFalse();
    assertThat(report.exitsWithMm()).isEqualTo(2 * 5_050);
    assertThat(report.mmDeaths()).isEqualTo(2 * 5_050);
    for (var arches : report.designs().values()) {
      for (var costs : arches.values()) {
        assertThat(costs.finalDrops()).isEqualTo(2 * 5_050);
      }
    }
  }

  @Test
  void tasksWhoseExitIsMissingMakeWayForTheNextOfTheirPid() {
    replayer.header(new TraceInfo("nop", 2, -1, -1));
    replayer.newTask(++ts, 0, 1, 100, COMM, 0x1200000);
    replayer.newTask(++ts, 0, 1, 100, COMM, 0x1200000);
    int few = objects();
    for (int i = 0; i < 100; i++) {
      replayer.newTask(++ts, 0, 1, 100, COMM, 0x1200000);
    }
    assertThat(objects()).isEqualTo(few);
    assertThat(replayer.report().lossy()).isTrue();
  }

  private int objects() {
    replayer.report(); // lets go of what is held back
    return replayer.objectCount();
  }

  /** A child is forked, makes a thread of its own, execs; child and thread exit; all on CPU 0. */
  private void cycles(int firstPid, int count) {
    for (int i = 0; i < count; i++) {
      int child = firstPid + 2 * i;
      int thread = child + 1;
      replayer.newTask(++ts, 0, 1, child, COMM, 0x1200000);
      sw(1, PrevState.INTERRUPTIBLE, child);
      replayer.exec(++ts, 0, child, child, child, COMM);
      replayer.newTask(++ts, 0, child, thread, COMM, 0x3d0f00);
      sw(child, PrevState.INTERRUPTIBLE, thread);
      replayer.exit(++ts, 0, thread, thread, COMM);
      sw(thread, PrevState.DEAD, child);
      replayer.exit(++ts, 0, child, child, COMM);
      sw(child, PrevState.ZOMBIE, 1);
    }
  }

  private void sw(int prev, int state, int next) {
    replayer.schedSwitch(++ts, 0, prev, prev, COMM, state, next, COMM);
  }

  @Test
  void cpuNumbersMayHaveHoles() {
    replayer.header(new TraceInfo("nop", 2, -1, -1));
    replayer.schedSwitch(1, 8, 1, 1, COMM, PrevState.INTERRUPTIBLE, 0, COMM);
    replayer.schedSwitch(2, 64, 2, 2, COMM, PrevState.INTERRUPTIBLE, 0, COMM);
    assertThat(replayer.report().lossy()).isFalse();
    replayer.schedSwitch(3, 72, 3, 3, COMM, PrevState.INTERRUPTIBLE, 0, COMM);
    assertThat(replayer.report().lossy()).isTrue();
    assertThat(replayer.report().switches().userToKernel()).isEqualTo(2);
  }

  @Test
  void aRecordingWithoutHeadHasTheCpusThatAreSeen() {
    replayer.header(TraceInfo.NONE);
    replayer.schedSwitch(1, 300, 1, 1, COMM, PrevState.INTERRUPTIBLE, 0, COMM);
    replayer.schedSwitch(2, 7, 2, 2, COMM, PrevState.INTERRUPTIBLE, 0, COMM);
    var report = replayer.report();
    assertThat(report.cpus()).isEqualTo(2);
    assertThat(report.lossy()).isFalse();
  }
}
