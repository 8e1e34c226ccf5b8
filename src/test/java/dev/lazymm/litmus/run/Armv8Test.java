package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others' tests of ARMv8 under our own model and under {@code aarch64.cat}. */
class Armv8Test {
  private static final String OWN = "armv8";
  private static final String OTHERS = "aarch64.cat";

  private static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    return data == null
        ? abort(
            "NOT TESTED ON OTHERS' TESTS OF ARMV8: LAZYMM_DATA is not set; it names the directory"
                + " that contains cat/ and litmus/")
        : Path.of(data);
  }

  private static Tools tools(String model) throws IOException {
    if (model.equals(OWN)) {
      return Tools.load(Request.of(OWN));
    }
    Path cat = data().resolve("cat");
    return Tools.load(
        new Request(
            null,
            cat.resolve(model).toString(),
            null,
            null,
            List.of(cat),
            Set.of(),
            Request.UNROLL));
  }

  private static List<String> differences(Tools tools, Path folder, Path expected)
      throws IOException {
    Expected rows = new Expected(expected);
    Model model = tools.model("AArch64").model();
    assertThat(model.isCompiled()).isTrue();
    List<String> all = new ArrayList<>();
    for (Path file : Suite.files(folder)) {
      Expected.Row row = rows.of(file).orElseThrow();
      for (String d : row.differences(Suite.run(tools.read(Source.read(file)), model))) {
        all.add(file.getFileName() + ": " + d);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {OWN, OTHERS})
  void othersTests(String model) throws IOException {
    Path litmus = data().resolve("litmus");
    Path folder = litmus.resolve("aarch64");
    assertThat(Suite.files(folder)).hasSize(109);
    assertThat(differences(tools(model), folder, litmus.resolve("expected.csv"))).isEmpty();
  }

  /** What our own model is to say of our own tests is what the architects' says. */
  @Test
  void ownTests() throws IOException {
    Path folder = Suite.FOLDER.resolve(OWN);
    assertThat(differences(tools(OTHERS), folder, folder.resolve("expected.csv"))).isEmpty();
  }

  /** Only a model that computes dependencies itself is given register events. */
  @Test
  void registerEventsOnlyWhereAsked() throws IOException {
    Source test = Source.read(Suite.FOLDER.resolve(OWN).resolve("mp-addr.litmus"));
    int others = tools(OTHERS).read(test).threads().get(1).getFirst().events().size();
    int own = tools(OWN).read(test).threads().get(1).getFirst().events().size();
    assertThat(own).isEqualTo(2);
    assertThat(others).isGreaterThan(2);
  }
}
