package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.FORK;
import static dev.lazymm.replay.Recording.THREAD;
import static dev.lazymm.replay.Recording.VFORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exit flush IPIs of powerpc-radix, by hand. */
class RadixReplayTest {
  private static ReplayReport.Costs costs(Recording recording, String design) {
    var arches = List.of(Arches.find("powerpc-radix").orElseThrow());
    var report = recording.replay(new Replayer.Options(Designs.USUAL, arches, null, null));
    return Recording.costs(report, design, "powerpc-radix");
  }

  /** Process 100 ran on CPU 0, then on CPU 1. */
  private static Recording moved() {
    return new Recording(2).user(100).sw(0, 0, "R", 100).sw(0, 100, "S", 0).sw(1, 0, "R", 100);
  }

  @Test
  void theExitFlushInterruptsWhoeverRanTheMm() {
    var costs = costs(moved().exit(1, 100).sw(1, 100, "Z", 0), "shootdown");
    assertThat(costs.exitFlushIpis()).isEqualTo(1);
    assertThat(costs.shootIpis()).isZero();
    assertThat(costs.shootHandlers()).isEqualTo(1);
  }

  @Test
  void withoutAShootdownItIsABroadcast() {
    var recording = moved().exit(1, 100).sw(1, 100, "Z", 0);
    assertThat(costs(recording, "refcount").exitFlushIpis()).isZero();
    assertThat(costs(recording, "no-refcount").exitFlushIpis()).isZero();
  }

  @Test
  void aForkTrimsTheMaskAndTheExitFindsItTrimmed() {
    var recording = moved().clone(1, 100, 101, FORK);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isEqualTo(1);
    assertThat(costs(recording, "refcount").exitFlushIpis()).isEqualTo(1);
    recording.exit(1, 100).sw(1, 100, "Z", 0);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isEqualTo(1);
  }

  @Test
  void aProcessOfSeveralThreadsTrimsNothing() {
    var recording = moved().clone(1, 100, 101, THREAD).clone(1, 100, 102, FORK);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isZero();
  }

  /** The first thread after a fork writes to pages that the fork has shared. */
  @Test
  void theFirstThreadAfterAForkFlushes() {
    var recording = moved().clone(1, 100, 101, FORK); // CPU 0 leaves the mask
    recording.sw(1, 100, "S", 0).sw(0, 0, "R", 100).clone(0, 100, 102, THREAD);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isEqualTo(2);
  }

  /** posix_spawn: the child runs elsewhere on the parent's mm, then the parent unmaps its stack. */
  @Test
  void theParentOfAVforkFlushesWhenItRunsAgain() {
    var recording = new Recording(2).user(100).sw(0, 0, "R", 100).clone(0, 100, 101, VFORK);
    recording.sw(0, 100, "D", 0).sw(1, 0, "R", 101).exec(1, 101, 101);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isZero();
    recording.sw(0, 0, "R", 100);
    assertThat(costs(recording, "shootdown").exitFlushIpis()).isEqualTo(1);
  }

  /** What moves to init_mm there is no borrow that begins or ends at a switch. */
  @Test
  void countedBorrowsAreThoseOfTheOtherArchitectures() {
    var recording = moved().clone(1, 100, 101, FORK).exit(1, 100).sw(1, 100, "Z", 0);
    var costs = costs(recording, "refcount");
    var hash = Recording.costs(recording.replay(), "refcount", "powerpc-hash");
    assertThat(costs.lazyGrabs()).isEqualTo(hash.lazyGrabs());
  }
}
