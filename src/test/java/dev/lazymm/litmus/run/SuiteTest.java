package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Our own litmus tests, each held to what the CSV file beside it says. */
class SuiteTest {
  private static final Pattern HAS_COMMENT =
      Pattern.compile("(?s)\\AC \\S+\n\n\\(\\* .+? \\*\\)\n");

  /** What locks and RCU promise is no matter of sc.cat, which knows none of their events. */
  private static final Pattern NOT_SEQUENTIAL =
      Pattern.compile("spin_|rcu_|synchronize_|while|smp_memb");

  private static List<String> differences(Tools tools, List<Path> files, Expected expected)
      throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      Result result = Suite.run(tools.read(Source.read(file)), tools.model("C").model());
      assertThat(result.complete()).isTrue();
      for (String difference : expected.of(file).orElseThrow().differences(result)) {
        all.add(file.getFileName() + ": " + difference);
      }
    }
    return all;
  }

  private static Expected expected(Path folder, String name) throws IOException {
    return new Expected(folder.resolve(name));
  }

  @Test
  void builtInModel() throws IOException {
    Tools lkmm = Tools.load(Request.of("lkmm"));
    List<Path> files = Suite.files(Suite.FOLDER);
    assertThat(files).hasSizeGreaterThan(100);
    assertThat(differences(lkmm, files, expected(Suite.FOLDER, "expected.csv"))).isEmpty();
  }

  @Test
  void kernelsModel() throws IOException {
    Tools kernel = Suite.kernel();
    List<Path> files = Suite.files(Suite.FOLDER);
    assertThat(differences(kernel, files, expected(Suite.FOLDER, "expected.csv"))).isEmpty();
  }

  @Test
  void membarrier() throws IOException {
    Tools lkmm = Tools.load(Request.of("lkmm"));
    List<Path> files = Suite.files(Suite.MEMB);
    assertThat(files).hasSizeGreaterThan(15);
    assertThat(differences(lkmm, files, expected(Suite.MEMB, "expected.csv"))).isEmpty();
  }

  @Test
  void sequentialConsistency() throws IOException {
    Tools sc = Tools.load(Request.of("sc"));
    List<Path> files = new ArrayList<>();
    for (Path file : Suite.files(Suite.FOLDER)) {
      if (!NOT_SEQUENTIAL.matcher(Files.readString(file)).find()) {
        files.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(60);
    assertThat(differences(sc, files, expected(Suite.FOLDER, "expected-sc.csv"))).isEmpty();
  }

  /** What sequential consistency lets happen, the weaker model lets happen, too. */
  @Test
  void sequentialIsStronger() throws IOException {
    Expected lkmm = expected(Suite.FOLDER, "expected.csv");
    Expected sc = expected(Suite.FOLDER, "expected-sc.csv");
    for (Path file : Suite.files(Suite.FOLDER)) {
      sc.of(file)
          .ifPresent(row ->
              assertThat(lkmm.of(file).orElseThrow().positive())
                  .as(file.toString())
                  .isGreaterThanOrEqualTo(row.positive()));
    }
  }

  @Test
  void waitingLoopIsCut() throws IOException {
    Tools lkmm = Tools.load(Request.of("lkmm"));
    Result result =
        Suite.run(
            lkmm.read(Source.read(Suite.FOLDER.resolve("spin-on-flag.litmus"))),
            lkmm.model("C").model());
    assertThat(result.cut()).isTrue();
    assertThat(result.isInconclusive()).isTrue();
    assertThat(result.complete()).isTrue();
  }

  @Test
  void eachSaysWhatItShows() throws IOException {
    List<Path> files = new ArrayList<>(Suite.files(Suite.FOLDER));
    files.addAll(Suite.files(Suite.MEMB));
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".litmus", "");
      assertThat(Files.readString(file))
          .as(name)
          .startsWith("C " + name + "\n")
          .containsPattern(HAS_COMMENT);
    }
  }
}
