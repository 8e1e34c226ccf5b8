package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.replay.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can only be seen from outside: closed pipes, signals, standard input. */
class ProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SIGINT = 2;

  /** More executions than anyone waits for. */
  private static final String ENDLESS =
      """
      scenario endless: four CPUs at one mm
      start: cpu 1 pins A
      start: cpu 2 pins A
      start: cpu 3 pins A
      cpu 0: (A1) exit; run B1; idle
      cpu 1: (k1) use A; unuse; unpin A; run C1; idle
      cpu 2: (k2) use A; unuse; unpin A; run D1; idle
      cpu 3: (k3) use A; unuse; unpin A; run E1; idle
      """;

  @TempDir Path folder;

  private Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.lazymm.cli.Main"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
  }

  private String stderr() throws IOException {
    return Files.readString(folder.resolve("stderr"));
  }

  private static int code(Process process) throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly(); // it must not go on when the tests are over
    }
    assertThat(ended).as("it ends").isTrue();
    return process.exitValue();
  }

  @Test
  void aPipeClosedEarlyEndsQuietly() throws Exception {
    Process process = start("check");
    try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(lines.readLine()).isEqualTo("refcount on x86-eager, model sc");
    }
    assertThat(code(process)).isEqualTo(Exit.CLOSED_PIPE);
    assertThat(stderr()).isEmpty();
  }

  @Test
  void aPipeThatIsClosedStopsTheWork() {
    var out =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            true,
            StandardCharsets.US_ASCII);
    var err = new StringWriter();
    assertThat(Main.run(new String[] {"check"}, out, new PrintWriter(err)))
        .isEqualTo(Exit.CLOSED_PIPE);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anInterruptLeavesWholeLinesAndNoTrace() throws Exception {
    assumeInterruptsAreTaken();
    Path file = Files.writeString(folder.resolve("endless.scenarios"), ENDLESS);
    Process process = start("check", "--design", "refcount", "--scenario", "e06-idle-exit," + file);
    var lines = process.inputReader(StandardCharsets.US_ASCII);
    lines.readLine();
    lines.readLine();
    assertThat(lines.readLine()).endsWith("e06-idle-exit");
    interrupt(process);
    assertThat(code(process)).isEqualTo(Exit.INTERRUPTED);
    assertThat(lines.readLine()).isNull();
    assertThat(stderr()).isEqualTo("lazymm: interrupted\n");
  }

  /** One scenario has no end: nothing can be said of any site, and that is said. */
  @Test
  void whatBarriersHasAnsweredIsPrintedWhenItIsInterrupted() throws Exception {
    Path file = Files.writeString(folder.resolve("endless.scenarios"), ENDLESS);
    String scenarios = "e06-idle-exit," + file;
    Process process =
        start(
            "barriers",
            "--design",
            "refcount",
            "--arch",
            "powerpc-hash",
            "--model",
            "sc,power",
            "--scenario",
            scenarios);
    while (process.info().totalCpuDuration().orElseThrow().toSeconds() < 4) {
      Thread.sleep(50); // to start takes about one second
    }
    interrupt(process);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(code(process)).isEqualTo(Exit.INTERRUPTED);
    assertThat(printed)
        .startsWith("refcount on powerpc-hash: each site weakened alone\n")
        .contains("inconclusive: it was ended before all was done");
    assertThat(stderr()).isEqualTo("lazymm: interrupted\n");
  }

  @Test
  void anInterruptedDocumentIsNotBegun() throws Exception {
    assumeInterruptsAreTaken();
    Path file = Files.writeString(folder.resolve("endless.scenarios"), ENDLESS);
    Process process =
        start("check", "--design", "refcount", "--json", "--scenario", file.toString());
    Thread.sleep(1500); // begun or not: it must print nothing
    interrupt(process);
    assertThat(code(process)).isEqualTo(Exit.INTERRUPTED);
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
  }

  @Test
  void aFullDiskIsSaid() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -cp \"$1\" dev.lazymm.cli.Main list designs > /dev/full",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    assertThat(code(process)).isEqualTo(Exit.UNWRITABLE);
    assertThat(stderr()).startsWith("lazymm: the output cannot be written: ");
  }

  @Test
  void aRecordingMayComeFromStandardInput() throws Exception {
    Process process = start("replay", "-", "--json");
    try (var in = process.getOutputStream();
        var sample = Sample.trace()) {
      sample.transferTo(in);
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(code(process)).isEqualTo(Exit.INCONCLUSIVE);
    assertThat(out).contains("\"trace\" : \"stdin\"").endsWith("}\n");
  }

  /** A process that is started with SIGINT ignored, as by {@code nohup}, hands that on. */
  private static void assumeInterruptsAreTaken() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "no " + status);
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .sum();
    Assumptions.assumeTrue((ignored >> (SIGINT - 1) & 1) == 0, "SIGINT is ignored here");
  }

  private static void interrupt(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
