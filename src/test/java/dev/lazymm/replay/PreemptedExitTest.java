package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.FORK;
import static dev.lazymm.replay.Recording.THREAD;
import static dev.lazymm.replay.Recording.costs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.replay.ReplayReport.Switches;
import org.junit.jupiter.api.Test;

/** Tasks that are preempted between exit_mm and sched_process_exit. */
class PreemptedExitTest {
  /** Six processes, each of which runs for 1000 us, exits and is followed by process 100. */
  private static Recording exits() {
    return exits(6);
  }

  private static Recording exits(int count) {
    Recording recording = new Recording(1).user(100);
    for (int child = 1000; child < 1000 + count; child++) {
      recording
          .clone(0, 100, child, FORK)
          .sw(0, 100, "S", child)
          .pause(1000)
          .exit(0, child)
          .sw(0, child, "Z", 100);
    }
    return recording.marker(0, 100, "BEGIN");
  }

  private static ReplayReport afterwards(Recording recording) {
    return recording.replay(Replayer.Options.everything().between("BEGIN", null));
  }

  @Test
  void aTaskThatEndsSoonAfterHadNoMmWhenItWasPreempted() {
    Recording recording = exits().clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000).pause(900);
    recording.sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(50);
    var report = afterwards(recording.exit(0, 2000).sw(0, 2000, "Z", 100));
    // In between process 100's mm was borrowed, and its own only torn down.
    assertThat(report.switches()).isEqualTo(new Switches(1, 1, 1, 0, 0, 1));
    assertThat(report.exitsWithMm()).isEqualTo(1);
    assertThat(report.mmDeaths()).isEqualTo(1);
    assertThat(report.lossy()).isFalse();
    var refcount = costs(report, "refcount", "x86-eager");
    assertThat(refcount.lazyGrabs()).isEqualTo(2);
    assertThat(refcount.lazyDrops()).isEqualTo(2);
    assertThat(refcount.finalDrops()).isEqualTo(1);
  }

  @Test
  void theMmIsFreedWhereTheTaskRunsOnNotWhereItWasPreempted() {
    Recording recording =
        new Recording(2).user(100).user(200).sw(1, 200, "S", 0).sw(1, 0, "R", 200);
    for (int child = 1000; child < 1006; child++) {
      recording.clone(0, 100, child, FORK).sw(0, 100, "S", child).pause(1000);
      recording.exit(0, child).sw(0, child, "Z", 100);
    }
    recording.marker(0, 100, "BEGIN").clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000).pause(900);
    recording.sw(0, 2000, "R+", 100).sw(1, 200, "S", 2000).pause(50).exit(1, 2000);
    var shootdown = costs(afterwards(recording), "shootdown", "powerpc-hash");
    // CPU 0 is in the mask, CPU 1, which frees, is not: switch_mm never took it there.
    assertThat(shootdown.shootIpis()).isEqualTo(1);
    assertThat(shootdown.shootHandlers()).isEqualTo(1);
    assertThat(shootdown.shootHits()).isZero();
  }

  @Test
  void aTaskThatRunsOnForAsLongAsAnExitTakesHadItsMm() {
    Recording recording = exits().clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000).pause(50);
    recording.sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(2000);
    var report = afterwards(recording.exit(0, 2000).sw(0, 2000, "Z", 100));
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 1, 0, 0, 3));
  }

  @Test
  void aTaskThatIsHeardOfAgainHadItsMm() {
    Recording recording = exits().clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000).pause(50);
    recording.sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(10).exec(0, 2000, 2000);
    var report = afterwards(recording.pause(10).exit(0, 2000).sw(0, 2000, "Z", 100));
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 1, 0, 0, 3));
  }

  @Test
  void oneOfSeveralThreadsHasNothingToTearDown() {
    Recording recording = exits().clone(0, 100, 2000, THREAD).sw(0, 100, "S", 2000).pause(50);
    recording.sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(50);
    var report = afterwards(recording.exit(0, 2000).sw(0, 2000, "X", 100));
    assertThat(report.switches()).isEqualTo(new Switches(0, 1, 0, 0, 3, 0));
  }

  @Test
  void threadsThatExitQuicklySayNothingAboutProcesses() {
    Recording recording = exits();
    for (int thread = 1100; thread < 1140; thread++) {
      recording.clone(0, 100, thread, THREAD).sw(0, 100, "S", thread);
      recording.exit(0, thread).sw(0, thread, "X", 100);
    }
    recording.marker(0, 100, "TEST").clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000);
    recording.pause(900).sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(50);
    recording.exit(0, 2000).sw(0, 2000, "Z", 100);
    var report = recording.replay(Replayer.Options.everything().between("TEST", null));
    assertThat(report.switches().userToKernel()).isEqualTo(1);
  }

  @Test
  void afterThreeExitsNothingIsConcluded() {
    Recording recording = exits(3).clone(0, 100, 2000, FORK).sw(0, 100, "S", 2000).pause(900);
    recording.sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000).pause(50);
    var report = afterwards(recording.exit(0, 2000).sw(0, 2000, "Z", 100));
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 1, 0, 0, 3));
  }

  @Test
  void withoutExitsToLearnFromNothingIsConcluded() {
    Recording recording =
        new Recording(1).user(100).marker(0, 100, "BEGIN").clone(0, 100, 2000, FORK);
    recording.sw(0, 100, "S", 2000).sw(0, 2000, "R+", 100).sw(0, 100, "S", 2000);
    var report = afterwards(recording.exit(0, 2000).sw(0, 2000, "Z", 100));
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 1, 0, 0, 3));
  }
}
