package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.replay.ReplayReport.Interval;
import org.junit.jupiter.api.Test;

/** Which CPUs get the IPI of a call, as far as the schedule tells. */
class MembarrierCallsTest {
  private static final String REGISTER = "10";
  private static final String PRIVATE = "8";
  private static final String GLOBAL = "2";

  /** Process 100 with a thread on each of three CPUs, a stranger on the fourth. */
  private static Recording threads() {
    return new Recording(4)
        .user(100)
        .user(200)
        .clone(0, 100, 101, THREAD)
        .clone(0, 100, 102, THREAD)
        .sw(1, 0, "R", 101)
        .sw(2, 0, "R", 102)
        .sw(3, 0, "R", 200);
  }

  private static Interval ipis(Recording recording) {
    return recording.replay().membarrierIpis();
  }

  @Test
  void whoRunsTheMmAllTheTimeIsCertain() {
    Recording r = threads().membarrier(0, 100, REGISTER).membarrierReturns(0, 100);
    r.membarrier(0, 100, PRIVATE).membarrierReturns(0, 100);
    assertThat(ipis(r)).isEqualTo(new Interval(2, 2));
    assertThat(r.replay().membarrierCalls()).isEqualTo(1);
  }

  @Test
  void whoComesOrGoesMeanwhileIsPossible() {
    Recording r = threads().membarrier(0, 100, REGISTER).membarrierReturns(0, 100);
    r.membarrier(0, 100, PRIVATE).sw(1, 101, "S", 0).membarrierReturns(0, 100);
    assertThat(ipis(r)).isEqualTo(new Interval(1, 2));
    r.membarrier(0, 100, PRIVATE).sw(1, 0, "R", 101).membarrierReturns(0, 100);
    assertThat(ipis(r)).isEqualTo(new Interval(2, 4));
  }

  @Test
  void withoutARegistrationNothingIsCertain() {
    Recording r = threads().membarrier(0, 100, PRIVATE).membarrierReturns(0, 100);
    assertThat(ipis(r)).isEqualTo(new Interval(0, 2));
  }

  @Test
  void withoutTheReturnNothingIsCertain() {
    Recording r = threads().membarrier(0, 100, REGISTER).membarrier(0, 100, PRIVATE);
    assertThat(ipis(r)).isEqualTo(new Interval(0, 2));
  }

  @Test
  void aBorrowerGetsNone() {
    Recording r = threads().membarrier(0, 100, REGISTER).membarrierReturns(0, 100);
    r.sw(1, 101, "S", 0).sw(2, 102, "S", 0);
    assertThat(ipis(r.membarrier(0, 100, PRIVATE).membarrierReturns(0, 100)))
        .isEqualTo(new Interval(0, 0));
  }

  @Test
  void aSingleUserSendsNone() {
    Recording r = new Recording(1).user(100).membarrier(0, 100, REGISTER);
    assertThat(ipis(r.membarrier(0, 100, PRIVATE).membarrierReturns(0, 100)))
        .isEqualTo(new Interval(0, 0));
  }

  @Test
  void theGlobalCommandMayReachEveryUserTask() {
    Recording r = threads().membarrier(0, 100, GLOBAL).membarrierReturns(0, 100);
    assertThat(ipis(r)).isEqualTo(new Interval(0, 3));
  }

  @Test
  void otherCommandsSendNone() {
    Recording r = threads().membarrier(0, 100, "0").membarrierReturns(0, 100);
    assertThat(r.replay().membarrierCalls()).isZero();
  }
}
