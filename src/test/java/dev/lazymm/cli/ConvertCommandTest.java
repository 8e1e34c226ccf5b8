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

  /** A model in a file that names its language is asked about what a test in C becomes. */
  @Test
  void modelsInFilesSayWhatTheyAreFor() throws IOException {
    String total =
        Files.writeString(
                folder.resolve("total.cat"),
                """
                (* none *)
                (* of *) X86_64 mine
                include "co.cat"
                acyclic po | rf | co | fr as total
                flag ~empty MFENCE as fenced
                """)
            .toString();
    Cli run = Cli.run("litmus", MP, "--models", "lkmm,tso," + total).exits(Exit.HOLDS);
    assertThat(run.out())
        .containsPattern("lkmm +Sometimes +1 +3\n")
        .containsPattern("tso +Never +0 +3\n")
        .containsPattern("total.cat +Never +0 +3\n");
  }

  /** A model of an architecture is not asked about C as it is. */
  @Test
  void modelsForAssemblyNeedAnArchitecture() throws IOException {
    assertThat(Cli.run("litmus", MP, "--model", "tso").exits(Exit.USAGE).err())
        .contains("in X86 and X86_64, not in C; expected lkmm, sc or a .cat file, or --arch tso,");
    String model =
        Files.writeString(
                folder.resolve("ours.cat"),
                """
                AArch64 ours
                include "co.cat"
                acyclic po | rf | co | fr | [A]; po | addr
                """)
            .toString();
    assertThat(Cli.run("litmus", MP, "--model", model).exits(Exit.USAGE).err())
        .contains(
            "ours.cat: is a model of tests in AArch64, not in C; expected --arch armv8, which"
                + " converts them\n",
            "ours.cat:3:",
            "unbound name 'A'");
    Cli.run("litmus", MP, "--model", model, "--arch", "armv8").exits(Exit.HOLDS);
    Files.writeString(folder.resolve("ours.cat"), "acyclic nothing as one\n");
    assertThat(Cli.run("litmus", MP, "--model", model).exits(Exit.USAGE).err())
        .contains("unbound name 'nothing'")
        .doesNotContain("--arch");
  }

  /** Where a model computes dependencies itself, registers are events for it, and for it alone. */
  @Test
  void eachModelReadsATestItsOwnWay() throws IOException {
    String test =
        Files.writeString(
                folder.resolve("A.litmus"), Cli.run("convert", MP, "--to", "aarch64").out())
            .toString();
    String registers =
        Files.writeString(
                folder.resolve("registers.cat"),
                """
                AArch64 mine
                catdep
                include "co.cat"
                acyclic po-loc | rf | co | fr
                flag ~empty Rreg as seen
                """)
            .toString();
    for (String models : new String[] {"armv8," + registers, registers + ",armv8"}) {
      assertThat(Cli.run("litmus", test, "--models", models).exits(Exit.HOLDS).out())
          .containsPattern("armv8 +Sometimes +1 +3\n")
          .containsPattern("registers.cat +Sometimes +1 +3  seen\n");
    }
  }

  @Test
  void eventsAreStatementsInC() {
    String shown = Cli.run("litmus", MP, "--arch", "power", "--show").exits(Exit.HOLDS).out();
    assertThat(shown)
        .contains("WRITE_ONCE(*data, 1)\n", "r1 = READ_ONCE(*data)\n")
        .doesNotContain("stw", "lwz");
  }

  @Test
  void judgedInTheNamesOfC() {
    Cli run = Cli.run("litmus", MP, "--arch", "aarch64").exits(Exit.HOLDS);
    assertThat(run.out()).contains("armv8, by the mapping aarch64", "1:r").doesNotContain(":X");
    assertThat(Cli.run("litmus", MP, "--models", "lkmm,armv8,sc").exits(Exit.HOLDS).out())
        .contains("lkmm ", "armv8 ", "sc ");
  }
}
