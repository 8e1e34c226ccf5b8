package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.gen.PpcCycles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** POWER: the model in our own words against the one of others, ppc.cat, and its results. */
class PowerTest {
  private static final Path OWN = Suite.FOLDER.resolve("power");
  private static final PpcCycles GENERATOR = new PpcCycles(20_261_122);

  private static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    return data == null
        ? abort("POWER NOT TESTED AGAINST ppc.cat: LAZYMM_DATA is not set; it has cat/ and litmus/")
        : Path.of(data);
  }

  private static Tools given() throws IOException {
    return Tools.load(
        new Request(
            null, "ppc.cat", null, null, List.of(data().resolve("cat")), Set.of(), Request.UNROLL));
  }

  private static void agree(Tools tools, Path folder, Path expected) throws IOException {
    var rows = new Expected(expected);
    Model model = tools.model("PPC").model();
    assertThat(model.isCompiled()).isTrue();
    for (Path file : Suite.files(folder)) {
      Result result = Suite.run(tools.read(Source.read(file)), model);
      assertThat(rows.of(file).orElseThrow().differences(result)).as(file.toString()).isEmpty();
    }
  }

  @Test
  void publishedResults() throws IOException {
    Path litmus = data().resolve("litmus");
    assertThat(Suite.files(litmus.resolve("ppc"))).hasSize(120);
    agree(Tools.load(Request.of("power")), litmus.resolve("ppc"), litmus.resolve("expected.csv"));
    agree(given(), litmus.resolve("ppc"), litmus.resolve("expected.csv"));
  }

  @Test
  void ownSuiteUnderGivenModel() throws IOException {
    agree(given(), OWN, OWN.resolve("expected.csv"));
  }

  /** Whatever a generated test shows, it shows the same under both. */
  @Test
  void generated() throws IOException {
    Model theirs = given().model("PPC").model();
    Tools ours = Tools.load(Request.of("power"));
    Map<String, Long> seen =
        IntStream.range(0, 300)
            .parallel()
            .mapToObj(n -> {
              LitmusTest test = ours.read(Source.of("generated", GENERATOR.test(n)));
              Result our = Suite.run(test, ours.model("PPC").model());
              Result their = Suite.run(test, theirs);
              assertThat(List.of(our.positive(), our.negative(), our.states()))
                  .as(GENERATOR.test(n))
                  .isEqualTo(List.of(their.positive(), their.negative(), their.states()));
              return our.observation().word();
            })
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
    assertThat(seen).hasSizeGreaterThan(1);
  }
}
