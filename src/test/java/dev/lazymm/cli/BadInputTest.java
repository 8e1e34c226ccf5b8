package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the user's input is said with its place, and nothing counted is lost. */
class BadInputTest {
  private static final String HEAD =
      """
      # tracer: nop
      #
      # entries-in-buffer/entries-written: %d/%d   #P:2
      #
      """;
  private static final String SLEEP =
      "            a-10      [000] d..2.   %d.000000: sched_switch: prev_comm=a prev_pid=10"
          + " prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120\n";
  private static final String WAKE =
      "       <idle>-0       [000] d..2.   %d.000000: sched_switch: prev_comm=swapper/0 prev_pid=0"
          + " prev_prio=120 prev_state=R ==> next_comm=a next_pid=10 next_prio=120\n";
  private static final String SOUND =
      HEAD.formatted(3, 3) + SLEEP.formatted(1) + WAKE.formatted(2) + SLEEP.formatted(3);

  @TempDir Path folder;
  private String tasks = "";

  @BeforeEach
  void taskList() throws IOException {
    tasks = file("tasks.txt", "10 10 1 400040 0 0 1 a\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private Cli replay(String trace) {
    return Cli.run("replay", trace, "--tasks", tasks);
  }

  @Test
  void aSoundRecordingIsCounted() throws IOException {
    Cli run = replay(file("t.txt", SOUND)).exits(Exit.HOLDS).fitsIntoAMail();
    assertThat(run.out()).containsPattern("user -> kernel: a borrow begins +2\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aTruncatedGzipIsCountedUpToItsEnd() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      StringBuilder text = new StringBuilder(HEAD.formatted(20_000, 20_000));
      for (int i = 0; i < 10_000; i++) {
        text.append(SLEEP.formatted(2 * i)).append(WAKE.formatted(2 * i + 1));
      }
      gzip.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    byte[] whole = bytes.toByteArray();
    String trace = file("t.gz", Arrays.copyOf(whole, whole.length / 2));
    Cli run = replay(trace).exits(Exit.USAGE);
    assertThat(run.err()).containsPattern("t\\.gz:\\d+: .*truncated");
    assertThat(run.out()).contains("INCOMPLETE").containsPattern("a borrow begins +\\d{3,}\n");
    Cli json = Cli.run("replay", trace, "--tasks", tasks, "--json").exits(Exit.USAGE);
    assertThat(json.json().at("/lossy").asBoolean()).isTrue();
    assertThat(json.json().at("/fault").asString()).contains("truncated");
    assertThat(json.json().at("/switches/userToKernel").asLong()).isPositive();
  }

  @Test
  void binaryGarbageIsNoRecording() throws IOException {
    byte[] garbage = new byte[4000];
    new SplittableRandom(7).nextBytes(garbage);
    Cli run = replay(file("t.bin", garbage)).exits(Exit.USAGE);
    assertThat(run.err()).contains("t.bin:1:1: ").contains("expected: ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anEmptyFileIsNoRecording() throws IOException {
    Cli run = replay(file("t.txt", "")).exits(Exit.USAGE);
    assertThat(run.err()).contains("t.txt: the file is empty");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void lostEventsMakeTheAnswerInconclusive() throws IOException {
    String trace = file("t.txt", SOUND + "CPU:0 [LOST 17 EVENTS]\n");
    Cli run = replay(trace).exits(Exit.INCONCLUSIVE);
    assertThat(run.err()).contains("lossy", "17 lost events");
    assertThat(run.out()).contains("LOSSY").containsPattern("a borrow begins +2\n");
  }

  @Test
  void aCpuThatTheHeadDoesNotKnowHasItsPlace() throws IOException {
    Cli run = replay(file("t.txt", SOUND.replace("[000] d..2.   3", "[007] d..2.   3")));
    run.exits(Exit.USAGE);
    assertThat(run.err()).containsPattern("t\\.txt:7:\\d+: .*CPU");
    assertThat(run.out()).contains("INCOMPLETE").containsPattern("a borrow begins +1\n");
    String trace = folder.resolve("t.txt").toString();
    Cli.run("replay", trace, "--tasks", tasks, "--cpus-with-holes").exits(Exit.HOLDS);
  }

  @Test
  void timeThatGoesBackHasItsPlace() throws IOException {
    String trace = file("t.txt", HEAD.formatted(2, 2) + SLEEP.formatted(9) + WAKE.formatted(2));
    Cli run = replay(trace).exits(Exit.USAGE);
    assertThat(run.err()).containsPattern("t\\.txt:6:\\d+: ");
    assertThat(run.out()).containsPattern("a borrow begins +1\n");
  }

  @Test
  void withoutATaskListMuchIsUnknownAndThatIsSaidLoudly() throws IOException {
    Cli run = Cli.run("replay", file("t.txt", SOUND)).exits(Exit.INCONCLUSIVE);
    assertThat(run.err()).contains("WARNING: no task list", "% of the switches");
    assertThat(run.out()).contains("NO TASK LIST");
  }

  @Test
  void filesThatAreNotThereAreNamed() throws IOException {
    String trace = file("t.txt", SOUND);
    String none = folder.resolve("none").toString();
    assertThat(Cli.run("replay", none).exits(Exit.USAGE).err())
        .contains(none + ": cannot be read: there is no such file");
    assertThat(Cli.run("replay", trace, "--tasks", none).exits(Exit.USAGE).err())
        .contains(none + ": cannot be read: there is no such file");
    assertThat(Cli.run("replay", trace, "--tasks", tasks, "--truth", tasks).exits(2).err())
        .contains("tasks.txt:1:", "this is not JSON");
    assertThat(Cli.run("replay", folder.toString()).exits(Exit.USAGE).err())
        .contains("cannot be read");
  }

  @Test
  void aTaskListWithATypoHasItsPlace() throws IOException {
    String bad = file("bad.txt", "10 10 1 400040 0 0 1 a\n11 x 1 400040 0 0 1 b\n");
    Cli run = Cli.run("replay", file("t.txt", SOUND), "--tasks", bad).exits(Exit.USAGE);
    assertThat(run.err()).containsPattern("bad\\.txt:2:\\d+: ");
  }

  @Test
  void aMissingMarkerMakesTheAnswerInconclusive() throws IOException {
    String trace = file("t.txt", SOUND);
    Cli run = Cli.run("replay", trace, "--tasks", tasks, "--from-marker", "GO", "--json");
    run.exits(Exit.INCONCLUSIVE);
    assertThat(run.json().at("/lossy").asBoolean()).isTrue();
    assertThat(run.err()).contains("there is no marker \"GO\"");
  }

  @Test
  void aScenarioWithATypoGetsACaret() throws IOException {
    String bad = file("bad.scenarios", "scenario mine: x\ncpu 0: (A1) idel\n");
    Cli run = Cli.run("check", "--scenario", bad).exits(Exit.USAGE);
    assertThat(run.err())
        .contains(
            bad
                + ":2:13: there is no action \"idel\"\n"
                + "  cpu 0: (A1) idel\n"
                + "              ^\n"
                + "expected an action",
            "did you mean \"idle\"?");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aScenarioFileWithNothingInItIsNamed() throws IOException {
    assertThat(Cli.run("check", "--scenario", file("no.scenarios", "")).exits(2).err())
        .contains("there is no scenario in it");
    assertThat(
            Cli.run("check", "--scenario", file("no.scenarios", new byte[] {-1, -2}))
                .exits(2)
                .err())
        .contains("this is not text in UTF-8");
    assertThat(Cli.run("check", "--scenario", "no/such.scenarios").exits(2).err())
        .contains("no/such.scenarios: there is no such file");
  }

  @Test
  void unknownNamesAreGuessed() {
    assertThat(Cli.run("check", "--design", "shotdown").exits(Exit.USAGE).err())
        .contains("there is no design \"shotdown\"; did you mean \"shootdown\"?");
    assertThat(Cli.run("check", "--arch", "x86-eagr").exits(Exit.USAGE).err())
        .contains("there is no architecture \"x86-eagr\"; did you mean \"x86-eager\"?");
    assertThat(Cli.run("check", "--scenario", "e07-idle-exti").exits(Exit.USAGE).err())
        .contains("did you mean e07-idle-exit");
    assertThat(Cli.run("check", "--scenario", "zz*").exits(Exit.USAGE).err()).contains("\"zz*\"");
    assertThat(Cli.run("claims", "E7").exits(Exit.USAGE).err())
        .contains("there is no claim \"E7\"; did you mean");
    assertThat(Cli.run("list", "desings").exits(Exit.USAGE).err()).contains("\"designs\"");
    assertThat(Cli.run("chek").exits(Exit.USAGE).err()).contains("check");
    assertThat(Cli.run("check", "--scenario", "zzzz").exits(Exit.USAGE).err())
        .contains("there is no scenario \"zzzz\". See ./lazymm list.");
  }

  @Test
  void aMembarrierDesignIsNamedOnce() {
    String[] args = "check --scenario membarrier-x-clears --arch powerpc-hash --brief".split(" ");
    assertThat(with(args, "--design", "shootdown+condtional").exits(Exit.USAGE).err())
        .contains("no membarrier design \"condtional\"; did you mean \"conditional\"?");
    assertThat(with(args, "--membarrier", "condtional").exits(Exit.USAGE).err())
        .contains("no membarrier design \"condtional\"; did you mean \"conditional\"?");
    String both = "--design=shootdown+conditional";
    assertThat(with(args, both, "--membarrier", "conditional").exits(Exit.USAGE).err())
        .contains("shootdown+conditional names its membarrier design", "expected no --membarrier");
    Cli twice = with(args, "--design", "shootdown", "--membarrier", "merged,merged");
    assertThat(twice.exits(Exit.HOLDS).out()).contains("1 check: 1 hold");
    Cli named = with(args, both).exits(Exit.HOLDS);
    assertThat(with(args, "--design", "shootdown", "--membarrier", "conditional")).isEqualTo(named);
  }

  private static Cli with(String[] args, String... more) {
    return Cli.run(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThat(Cli.run("check", "--max-executions", "0").exits(Exit.USAGE).err())
        .contains("'--max-executions': expected a number from 1 on", "lazymm check --help");
    assertThat(Cli.run("check", "--order", "1,1").exits(Exit.USAGE).err()).contains("'--order'");
    assertThat(Cli.run("check", "-j", "0").exits(Exit.USAGE).err()).contains("'--jobs'");
    assertThat(Cli.run("review", "--tasks", "x").exits(Exit.USAGE).err()).contains("--trace");
  }
}
