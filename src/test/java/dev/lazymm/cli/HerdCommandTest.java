package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code herd}: herd7's options and report, and what scripts make of it. */
class HerdCommandTest {
  private static final String OURS = "docs/litmus/";

  @TempDir Path folder;

  @Test
  void theReportIsHerds() {
    Cli run = Cli.run("herd", OURS + "SB.litmus").exits(Exit.HOLDS);
    assertThat(run.out().replaceAll("(Time SB) \\d+\\.\\d\\d\n", "$1\n"))
        .isEqualTo(
            """
            Test SB Allowed
            States 4
            0:r0=0; 1:r0=0;
            0:r0=0; 1:r0=1;
            0:r0=1; 1:r0=0;
            0:r0=1; 1:r0=1;
            Ok
            Witnesses
            Positive: 1 Negative: 3
            Condition exists (0:r0=0 /\\ 1:r0=0)
            Observation SB Sometimes 1 3
            Time SB

            """);
    assertThat(run.err()).isEmpty();
    assertThat(Cli.run("herd", OURS + "SB+mbs.litmus").out())
        .contains("\nNo\nWitnesses\nPositive: 0 Negative: 3\n");
    assertThat(Cli.run("herd", OURS + "MP+plain.litmus").out())
        .contains("\nPositive: 1 Negative: 3\nFlag data-race\nCondition exists ");
  }

  @Test
  void theOtherQuantifiersHaveOtherWords() throws IOException {
    String text = Files.readString(Path.of(OURS + "SB.litmus"));
    String not = file("not.litmus", text.replace("exists", "~exists"));
    assertThat(Cli.run("herd", not).out())
        .contains("Test SB Forbidden\n", "\nNo\nWitnesses\n", "Condition ~exists (");
    String all = file("all.litmus", text.replaceAll("exists.*", "forall (0:r0=0 \\\\/ 0:r0=1)"));
    assertThat(Cli.run("herd", all).out())
        .contains("Test SB Required\n", "\nOk\n", "Observation SB Always 4 0\n");
  }

  @Test
  void anAccessThatMayGoAstrayIsWarnedOf() throws IOException {
    String test =
        file(
            "null.litmus",
            """
            C null
            {}
            P0(int **p) { int *r0 = READ_ONCE(*p); int r1 = READ_ONCE(*r0); }
            P1(int *b, int **p) { rcu_assign_pointer(*p, b); }
            exists (0:r1=1)
            """);
    Cli run = Cli.run("herd", test).exits(Exit.HOLDS);
    assertThat(run.out()).contains("Observation null Never 0 1\n");
    assertThat(run.err())
        .contains("P0 may access what is no location, in line 3: int r1 = READ_ONCE(*r0)");
    String guarded = Files.readString(Path.of(test)).replace("int r1 =", "int r1; if (r0) r1 =");
    assertThat(Cli.run("herd", file("guarded.litmus", guarded)).err()).isEmpty();
  }

  @Test
  void aCutLoopSaysLoopAndWarns() {
    Cli run = Cli.run("herd", OURS + "spin.litmus").exits(Exit.HOLDS);
    assertThat(run.out()).contains("\nLoop No\n", "\nObservation spin Never 0 3\n");
    assertThat(run.err())
        .contains("spin.litmus\": unrolling limit exceeded at 2, legal outcomes may be missing.");
  }

  @Test
  void listsAreReadAsHerdReadsThem() throws IOException {
    String here = Path.of(OURS).toAbsolutePath().toString();
    file("@all", "# ours\n" + here + "/SB.litmus\n@more\n");
    file("more", here + "/MP.litmus # a comment\n");
    assertThat(Cli.run("herd", folder.resolve("@all").toString()).exits(0).out())
        .contains("Test SB Allowed", "Test MP Allowed");
    file("@self", "@self\n");
    assertThat(Cli.run("herd", folder.resolve("@self").toString()).exits(Exit.USAGE).err())
        .contains("this list is in itself");
  }

  @Test
  void optionsOfHerdAreTaken() throws IOException {
    String cfg = file("my.cfg", "model my.cat\n");
    file("my.cat", "\"mine\"\ninclude \"cos.cat\"\nacyclic po | rf | co | fr as sc\n");
    String sb = OURS + "SB.litmus";
    assertThat(Cli.run("herd", "-conf", cfg, sb).exits(0).out()).contains("SB Never 0 3");
    String mine = folder.resolve("my.cat").toString();
    assertThat(Cli.run("herd", "-model", mine, sb).out()).contains("SB Never 0 3");
    assertThat(Cli.run("herd", "-I", folder.toString(), "-model", "my.cat", sb).out())
        .contains("SB Never 0 3");
    assertThat(Cli.run("herd", "-speedcheck", "true", "-unroll", "3", "-variant", "x,y", sb).out())
        .contains("Observation SB Sometimes 1 0");
    Cli quiet =
        Cli.run("herd", "-v", "-q", "-show", "prop", "-graph", "columns", "-timeout", "9.5", sb);
    assertThat(quiet.exits(0).err()).isEmpty();
    assertThat(Cli.run("herd", "-o", "pictures", sb).exits(0).err()).contains("-o pictures");
    assertThat(Cli.run("herd", "-version").exits(0).out()).startsWith("lazymm ");
    assertThat(Cli.run("herd", "-help").exits(0).out()).contains("-conf");
    Cli.run("herd", "-names", "x", sb).exits(Exit.USAGE); // it would choose tests
  }

  /** As runlitmus.sh and judgelitmus.sh do it, in our own words. */
  @Test
  @Tag("slow")
  void theKernelsScriptsReadIt() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = System.getProperty("java.class.path");
    Path herd = bin.resolve("herd7");
    Files.writeString(
        herd,
        "#!/bin/sh\nexec %s -cp '%s' dev.lazymm.cli.Main herd \"$@\"\n".formatted(java, path));
    assertThat(herd.toFile().setExecutable(true)).isTrue();
    String sb = Files.readString(Path.of(OURS + "SB.litmus"));
    file("bad.litmus", sb.replace("READ_ONCE", "READ_TWICE"));
    file("ring.litmus", ring(14));
    String script =
        """
        judge() {
          out=$DIR/out
          timeout 20 herd7 -timeout 5 "$@" >"$out" 2>&1
          if grep -q '^Flag data-race' "$out"; then echo race; fi
          if grep -q '^Observation .* Never 0 0$' "$out"; then echo deadlock
          elif grep -q '^Observation' "$out"; then
            grep '^Observation' "$out" | grep -o -E 'Never|Sometimes|Always'
          elif grep -q ': Unknown macro ' "$out"; then
            sed -n -e 's/^.*: Unknown macro //p' "$out" | awk '{ print "unknown", $1 }'
          elif grep -q timeout "$out"; then echo timeout
          else echo 'verification error'; fi
        }
        for t in SB SB+mbs MP+plain; do judge docs/litmus/$t.litmus; done
        judge "$DIR/bad.litmus"
        judge "$DIR/ring.litmus"
        judge "$DIR/none.litmus"
        """;
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    builder.environment().put("DIR", folder.toString());
    builder.environment().merge("PATH", bin.toString(), (old, ours) -> ours + ":" + old);
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(lines)
        .containsExactly(
            "Sometimes",
            "Never",
            "race",
            "Sometimes",
            "unknown READ_TWICE",
            "timeout",
            "verification error");
  }

  private static String ring(int threads) {
    StringBuilder text = new StringBuilder("C ring\n\n{}\n\n");
    for (int t = 0; t < threads; t++) {
      text.append("P%d(atomic_t *x)\n{\n\tint r0 = atomic_xchg(x, %d);\n}\n\n".formatted(t, t + 1));
    }
    return text.append("exists (x=1)\n").toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
