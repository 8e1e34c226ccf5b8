package dev.lazymm.litmus.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Expected;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.litmus.x86.Program.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our model of x86 against a machine with store buffers, against the models that herd has, and
 * against published results.
 */
class TsoTest {
  private static final Path SUITE = Path.of("src/test/resources/litmus/tso");
  private static final int PROGRAMS = 400;

  private static Tools tso() throws IOException {
    return Tools.load(Request.of("tso"));
  }

  private static Tools theirs(String model) throws IOException {
    Path cat = data().resolve("cat");
    return Tools.load(new Request(null, model, null, null, List.of(cat), Set.of(), Request.UNROLL));
  }

  private static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      return abort(
          "X86 NOT TESTED AGAINST PUBLISHED RESULTS: LAZYMM_DATA is not set; it names the directory"
              + " that contains cat/ and litmus/");
    }
    return Path.of(data);
  }

  private static Result run(Tools tools, Source source) {
    LitmusTest test = tools.read(source);
    Result result = Search.run(test, tools.model(test.arch())::judge, Search.Options.defaults());
    assertThat(result.complete()).isTrue();
    return result;
  }

  private static Source source(Program program) {
    return Source.of(program.name(), program.text());
  }

  @Test
  void endsAreThoseOfTheMachine() throws IOException {
    Tools tso = tso();
    int relaxed = 0;
    Map<Kind, Integer> drawn = new EnumMap<>(Kind.class);
    for (int n = 0; n < PROGRAMS; n++) {
      Program program = Program.draw(n);
      Set<String> ends = StoreBuffers.ends(program);
      assertThat(new TreeSet<>(run(tso, source(program)).states()))
          .as(program.text())
          .isEqualTo(ends);
      relaxed +=
          run(Tools.load(Request.of("sc")), source(program)).states().size() < ends.size() ? 1 : 0;
      for (Kind kind : Kind.values()) {
        drawn.merge(kind, program.has(kind) ? 1 : 0, Integer::sum);
      }
    }
    // Programs that end the same without buffers, or lack something, would show nothing.
    assertThat(relaxed).isGreaterThan(PROGRAMS / 10);
    assertThat(drawn.values()).allMatch(count -> count > PROGRAMS / 20);
  }

  @Test
  void generatedAgainstHerdsModel() throws IOException {
    sameCounts(theirs("x86tso.cat"), PROGRAMS, 2 * PROGRAMS, Set.of());
  }

  /** In that model each fence, SFENCE too, orders a store before a load. */
  @Test
  void generatedAgainstHerdsOtherModel() throws IOException {
    sameCounts(theirs("x86tso-mixed.cat"), PROGRAMS, 2 * PROGRAMS, Set.of(Kind.SFENCE));
  }

  private static void sameCounts(Tools theirs, int from, int to, Set<Kind> but) throws IOException {
    Tools tso = tso();
    for (int n = from; n < to; n++) {
      Program program = Program.draw(n);
      if (but.stream().noneMatch(program::has)) {
        Result ours = run(tso, source(program));
        Result other = run(theirs, source(program));
        assertThat(List.of(ours.states(), ours.positive(), ours.negative()))
            .as(program.text())
            .isEqualTo(List.of(other.states(), other.positive(), other.negative()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tso", "x86tso.cat", "x86tso-mixed.cat"})
  void publishedResults(String model) throws IOException {
    Path folder = data().resolve("litmus");
    List<Path> files = files(folder.resolve("x86"));
    assertThat(files).hasSize(136);
    Tools tools = model.equals("tso") ? tso() : theirs(model);
    assertThat(differences(tools, files, folder.resolve("expected.csv"))).isEmpty();
  }

  @Test
  void ownSuiteUnderHerdsModel() throws IOException {
    assertThat(differences(theirs("x86tso.cat"), files(SUITE), SUITE.resolve("expected.csv")))
        .isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(".litmus")).sorted().toList();
    }
  }

  private static List<String> differences(Tools tools, List<Path> files, Path csv)
      throws IOException {
    Expected expected = new Expected(csv);
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      Result result = run(tools, Source.read(file));
      for (String difference : expected.of(file).orElseThrow().differences(result)) {
        all.add(file.getFileName() + ": " + difference);
      }
    }
    return all;
  }

  @Test
  void mixedSizesAreRefused() throws IOException {
    Tools tso = tso();
    String text = "X86_64 t\n{ }\nP0 | P1 ;\nmovl $1,(x) | movq (x),%rax ;\nexists (x=1)\n";
    assertThatThrownBy(() -> tso.read(Source.of("t", text)))
        .hasMessageStartingWith(
            "t:4:15: x is accessed with 8 bytes here, and with 4 in line 4: accesses of mixed sizes");
    assertThat(tso.read(Source.of("t", text.replace("movl", "movq"))).threads()).hasSize(2);
  }

  /** A test asks what the kind of model that it is judged by is to show. */
  @Test
  void questionsByKind(@TempDir Path folder) throws IOException {
    Source source =
        Source.of(
            "t",
            """
            X86 old (Old) "a name for people"
            {P0:EBX = 1};
            P0           ;
            MOV [x], EBX ;
            final (x = 1)
            with
            tso: ~exists;
            default: forall;
            << show 0 >>
            """);
    assertThat(tso().read(source).conditionText()).isEqualTo("~exists ([x]=1)");
    assertThat(tso().read(source).name()).isEqualTo("old");
    Path file = folder.resolve("tso.cat");
    Files.writeString(file, Model.builtIn("tso.cat").text());
    assertThat(Tools.load(Request.of(file.toString())).read(source).conditionText())
        .isEqualTo("~exists ([x]=1)");
    assertThat(Tools.load(Request.of("sc")).read(source).conditionText())
        .isEqualTo("forall ([x]=1)");
  }
}
