package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A design whose IPIs deadlock, on the command line. */
class DeadlockTest {
  private static final String WHAT =
      "CPU 0 waits, interrupts off, for CPU 1 to take the IPI for unlazy_mm;"
          + " CPU 1 waits, interrupts off, for CPU 0 to take the IPI for unlazy_mm";

  @TempDir Path folder;

  /** Each CPU waits for the other, which it does not let in. */
  private String[] check(String... more) throws IOException {
    String right = Files.readString(Path.of("examples/designs/LinusRule.java"));
    String wrong =
        right
            .replace("    kernel.smp()", "    boolean on = cpu.irqSave(UNLAZY);\n    kernel.smp()")
            .replace("true, UNLAZY);", "true, UNLAZY);\n    cpu.irqRestore(on, UNLAZY);");
    Path design = Files.writeString(folder.resolve("LinusRule.java"), wrong);
    Path scenario =
        Files.writeString(
            folder.resolve("two.scenarios"),
            """
            scenario two-exits: two CPUs end the mm that the other borrows
            cpu 0: (A1) idle; run B1; exit
            cpu 1: (B1) idle; run A1; exit
            """);
    String[] words = {
      "check",
      "--design",
      design.toString(),
      "--scenario",
      scenario.toString(),
      "--arch",
      "powerpc-hash"
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void theTextSaysWhoWaitsForWhom() throws IOException {
    Cli run = Cli.run(check()).exits(Exit.VIOLATED);
    assertThat(run.out().replaceAll("\\s+", " ")).contains("HANG violated", WHAT);
  }

  @Test
  void soDoesTheJson() throws IOException {
    JsonNode result = Cli.run(check("--json")).exits(Exit.VIOLATED).json().get("results").get(0);
    assertThat(result.get("invariant").asString()).isEqualTo("HANG");
    assertThat(result.get("violations").get(0).get("what").asString()).isEqualTo(WHAT);
  }
}
