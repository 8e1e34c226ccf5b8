package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convert}, and {@code litmus --arch}. */
class ConvertCommandTest {
  private static final String MP = "docs/litmus/MP.litmus";

  @TempDir private Path folder;

  @Test
  void folders() throws IOException {
    Path out = folder.resolve("out");
    Cli run =
        Cli.run("convert", "docs/litmus", "--to", "arm64", "--out", out.toString())
            .exits(Exit.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("docs/litmus/RCU.litmus:", "() has no mapping to AArch64");
    assertThat(out.resolve("RCU.litmus")).doesNotExist();
    String mp = Cli.run("convert", MP, "--to", "armv8").exits(Exit.HOLDS).out();
    assertThat(Files.readString(out.resolve("MP.litmus"))).isEqualTo(mp);
  }

  @Test
  void badNames() {
    assertThat(Cli.run("convert", MP, "--to", "vax").exits(Exit.USAGE).err())
        .contains("there is no mapping vax; expected one of ");
    assertThat(Cli.run("convert", MP, "--to", "no.toml").exits(Exit.USAGE).err())
        .contains("no.toml: cannot be read: there is no such file");
    assertThat(Cli.run("litmus", MP, "--arch", "no.toml").exits(Exit.USAGE).err())
        .contains("cannot be read");
    assertThat(Cli.run("convert", MP).exits(Exit.USAGE).err()).contains("--to");
  }

  @Test
  void onlyC() throws IOException {
    Path test = folder.resolve("A.litmus");
    Files.writeString(test, Cli.run("convert", MP, "--to", "aarch64").out());
    assertThat(Cli.run("convert", test.toString(), "--to", "aarch64").exits(Exit.USAGE).err())
        .contains("is a test in AArch64, not in C");
    Cli own = Cli.run("litmus", test.toString(), "--arch", "aarch64").exits(Exit.HOLDS);
    assertThat(own.out()).doesNotContain("by the mapping");
  }

  @Test
  void judgedInTheNamesOfC() {
    Cli run = Cli.run("litmus", MP, "--arch", "aarch64").exits(Exit.HOLDS);
    assertThat(run.out()).contains("armv8, by the mapping aarch64", "1:r").doesNotContain(":X");
    assertThat(Cli.run("litmus", MP, "--models", "lkmm,armv8,sc").exits(Exit.HOLDS).out())
        .contains("lkmm ", "armv8 ", "sc ");
  }
}
