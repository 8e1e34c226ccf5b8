package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.Weakened;
import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazymm litmus --sound}: what LKMM forbids, no hardware allows by our mappings. */
class LitmusSoundTest {
  private static final String ALL = "lkmm," + String.join(",", Mapping.BUILT_IN);

  /** Those without the mapping of which docs/soundness.md tells what it allows. */
  private static final String SOUND = ALL.replace(",ppc-isync", "");

  private static final String EXCHANGE = "docs/soundness/mp-xchg-acquire.litmus";

  @TempDir Path folder;

  private static Cli sound(String models, List<String> tests) {
    List<String> args = new ArrayList<>(List.of("litmus"));
    args.addAll(tests);
    args.addAll(List.of("--models", models, "--sound", "--condition-only"));
    return Cli.run(args.toArray(String[]::new));
  }

  private static List<String> own() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/litmus"))) {
      return all.map(Path::toString).filter(p -> p.endsWith(".litmus")).sorted().toList();
    }
  }

  @Test
  void ownTests() throws IOException {
    // One of them has a loop, and so it is not known what LKMM says of it.
    String out = sound(ALL, own()).exits(Exit.INCONCLUSIVE).fitsIntoAMail().out();
    assertThat(out).doesNotContain("allows:").contains("without a mapping: synchronize_rcu() ");
    assertThat(out).containsPattern("  riscv-llsc +[4-9]\\d +0 +0 +\\d+\n");
  }

  /** A check that cannot fail is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aarch64; store RELEASE; str {value},[{address}]; wrc-release",
        "aarch64; load ACQUIRE; ldr {result},[{address}]; lb-acquire",
        "aarch64; fence MB; dmb ishld; sb-mb",
        "aarch64; fence after-spinlock; dmb ishld; sb-after-spinlock",
        "aarch64; unlock; mov {t1},#0 / str {t1},[{address}]; lock-observed",
        "ppc; fence MB; lwsync; iriw-mb",
        "ppc; fence after-unlock-lock; lwsync; sb-after-unlock-lock",
        "riscv; xchg MB; {amoswap.w|amoswap.d} {result},{value},({address}); sb-xchg-last",
        "x86; fence MB; none; sb-mb",
      })
  void weakenedRow(String mapping, String does, String code, String test) throws IOException {
    List<String> lines = code.equals("none") ? List.of() : List.of(code.split(" / "));
    Path weak = Weakened.file(folder, mapping, does, lines);
    List<String> one = List.of("src/test/resources/litmus/" + test + ".litmus");
    sound("lkmm," + mapping, one).exits(Exit.HOLDS);
    String out = sound("lkmm," + weak, one).exits(Exit.VIOLATED).out();
    assertThat(out).contains("allows:\n  " + test + "\n");
  }

  @Test
  void whatIsNotSoundIsShown() {
    List<String> both = List.of(EXCHANGE, "docs/soundness/mp-cmpxchg-acquire.litmus");
    assertThat(sound("lkmm,ppc,ppc-isync", both).exits(Exit.VIOLATED).out())
        .contains("ppc-isync allows:\n  mp-xchg-acquire\n", "\n  ppc-isync  Sometimes ")
        .doesNotContain("mp-cmpxchg-acquire");
    assertThat(sound("lkmm,ppc", both).exits(Exit.HOLDS).out()).doesNotContain("allows:");
  }

  @Test
  void theSummaryIsInTheDocument() {
    List<String> args =
        List.of(
            "litmus",
            EXCHANGE,
            "docs/soundness/mp-cmpxchg-acquire.litmus",
            "docs/soundness/mp-fetch-add-acquire.litmus",
            "docs/soundness/mp-unlock-lock-reads.litmus",
            "docs/litmus/RCU.litmus",
            "--models",
            "lkmm,ppc-isync");
    JsonNode all = json(args, "--sound", "--json");
    assertThat(all.at("/results")).hasSize(2);
    JsonNode summary = all.at("/soundness");
    assertThat(summary.at("/first").asString()).isEqualTo("lkmm");
    assertThat(summary.at("/holds").asBoolean()).isFalse();
    assertThat(summary.at("/forbidden").asInt()).isEqualTo(5);
    assertThat(summary.at("/allowed").asInt()).isZero();
    assertThat(summary.at("/models").toString())
        .isEqualTo(
            "[{\"model\":\"ppc-isync\",\"covered\":4,\"forbidden\":3,"
                + "\"allowed\":[\"mp-xchg-acquire\"],\"open\":0,"
                + "\"withoutMapping\":{\"rcu_read_lock()\":1}}]");
    assertThat(json(args, "--json").at("/soundness").isNull()).isTrue();
  }

  private static JsonNode json(List<String> args, String... more) {
    String[] all = Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new);
    return JsonMapper.shared().readTree(Cli.run(all).out());
  }

  @Test
  void racesPromiseNothing() {
    String out = sound("lkmm,armv8", List.of("docs/litmus/MP+plain.litmus")).exits(0).out();
    assertThat(out).startsWith("of 1 tests lkmm forbids 0 and allows 0; 1 have data races");
  }

  @Test
  void whatHasNoMappingIsNoError() {
    Cli run = Cli.run("litmus", "docs/litmus/RCU.litmus", "--models", "lkmm,tso");
    assertThat(run.exits(Exit.HOLDS).out()).contains("  tso   no mapping   rcu_read_lock()\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void oneModelIsHeldToNothing() {
    Cli run = Cli.run("litmus", EXCHANGE, "--models", "lkmm", "--sound").exits(Exit.USAGE);
    assertThat(run.err()).contains("--sound\n  expected --models with at least two");
  }

  @Test
  void generatedTests() {
    generated(40);
  }

  @Tag("slow")
  @Test
  void manyGeneratedTests() {
    generated(Effort.of(300, 10_000));
  }

  private static void generated(int tests) {
    String number = Integer.toString(tests);
    String[] args = {"litmus", "--generate", number, "--models", SOUND, "--sound"};
    Cli run =
        Cli.run(
            Stream.concat(Stream.of(args), Stream.of("--condition-only")).toArray(String[]::new));
    assertThat(run.exits(Exit.HOLDS).out()).satisfies(LitmusSoundTest::allForbidSome);
  }

  /** Where no test was covered nothing could be allowed, either. */
  private static void allForbidSome(String out) {
    assertThat(out).doesNotContain("allows:");
    for (String mapping : Mapping.BUILT_IN) {
      if (!mapping.equals("ppc-isync")) {
        assertThat(out).containsPattern("\n  " + mapping + " +[1-9]\\d* +0 ");
      }
    }
  }

  /** All of the kernel's tests and others' of LKMM. */
  @Tag("slow")
  @Test
  void publishedTests() {
    published("litmus/lkmm");
  }

  /** Some of them, which are fast. */
  @Test
  void somePublishedTests() {
    published("litmus/lkmm/catalogue");
  }

  private static void published(String name) {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      abort(
          "SOUNDNESS NOT TESTED ON PUBLISHED TESTS: LAZYMM_DATA is not set; it names the directory"
              + " that contains litmus/");
    }
    Cli run = sound(SOUND, List.of(data + "/" + name));
    assertThat(run.out()).satisfies(LitmusSoundTest::allForbidSome);
    assertThat(run.err().lines())
        .allMatch(line -> line.contains("WARNING") && line.contains("is no location"));
  }
}
