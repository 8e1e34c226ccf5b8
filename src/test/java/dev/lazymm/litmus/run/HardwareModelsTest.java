package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our own models of hardware over our own tests of them. Each check of a model and each operand of
 * a union in it bears load: without it, some test comes out differently. Which ones is in the
 * {@code bears-load.txt} beside the tests; {@code -Dgolden.update=true} writes it anew.
 */
class HardwareModelsTest {
  private static final Pattern COMMENTED =
      Pattern.compile("(?s)\\A\\w+ \\S+\n\n\\(\\* .+? \\*\\)\n.*");

  @TempDir private Path folder;

  private record Entry(Path file, LitmusTest test, Expected.Row row) {
    String name() {
      return file.getFileName().toString().replace(".litmus", "");
    }
  }

  static Stream<String> models() {
    return Stream.of("tso", "armv8", "power", "riscv").filter(m -> Files.isDirectory(tests(m)));
  }

  private static Path tests(String model) {
    return Suite.FOLDER.resolve(model);
  }

  private static List<Entry> suite(String model) throws IOException {
    Tools tools = Tools.load(Request.of(model));
    Expected expected = new Expected(tests(model).resolve("expected.csv"));
    List<Entry> all = new ArrayList<>();
    for (Path file : Suite.files(tests(model))) {
      Source source = Source.read(file);
      assertThat(COMMENTED.matcher(source.text()).matches()).as("%s says why", file).isTrue();
      all.add(new Entry(file, tools.read(source), expected.of(file).orElseThrow()));
    }
    assertThat(all).hasSizeGreaterThan(5);
    return all;
  }

  /** {@return the names of the tests that do not come out as expected} */
  private static List<String> changed(Tools tools, List<Entry> suite) {
    List<String> all = new ArrayList<>();
    for (Entry e : suite) {
      Model model = tools.model(e.test.arch()).model();
      assertThat(model.isCompiled()).isTrue();
      if (!e.row.differences(Suite.run(e.test, model)).isEmpty()) {
        all.add(e.name());
      }
    }
    return all;
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("models")
  void comesOutAsExpected(String model) throws IOException {
    assertThat(changed(Tools.load(Request.of(model)), suite(model))).isEmpty();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("models")
  void everyPartBearsLoad(String model) throws IOException {
    List<Entry> suite = suite(model);
    List<Parts.Mutant> mutants = Parts.mutants(Model.builtIn(model + ".cat").text());
    var lines = new StringBuilder();
    for (Parts.Mutant mutant : mutants) {
      Path file = folder.resolve("mutant.cat");
      Files.writeString(file, mutant.text());
      List<String> changed = changed(Tools.load(Request.of(file.toString())), suite);
      assertThat(changed).as("without %s", mutant.name()).isNotEmpty();
      lines.append(mutant.name()).append(": ").append(String.join(" ", changed)).append('\n');
    }
    Path table = tests(model).resolve("bears-load.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(table, lines);
    }
    assertThat(lines.toString()).isEqualTo(Files.readString(table));
  }
}
