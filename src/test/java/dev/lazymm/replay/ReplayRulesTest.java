package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.FORK;
import static dev.lazymm.replay.Recording.THREAD;
import static dev.lazymm.replay.Recording.VFORK;
import static dev.lazymm.replay.Recording.costs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.replay.ReplayReport.Costs;
import dev.lazymm.replay.ReplayReport.Switches;
import org.junit.jupiter.api.Test;

/** What each kind of event does to tasks, mms and counts. CPUs begin on tasks that are known. */
class ReplayRulesTest {
  private static final String X86 = "x86-eager";
  private static final String PPC = "powerpc-hash";

  @Test
  void aBorrowBeginsIsHandedOnAndEnds() {
    var report =
        new Recording(1)
            .user(100)
            .kthread(10)
            .sw(0, 100, "S", 0)
            .sw(0, 0, "R", 10)
            .sw(0, 10, "I", 100)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(1, 1, 0, 1, 0, 0));
    assertThat(report.lossy()).isFalse();
    assertThat(report.unknownMmShare()).isZero();
    assertThat(report.events()).isEqualTo(3);
    assertThat(report.cpus()).isEqualTo(1);
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(1, 1, 0, 0, 0, 0, 0, 0));
    assertThat(costs(report, "no-refcount", X86)).isEqualTo(new Costs(0, 0, 0, 1, 0, 0, 0, 0));
    assertThat(costs(report, "shootdown", PPC)).isEqualTo(new Costs(0, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void switchesBetweenUserTasksBorrowNothing() {
    var report =
        new Recording(1)
            .user(100)
            .thread(100, 101)
            .user(200)
            .sw(0, 100, "S", 101)
            .sw(0, 101, "S", 200)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 0, 0, 1, 1));
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aForkedProcessHasAnMmOfItsOwnWhichDiesWithIt() {
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, FORK)
            .sw(0, 100, "S", 101)
            .exit(0, 101)
            .sw(0, 101, "Z", 100)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 1, 0, 0, 1));
    assertThat(report.exitsWithMm()).isEqualTo(1);
    assertThat(report.mmDeaths()).isEqualTo(1);
    assertThat(report.lossy()).isFalse();
    // exit_mm borrows; finish_task_switch after the last switch drops, and frees.
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(1, 1, 1, 0, 0, 0, 0, 0));
    // Nobody else ever ran it: one handler, on this CPU, which is still on it.
    assertThat(costs(report, "shootdown", PPC)).isEqualTo(new Costs(0, 0, 1, 1, 0, 1, 1, 0));
  }

  @Test
  void aForkWithoutNewtaskIsPresumedToCopy() {
    var report =
        new Recording(1)
            .user(100)
            .fork(0, 100, 101)
            .sw(0, 100, "S", 101)
            .exit(0, 101)
            .sw(0, 101, "Z", 100)
            .replay();
    assertThat(report.mmDeaths()).isEqualTo(1);
    assertThat(report.unknownMmShare()).isEqualTo(1.0);
  }

  @Test
  void aThreadSharesAndItsExitLeavesTheMm() {
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, THREAD)
            .sw(0, 100, "S", 101)
            .exit(0, 101)
            .sw(0, 101, "X", 100)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(0, 1, 0, 0, 1, 0));
    assertThat(report.exitsWithMm()).isEqualTo(1);
    assertThat(report.mmDeaths()).isZero();
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(1, 1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aVforkChildSharesUntilItsExec() {
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, VFORK)
            .sw(0, 100, "D", 101)
            .exec(0, 101, 101)
            .sw(0, 101, "S", 100)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 0, 0, 1, 1));
    assertThat(report.mmDeaths()).isZero();
  }

  @Test
  void execOfAForkedProcessEndsItsCopyAtOnce() {
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, FORK)
            .sw(0, 100, "S", 101)
            .exec(0, 101, 101)
            .replay();
    assertThat(report.mmDeaths()).isEqualTo(1);
    assertThat(report.exitsWithMm()).isZero();
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(0, 0, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void aKernelThreadMakesKernelThreadsAndCanBecomeAProcess() {
    var report =
        new Recording(1)
            .kthread(2)
            .user(100)
            .sw(0, 100, "S", 2)
            .clone(0, 2, 50, FORK)
            .sw(0, 2, "S", 50)
            .exec(0, 50, 50)
            .sw(0, 50, "S", 100)
            .replay();
    assertThat(report.switches()).isEqualTo(new Switches(1, 0, 0, 1, 0, 1));
    // kernel_execve gives the borrow back in exec_mmap.
    assertThat(costs(report, "refcount", X86)).isEqualTo(new Costs(1, 1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void aPidComesAgainWhenItsTaskIsDead() {
    Recording recording = new Recording(1).user(100);
    for (int i = 0; i < 2; i++) {
      recording.clone(0, 100, 101, FORK).sw(0, 100, "S", 101);
      recording.exit(0, 101).sw(0, 101, "Z", 100);
    }
    var report = recording.replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.mmDeaths()).isEqualTo(2);
  }

  @Test
  void anMmThatACpuStillBorrowsIsFreedByThatCpusNextUserSwitch() {
    Recording recording =
        new Recording(2)
            .user(100)
            .user(200)
            .user(300)
            .sw(0, 200, "S", 0)
            .sw(1, 100, "S", 0) // CPU 1 borrows
            .sw(0, 0, "R", 100)
            .exit(0, 100)
            .sw(0, 100, "Z", 200);
    var before = recording.replay();
    assertThat(before.mmDeaths()).isEqualTo(1);
    assertThat(costs(before, "refcount", X86)).isEqualTo(new Costs(3, 2, 0, 0, 0, 0, 0, 0));
    // CPU 1 by IPI, CPU 0 itself: both were on it.
    assertThat(costs(before, "shootdown", PPC)).isEqualTo(new Costs(0, 0, 1, 2, 1, 2, 2, 0));
    var after = recording.sw(1, 0, "R", 300).replay();
    assertThat(costs(after, "refcount", X86)).isEqualTo(new Costs(3, 3, 1, 0, 0, 0, 0, 0));
    assertThat(costs(after, "shootdown", PPC)).isEqualTo(new Costs(0, 0, 1, 3, 1, 2, 2, 0));
  }

  @Test
  void onPowerpcHashEveryCpuThatRanTheMmIsInterrupted() {
    var report =
        new Recording(3)
            .user(100)
            .user(200)
            .user(300)
            .sw(0, 100, "S", 200)
            .sw(1, 300, "S", 100)
            .sw(1, 100, "S", 300)
            .sw(2, 0, "R", 100)
            .exit(2, 100)
            .sw(2, 100, "Z", 0)
            .replay();
    assertThat(costs(report, "shootdown", PPC)).isEqualTo(new Costs(0, 0, 1, 1, 2, 3, 1, 0));
    // x86 has cleared the bits of CPUs 0 and 1 when they switched away.
    assertThat(costs(report, "shootdown", X86)).isEqualTo(new Costs(0, 0, 1, 1, 0, 0, 0, 0));
  }
}
