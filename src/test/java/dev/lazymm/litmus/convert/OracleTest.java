package dev.lazymm.litmus.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.CLitmus;
import dev.lazymm.litmus.gen.CycleGenerator;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.Weakened;
import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Converted tests show what their events, mapped one by one, show under the same model. */
class OracleTest {
  private static final Path FOLDER = Path.of("src/test/resources/litmus");
  private static final CycleGenerator GENERATOR = new CycleGenerator(20_261_122);
  private static final int GENERATED = Effort.of(80, 160);

  /** An architecture, two ways. */
  private record Both(String mapping) {
    Tools tools() {
      try {
        return Tools.load(new Request(null, null, null, null, List.of(), Set.of(), 2, mapping));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    String language() {
      return Mapping.find(mapping).isa();
    }

    EventTable table() {
      return EventTable.of(mapping);
    }
  }

  private record Seen(String observation, List<String> states) {
    Seen(LitmusTest test, Tools.Named model) {
      this(Search.run(test, model::judge, Search.Options.defaults()));
    }

    private Seen(Result result) {
      this(result.observation().word(), result.states());
    }
  }

  /** {@return in what the two differ; empty if the test is not covered} */
  private static Optional<List<String>> differences(Both both, Tools tools, Source source) {
    LitmusTest converted;
    try {
      converted = tools.read(source);
    } catch (LitmusException e) {
      assertThat(e).hasMessageContaining("has no mapping to");
      return Optional.empty();
    }
    var linux = CLitmus.Options.linux();
    LitmusTest marked =
        CLitmus.parse(
            Source.of(source.file(), Branches.mark(source.text())),
            new CLitmus.Options(
                Branches.macros(), linux.variants(), linux.unroll(), linux.paths()));
    LitmusTest mapped = new EventMapper(both.table()).map(marked);
    Seen found = new Seen(converted, tools.model(both.language()));
    Seen expected = new Seen(mapped, tools.model(both.language()));
    return Optional.of(
        found.equals(expected)
            ? List.of()
            : List.of(source.file() + ": " + found + " is not " + expected));
  }

  private static void agree(Both both, int least, Stream<Source> tests) {
    agree(both, both.tools(), least, tests);
  }

  private static void agree(Both both, Tools tools, int least, Stream<Source> tests) {
    List<String> wrong = new ArrayList<>();
    int[] covered = {0};
    tests.forEach(t ->
        differences(both, tools, t)
            .ifPresent(d -> {
              covered[0]++;
              wrong.addAll(d);
            }));
    assertThat(wrong).isEmpty();
    assertThat(covered[0]).isGreaterThan(least);
  }

  private static Stream<Source> own() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      List<Source> tests = new ArrayList<>();
      for (Path file : all.filter(p -> p.toString().endsWith(".litmus")).sorted().toList()) {
        tests.add(Source.read(file));
      }
      // What a loop has asked is not marked.
      return tests.stream().filter(t -> !t.text().matches("(?s).*\\b(while|for) *\\(.*"));
    }
  }

  /** What loops that count ask depends on no read. */
  private static Stream<Source> counting() {
    return Stream.of(
            "for (i = 0; i < 4; i++) r += READ_ONCE(*x);",
            "while (i < 4) { r += READ_ONCE(*x); i += 2; if (r == 2) break; }",
            "do { r += xchg(x, i); i++; } while (i != 3);")
        .map(loop ->
            """
            C counting
            {}
            P0(int *x, int *y) { WRITE_ONCE(*x, 1); smp_wmb(); WRITE_ONCE(*y, 1); }
            P1(int *x, int *y) { int i = 0; int r = READ_ONCE(*y); %s }
            exists (1:r=1)
            """
                .formatted(loop))
        .map(text -> Source.of("counting", text));
  }

  /** Comparisons that are asked for as values. */
  private static Stream<Source> comparing() {
    return Stream.of("==", "!=", "<", "<=", ">", ">=")
        .flatMap(sign -> Stream.of("1", "READ_ONCE(*y)").map(right -> sign + " " + right))
        .map(rest ->
            """
            C comparing
            {}
            P0(int *x, int *y) { WRITE_ONCE(*x, 2); smp_store_release(y, 1); }
            P1(int *x, int *y, int *z)
            {
              int r = READ_ONCE(*x);
              int s = r %s;
              WRITE_ONCE(*z, s);
              if (s) WRITE_ONCE(*y, 3);
            }
            P2(int *x, int *z) { int r = READ_ONCE(*z); WRITE_ONCE(*x, r); }
            exists (1:s=1 /\\ 2:r=1)
            """
                .formatted(rest))
        .map(text -> Source.of("comparing " + text.lines().skip(6).findFirst().orElse(""), text));
  }

  /** {@return generated tests, others for each mapping} */
  private static Stream<Source> generated(String mapping) {
    int first = GENERATED * mappings().indexOf(mapping);
    // Four threads of atomics take minutes where all final states are looked for.
    return IntStream.range(first, first + GENERATED)
        .mapToObj(n -> Source.of("generated " + n, GENERATOR.test(n)))
        .filter(s -> !s.text().contains("\nP3("));
  }

  private static List<String> mappings() {
    return EventTable.MAPPINGS;
  }

  /** A row is not what the table says: without an instruction of it, or with another. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aarch64; store RELEASE; stlr; str; mp-release-acquire",
        "aarch64-llsc; xchg MB; dmb ish; ''; sb-xchg-first",
        "ppc; fence MB; sync; lwsync; sb-mb",
        "ppc; fence wmb; lwsync; ''; mp-wmb-rmb",
        "ppc; load ACQUIRE; lwsync; ''; mp-release-acquire",
        "ppc; store RELEASE; lwsync; ''; mp-release-acquire",
        "ppc; xchg MB; sync; lwsync; sb-xchg-first",
        "ppc; lock; lwsync; ''; lock-excludes",
        "ppc; unlock; lwsync; ''; lock-observed",
        "ppc; fence after-spinlock; sync; lwsync; sb-after-spinlock",
        "riscv; fence MB; rw,rw; w,w; sb-mb",
        "riscv; fence rmb; fence r,r; ''; mp-wmb-rmb",
        "riscv; load ACQUIRE; fence r,rw; ''; mp-release-acquire",
        "riscv; store RELEASE; fence rw,w; ''; mp-release-acquire",
        "riscv; xchg MB; .aq.rl; ''; sb-xchg-last",
        "riscv; unlock; fence rw,w; ''; lock-observed",
        "riscv-llsc; lock; fence r,rw; ''; lock-excludes",
        "riscv-llsc; xchg MB; fence rw,rw; ''; sb-xchg-first",
        "x86; fence MB; mfence; ''; sb-mb",
      })
  void weakenedRow(
      String mapping, String does, String right, String wrong, String test, @TempDir Path folder)
      throws IOException {
    List<String> code = Mapping.find(mapping).row(does).lines(hole -> "{" + hole + "}", false);
    List<String> weak =
        code.stream().map(line -> line.replace(right, wrong)).filter(l -> !l.isEmpty()).toList();
    assertThat(weak).isNotEqualTo(code);
    Both both = new Both(mapping);
    Tools tools = new Both(Weakened.file(folder, mapping, does, weak).toString()).tools();
    Source source = Source.read(FOLDER.resolve(test + ".litmus"));
    assertThat(differences(both, both.tools(), source)).contains(List.of());
    assertThat(differences(both, tools, source))
        .hasValueSatisfying(wrongs -> assertThat(wrongs).isNotEmpty());
  }

  /** With the rows that are other words for herd7 in the place of the kernel's own. */
  @Test
  void whatHerdReadsDoesTheSame(@TempDir Path folder) throws IOException {
    String kernels = Files.readString(Path.of("src/main/resources/dev/lazymm/mapping/x86.toml"));
    String herds = kernels.replaceAll("code = \\[[^=]*\\]\nherd = ", "code = ");
    assertThat(herds).doesNotContain("{xaddl", "{subl", "herd = ");
    Path file = Files.writeString(folder.resolve("herds.toml"), herds);
    agree(new Both("x86"), new Both(file.toString()).tools(), 70, own());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void ownTests(String mapping) throws IOException {
    agree(new Both(mapping), 70, own());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void loopsThatCount(String mapping) {
    agree(new Both(mapping), 2, counting());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void comparisonsAsValues(String mapping) {
    agree(new Both(mapping), 11, comparing());
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void generatedTests(String mapping) {
    agree(new Both(mapping), GENERATED / 4, generated(mapping));
  }
}
