package dev.lazymm.replay;

import static dev.lazymm.replay.Recording.FORK;
import static dev.lazymm.replay.Recording.costs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.replay.ReplayReport.Switches;
import dev.lazymm.trace.FtraceTextReader;
import dev.lazymm.trace.TraceFormatException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recordings in which something is missing, and windows. */
class ReplayFaultsTest {
  @Test
  void whatACpuBorrowedBeforeItsFirstSwitchIsUnknown() {
    var report =
        new Recording(1)
            .user(100)
            .kthread(10)
            .sw(0, 0, "R", 10)
            .sw(0, 10, "S", 0)
            .sw(0, 0, "R", 100)
            .sw(0, 100, "S", 0)
            .replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.unknownMmShare()).isEqualTo(0.25);
  }

  @Test
  void aTaskThatNothingIntroducedIsPresumedToOwnAnMm() {
    var report =
        new Recording(1).user(100).sw(0, 100, "S", 77).exec(0, 77, 77).sw(0, 77, "S", 100).replay();
    assertThat(report.lossy()).isFalse();
    assertThat(report.switches()).isEqualTo(new Switches(0, 0, 0, 0, 0, 2));
    assertThat(report.mmDeaths()).isEqualTo(1);
    assertThat(report.unknownMmShare()).isEqualTo(0.5); // after the exec its mm is known
  }

  @Test
  void lostLinesMakeTheAnswerLossyAndTheCpuIsLearntAnew() {
    var report =
        new Recording(2)
            .user(100)
            .user(200)
            .sw(0, 100, "S", 0)
            .lost(0, 17)
            .sw(0, 200, "S", 100)
            .replay();
    assertThat(report.lossy()).isTrue();
    assertThat(report.switches()).isEqualTo(new Switches(1, 0, 0, 0, 0, 1));
    // The switch from idle to 200 was not seen and is not counted.
    assertThat(costs(report, "refcount", "x86-eager").lazyDrops()).isZero();
  }

  @Test
  void aSwitchThatDoesNotFitMeansThatEventsAreMissing() {
    var report =
        new Recording(2).user(100).user(200).sw(0, 100, "S", 0).sw(0, 200, "S", 0).replay();
    assertThat(report.lossy()).isTrue();
    assertThat(report.switches().userToKernel()).isEqualTo(2);
    assertThat(costs(report, "refcount", "x86-eager").lazyGrabs()).isEqualTo(2);
  }

  @Test
  void aTaskOnTwoCpusMeansThatEventsAreMissing() {
    var report =
        new Recording(2).user(100).user(200).sw(0, 200, "S", 100).sw(1, 0, "R", 100).replay();
    assertThat(report.lossy()).isTrue();
  }

  @Test
  void aLastSwitchWithoutExitEventIsAnExit() {
    var report = new Recording(1).user(100).sw(0, 100, "Z", 0).replay();
    assertThat(report.lossy()).isTrue();
    assertThat(report.exitsWithMm()).isEqualTo(1);
    assertThat(report.mmDeaths()).isEqualTo(1);
  }

  @Test
  void aPidThatComesTwiceMeansThatAnExitIsMissing() {
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, FORK)
            .clone(0, 100, 101, FORK)
            .sw(0, 100, "S", 101)
            .replay();
    assertThat(report.lossy()).isTrue();
    assertThat(report.mmDeaths()).isZero();
    assertThat(report.exitsWithMm()).isZero();
  }

  @Test
  void aListedTaskThatWasNeverSeenMayHaveEndedBefore() {
    var report = new Recording(1).user(100).user(101).clone(0, 100, 101, FORK).replay();
    assertThat(report.lossy()).isFalse();
  }

  @Test
  void aFileThatHoldsLessThanItsHeadPromisesIsLossy() throws IOException {
    Recording whole = new Recording(1).user(100).sw(0, 100, "S", 0).sw(0, 0, "R", 100);
    String cut = whole.text().substring(0, whole.text().stripTrailing().lastIndexOf('\n') + 1);
    var options = Replayer.Options.everything();
    var report = Replay.run(Recording.stream(cut), "cut", whole.taskList(), options, bytes -> {});
    assertThat(report.lossy()).isTrue();
    assertThat(report.events()).isEqualTo(1);
  }

  @Test
  void aFaultInTheFileLeavesWhatWasCounted() throws IOException {
    Recording good = new Recording(1).user(100).sw(0, 100, "S", 0).sw(0, 0, "R", 100);
    var replayer = new Replayer(Replayer.Options.everything(), good.taskList());
    String bad = good.text() + "nonsense\n";
    var numbers = FtraceTextReader.CpuNumbers.BELOW_COUNT;
    assertThatThrownBy(() -> FtraceTextReader.read(Recording.stream(bad), "bad", numbers, replayer))
        .isInstanceOf(TraceFormatException.class);
    assertThat(replayer.report().switches().total()).isEqualTo(2);
  }

  @Test
  void withoutATaskListEverybodyIsUnknown() throws IOException {
    Recording recording = new Recording(1).user(100).sw(0, 100, "S", 0).sw(0, 0, "R", 100);
    var options = Replayer.Options.everything();
    var report =
        Replay.run(Recording.stream(recording.text()), "no list", null, options, bytes -> {});
    assertThat(report.unknownMmShare()).isCloseTo(1.0, within(1e-9));
    assertThat(report.switches()).isEqualTo(new Switches(1, 1, 0, 0, 0, 0));
  }

  @Test
  void onlyTheWindowIsCountedButWhatCameBeforeIsKnown() {
    Recording recording =
        new Recording(1)
            .user(100)
            .user(200)
            .sw(0, 100, "S", 200)
            .sw(0, 200, "S", 0)
            .marker(0, 0, "BEGIN")
            .sw(0, 0, "R", 200)
            .marker(0, 200, "END")
            .sw(0, 200, "S", 100);
    var report = recording.replay(window("BEGIN", "END"));
    assertThat(report.lossy()).isFalse();
    assertThat(report.events()).isEqualTo(3);
    assertThat(report.switches()).isEqualTo(new Switches(0, 1, 0, 0, 0, 0));
    assertThat(costs(report, "refcount", "x86-eager").lazyGrabs()).isZero();
    assertThat(costs(report, "refcount", "x86-eager").lazyDrops()).isEqualTo(1);
  }

  @Test
  void eventsWithTheTimeOfAMarkerAreInside() {
    Recording recording =
        new Recording(2)
            .user(100)
            .user(200)
            .sw(0, 100, "S", 0)
            .sw(0, 0, "R", 100)
            .every(0)
            .sw(0, 100, "S", 0)
            .marker(1, 200, "BEGIN")
            .marker(1, 200, "END")
            .sw(0, 0, "R", 100)
            .every(10)
            .sw(0, 100, "S", 0);
    var report = recording.replay(window("BEGIN", "END"));
    // The second switch shares the stamp: every(0) keeps the time of the event before.
    assertThat(report.switches()).isEqualTo(new Switches(1, 2, 0, 0, 0, 0));
    assertThat(report.events()).isEqualTo(5);
  }

  @Test
  void aMissingMarkerMakesTheAnswerLossy() {
    Recording recording =
        new Recording(1).user(100).sw(0, 100, "S", 0).marker(0, 0, "END").sw(0, 0, "R", 100);
    var report = recording.replay(window("BEGIN", "END"));
    assertThat(report.lossy()).isTrue();
    assertThat(report.switches().total()).isEqualTo(2);
    assertThat(recording.replay(window(null, "NEVER")).lossy()).isTrue();
    assertThat(recording.replay(window(null, "END")).switches().total()).isEqualTo(1);
  }

  @Test
  void onlyWhatIsAskedForIsDriven() {
    var options =
        new Replayer.Options(
            List.of(Designs.find("shootdown-debug").orElseThrow()),
            List.of(Arches.find("powerpc-hash").orElseThrow()),
            null,
            null);
    var report =
        new Recording(1)
            .user(100)
            .clone(0, 100, 101, FORK)
            .sw(0, 100, "S", 101)
            .exit(0, 101)
            .sw(0, 101, "Z", 100)
            .replay(options);
    assertThat(report.designs()).containsOnlyKeys("shootdown-debug");
    assertThat(costs(report, "shootdown-debug", "powerpc-hash").shootHits()).isEqualTo(1);
  }

  private static Replayer.Options window(
      @org.jspecify.annotations.Nullable String from,
      @org.jspecify.annotations.Nullable String to) {
    return Replayer.Options.everything().between(from, to);
  }
}
