package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own model of RISC-V, and herd's, over tests of others, our own, and random ones. */
class RiscVModelTest {
  private static final int RANDOM = Effort.of(400, 1_000);

  /** So many at most are drawn to tell a model from one that lacks a part. */
  private static final int MOST = 1_000;

  @TempDir private Path folder;

  private static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    return data == null
        ? abort(
            "NOT TESTED AGAINST PUBLISHED RESULTS OF RISC-V: LAZYMM_DATA is not set; it names the"
                + " directory that contains litmus/ and cat/")
        : Path.of(data);
  }

  private static Tools ours() throws IOException {
    return Tools.load(Request.of("riscv"));
  }

  private static Tools theirs() throws IOException {
    Path cat = data().resolve("cat");
    String model = cat.resolve("riscv.cat").toString();
    return Tools.load(new Request(null, model, null, null, List.of(cat), Set.of(), Request.UNROLL));
  }

  private static Result run(Tools tools, LitmusTest test) {
    return Suite.run(test, tools.model("RISCV").model());
  }

  private static List<String> differences(Tools tools) throws IOException {
    Expected expected = new Expected(data().resolve("litmus/expected.csv"));
    List<String> all = new ArrayList<>();
    List<Path> files = Suite.files(data().resolve("litmus/riscv"));
    assertThat(files).hasSize(57);
    for (Path file : files) {
      Result result = run(tools, tools.read(Source.read(file)));
      for (String d : expected.of(file).orElseThrow().differences(result)) {
        all.add(file.getFileName() + ": " + d);
      }
    }
    return all;
  }

  @Test
  void publishedResults() throws IOException {
    assertThat(differences(ours())).isEmpty();
  }

  @Test
  void publishedResultsByTheirModel() throws IOException {
    assertThat(differences(theirs())).isEmpty();
  }

  /** Both find the same: states and counts. */
  private static String found(Tools tools, LitmusTest test) {
    Result r = run(tools, test);
    return r.positive() + " " + r.negative() + " " + r.states();
  }

  @Test
  void modelsAgreeOnOurTests() throws IOException {
    Tools ours = ours();
    Tools theirs = theirs();
    for (Path file : Suite.files(Suite.FOLDER.resolve("riscv"))) {
      LitmusTest test = ours.read(Source.read(file));
      assertThat(found(ours, test)).as(file.toString()).isEqualTo(found(theirs, test));
    }
  }

  @Test
  void modelsAgreeOnRandomTests() throws IOException {
    Tools ours = ours();
    Tools theirs = theirs();
    var random = new SplittableRandom(1);
    int weak = 0;
    Tools sc = Tools.load(Request.of("sc"));
    for (int i = 0; i < RANDOM; i++) {
      String text = new RandomRiscV(random).test();
      LitmusTest test = ours.read(Source.of("random" + i, text));
      String found = found(ours, test);
      assertThat(found).as(text).isEqualTo(found(theirs, test));
      weak += found.equals(found(sc, test)) ? 0 : 1;
    }
    // The tests are able to tell models apart.
    assertThat(weak).isGreaterThan(RANDOM / 4);
  }

  /** A model that lacks a part of what is preserved of program order differs on some of them. */
  @Test
  void randomTestsTellModelsApart() throws IOException {
    String text = dev.lazymm.cat.Model.builtIn("riscv.cat").text();
    List<String> idle = new ArrayList<>();
    List<LitmusTest> tests = new ArrayList<>(); // as many as are needed to tell
    List<String> found = new ArrayList<>();
    Tools ours = ours();
    var random = new SplittableRandom(1);
    List<Parts.Mutant> mutants =
        Parts.mutants(text).stream().filter(m -> m.name().startsWith("ppo: ")).toList();
    assertThat(mutants).hasSizeGreaterThan(5);
    for (Parts.Mutant mutant : mutants) {
      Path file = Files.writeString(folder.resolve("mutant.cat"), mutant.text());
      Tools weaker = Tools.load(Request.of(file.toString()));
      boolean told =
          Stream.iterate(0, i -> i < MOST, i -> i + 1)
              .anyMatch(i -> {
                if (i == tests.size()) {
                  tests.add(ours.read(Source.of("random" + i, new RandomRiscV(random).test())));
                  found.add(found(ours, tests.get(i)));
                }
                return !found(weaker, tests.get(i)).equals(found.get(i));
              });
      if (!told) {
        idle.add(mutant.name());
      }
    }
    assertThat(idle).isEmpty();
  }
}
