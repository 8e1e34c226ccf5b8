package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void withoutAVerbPrintsTheHelp() {
    assertThat(run()).isEqualTo(Exit.HOLDS);
    assertThat(out.toString()).contains("Usage: lazymm", "70    a bug in lazymm");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionNamesTheJdk() {
    assertThat(run("--version")).isEqualTo(Exit.HOLDS);
    assertThat(out.toString()).startsWith("lazymm ").contains("JDK " + Runtime.version());
  }

  @Test
  void aMistypedVerbIsAUsageError() {
    assertThat(run("hel")).isEqualTo(Exit.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("lazymm: ", "hel", "lazymm help", "--help");
  }
}
