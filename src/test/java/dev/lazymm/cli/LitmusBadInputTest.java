package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a test or a model is said with its place; the other tests are run. */
class LitmusBadInputTest {
  private static final Path SB = Path.of("docs/litmus/SB.litmus");

  @TempDir Path folder;

  /** Runs a bad test before and after a good one; {@return what is said of it} */
  private String said(byte[] bad) throws IOException {
    Path file = Files.write(folder.resolve("bad.litmus"), bad);
    Cli run = Cli.run("litmus", SB.toString(), file.toString(), SB.toString()).exits(Exit.USAGE);
    assertThat(run.out())
        .containsPattern("(?s)^Sometimes .*\nerror  .*bad\\.litmus\nSometimes .*")
        .endsWith("\n3 tests, 1 errors, 0 timeouts\n");
    Cli herd = Cli.run("herd", file.toString(), SB.toString()).exits(Exit.USAGE);
    assertThat(herd.out()).startsWith("Test SB Allowed\n");
    assertThat(herd.err()).startsWith("Warning: " + file);
    assertThat(run.err()).startsWith("lazymm: " + file);
    return run.err().replace("lazymm: " + folder, "");
  }

  private String said(String good, String bad) throws IOException {
    String text = Files.readString(SB).replace(good, bad);
    return said(text.getBytes(StandardCharsets.UTF_8));
  }

  private String model(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Cli run = Cli.run("litmus", "--model", file.toString(), SB.toString()).exits(Exit.USAGE);
    assertThat(run.out()).isEmpty();
    return run.err().replace(folder + "/", "");
  }

  @Test
  void anUnknownMacroHasItsLine() throws IOException {
    assertThat(said("READ_ONCE", "READ_ONEC"))
        .isEqualTo(
            """
            /bad.litmus:12:7: Unknown macro READ_ONEC; did you mean READ_ONCE?
              \tr0 = READ_ONEC(*y);
              \t     ^
            """);
  }

  @Test
  void aTypoHasItsPlace() throws IOException {
    assertThat(said("WRITE_ONCE(*x, 1);", "WRITE_ONCE(*x 1);"))
        .startsWith("/bad.litmus:11:16: ")
        .contains("\n  \tWRITE_ONCE(*x 1);\n  \t              ^\n");
    assertThat(said("0:r0=0", "7:r0=0"))
        .startsWith("/bad.litmus:23:9: there is no thread 7: the last is P1\n");
  }

  @Test
  void aDivisionByZeroIsTheTestsFault() throws IOException {
    String text =
        "C divides\n\n{}\n\nP0(int *x, int *y)\n{\n\tint r0 = READ_ONCE(*x);\n\tif (%s) {"
            + "\n\t\tWRITE_ONCE(*y, 4 / r0);\n\t}\n}\n\nP1(int *x)\n{\n\tWRITE_ONCE(*x, 2);\n}\n\nexists (y=2)\n";
    String always = text.formatted("1");
    assertThat(said(always.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("/bad.litmus: a thread divides by zero\n");
    Path alone = Files.writeString(folder.resolve("alone.litmus"), always);
    assertThat(Cli.run("litmus", alone.toString()).exits(Exit.USAGE).err())
        .isEqualTo("lazymm: " + alone + ": a thread divides by zero\n");
    Files.writeString(alone, text.formatted("r0 != 0"));
    assertThat(Cli.run("litmus", alone.toString()).exits(Exit.HOLDS).out())
        .contains("executions   1 satisfy the condition, 1 do not");
    Files.writeString(alone, always.replace("exists", "filter (0:r0=2)\nexists"));
    assertThat(Cli.run("litmus", alone.toString()).exits(Exit.HOLDS).out())
        .contains("executions   1 satisfy the condition, 0 do not");
  }

  @Test
  void twoHundredThreadsAreTooMany() throws IOException {
    StringBuilder text = new StringBuilder("C many\n\n{}\n\n");
    for (int t = 0; t < 200; t++) {
      text.append("P%d(int *x)\n{\n\tWRITE_ONCE(*x, 1);\n}\n\n".formatted(t));
    }
    text.append("exists (x=1)\n");
    assertThat(said(text.toString().getBytes(StandardCharsets.UTF_8)))
        .startsWith("/bad.litmus:325:1: more than 64 threads\n");
  }

  @Test
  void garbageIsNoTest() throws IOException {
    byte[] garbage = new byte[10_000_000];
    new SplittableRandom(5).nextBytes(garbage);
    assertThat(said(garbage))
        .isEqualTo("/bad.litmus: is too large for a litmus test, and not text in UTF-8\n");
    byte[] latin =
        Files.readString(SB).replace("Store", "St\u00f6re").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(said(latin)).startsWith("/bad.litmus:3:6: this is not text in UTF-8\n");
    assertThat(said(new byte[0])).startsWith("/bad.litmus");
  }

  @Test
  void aModelWithAMistakeIsUsedForNothing() throws IOException {
    assertThat(model("unbound.cat", "\"unbound\"\nacyclic po | fre1 as x\n"))
        .startsWith("lazymm: unbound.cat:2:14: unbound name 'fre1'\n")
        .contains("\n               ^\n");
    assertThat(model("type.cat", "\"type\"\nacyclic po | R as x\n"))
        .startsWith("lazymm: type.cat:2:9: '|' between a relation and an event set\n");
    assertThat(model("typo.cat", "\"typo\"\nacyclik po as x\n")).startsWith("lazymm: typo.cat:2:");
    Files.writeString(folder.resolve("b.cat"), "include \"a.cat\"\n");
    assertThat(model("a.cat", "\"a\"\ninclude \"b.cat\"\n"))
        .contains("b.cat:1:9: 'a.cat' includes itself: a.cat -> b.cat -> a.cat");
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertThat(Cli.run("litmus", "no.litmus").exits(Exit.USAGE).err())
        .contains("no.litmus: there is no such file");
    assertThat(Cli.run("litmus", SB.toString(), "--model", "none").exits(Exit.USAGE).err())
        .contains("none: there is no such file; expected a model, or one of lkmm, ");
    assertThat(Cli.run("litmus", folder.toString()).exits(Exit.USAGE).err())
        .contains("there is no *.litmus in");
    assertThat(Cli.run("herd", "-conf", "no.cfg", SB.toString()).exits(Exit.USAGE).err())
        .contains("no.cfg: there is no such file");
    String csv = Files.writeString(folder.resolve("x.csv"), "test\n").toString();
    assertThat(Cli.run("litmus", SB.toString(), "--expected", csv).exits(Exit.USAGE).err())
        .contains("x.csv:1: there is no column \"observation\"");
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThat(Cli.run("litmus", SB.toString(), "--timeout", "-1").exits(Exit.USAGE).err())
        .contains("'--timeout': expected a number of seconds above 0");
    assertThat(Cli.run("litmus", SB.toString(), "-j", "0").exits(Exit.USAGE).err())
        .contains("'--jobs'");
    assertThat(Cli.run("herd", SB.toString(), "-speedcheck", "no").exits(Exit.USAGE).err())
        .contains("-speedcheck no: expected false, true or fast");
  }

  @Test
  @Timeout(60)
  void aTestWhoseTimeIsUpKeepsNoOther() throws IOException {
    StringBuilder text = new StringBuilder("C endless\n\n{}\n\n");
    for (int t = 0; t < 14; t++) {
      text.append("P%d(atomic_t *x)\n{\n\tint r0 = atomic_xchg(x, %d);\n}\n\n".formatted(t, t + 1));
    }
    text.append("exists (x=1)\n");
    String endless = Files.writeString(folder.resolve("e.litmus"), text).toString();
    Cli run = Cli.run("litmus", endless, SB.toString(), "--timeout", "2").exits(3);
    assertThat(run.out())
        .containsPattern("^timeout .* endless after \\d+\\.\\d s\nSometimes ")
        .endsWith("2 tests, 0 errors, 1 timeouts\n");
    Cli herd = Cli.run("herd", endless, SB.toString(), "-timeout", "1").exits(Exit.HOLDS);
    assertThat(herd.out()).startsWith("Test SB ");
    assertThat(herd.err()).contains("e.litmus\": timeout after ");
  }
}
