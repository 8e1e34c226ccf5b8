package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** de_thread: a thread other than the leader calls execve and gets the leader's pid. */
class ExecByThreadTest {
  @Test
  void aThreadThatExecsTakesTheLeadersPid() {
    var report = leaderDiesFirst(new Recording(2)).exec(0, 100, 101).replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.exitsWithMm()).isEqualTo(2);
    assertThat(report.mmDeaths()).isEqualTo(1);
  }

  @Test
  void aThreadMadeInTheRecordingKnowsItsLeader() {
    var report =
        new Recording(2)
            .user(100)
            .clone(1, 100, 101, THREAD)
            .sw(0, 0, "R", 101)
            .exit(1, 100)
            .sw(1, 100, "Z", 0)
            .sw(0, 100, "R+", 0)
            .sw(0, 0, "R", 100)
            .exec(0, 100, 101)
            .replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.mmDeaths()).isEqualTo(1);
  }

  @Test
  void aThreadOfAnUnknownGroupThatExecsIsTheSameTask() {
    var report = new Recording(1).user(200).sw(0, 200, "S", 77).exec(0, 70, 77).replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.mmDeaths()).isEqualTo(1);
  }

  @Test
  void theNewPidIsSeenBeforeTheExecEvent() {
    var report =
        leaderDiesFirst(new Recording(2))
            .sw(0, 100, "R+", 0)
            .sw(0, 0, "R", 100)
            .exec(0, 100, 101)
            .sw(0, 100, "S", 0)
            .replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.mmDeaths()).isEqualTo(1);
  }

  /** Thread 101 waits in de_thread on CPU 0, leader 100 and thread 102 die on CPU 1. */
  private static Recording leaderDiesFirst(Recording recording) {
    return recording
        .user(100)
        .thread(100, 101)
        .thread(100, 102)
        .sw(0, 101, "D", 0)
        .exit(1, 100)
        .sw(1, 100, "Z", 102)
        .exit(1, 102)
        .sw(1, 102, "X", 0)
        .sw(0, 0, "R", 101);
  }

  @Test
  void theOldLeaderMakesItsLastSwitchUnderTheThreadsPid() {
    var report =
        new Recording(2)
            .user(100)
            .thread(100, 101)
            .sw(0, 101, "D", 0)
            .exit(1, 100)
            .sw(0, 0, "R", 101)
            .sw(1, 101, "Z", 0)
            .exec(0, 100, 101)
            .sw(0, 100, "S", 0)
            .replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.exitsWithMm()).isEqualTo(1);
    assertThat(report.mmDeaths()).isEqualTo(1);
  }
}
