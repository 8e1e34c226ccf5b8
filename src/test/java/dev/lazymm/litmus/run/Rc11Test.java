package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import dev.lazymm.report.HerdText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests in C11 by herd's rc11.cat. */
class Rc11Test {
  private static final Path FOLDER = Suite.FOLDER.resolve("rc11");

  @TempDir private Path temporary;

  private static Path cat() {
    String data = System.getenv("LAZYMM_DATA");
    return data == null
        ? abort(
            "NOT TESTED AGAINST RC11: LAZYMM_DATA is not set; it names the directory that contains"
                + " cat/")
        : Path.of(data, "cat");
  }

  private static Tools tools(String model) throws IOException {
    return Tools.load(
        new Request(null, model, null, null, List.of(cat()), Set.of(), Request.UNROLL));
  }

  private static Tools rc11() throws IOException {
    return tools(cat().resolve("rc11.cat").toString());
  }

  /** Reads C11 and needs nothing else. */
  private static Tools sc() throws IOException {
    return Tools.load(new Request(null, "sc", null, "c11", List.of(), Set.of(), Request.UNROLL));
  }

  private static List<String> differences(Tools tools) throws IOException {
    Expected expected = new Expected(FOLDER.resolve("expected.csv"));
    List<String> all = new ArrayList<>();
    for (Path file : Suite.files(FOLDER)) {
      Result result = Suite.run(tools.read(Source.read(file)), tools.model("C").model());
      for (String d : expected.of(file).orElseThrow().differences(result)) {
        all.add(file.getFileName() + ": " + d);
      }
    }
    return all;
  }

  @Test
  void ourTests() throws IOException {
    assertThat(Suite.files(FOLDER)).hasSizeGreaterThan(20);
    assertThat(differences(rc11())).isEmpty();
  }

  /**
   * Without any one of its axioms some test comes out differently; two of them stand in for each
   * other.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined_unless empty dr as Dr",
        "irreflexive hb; eco? as coherence1",
        "empty (myrmw & (rb; mo)) as atomicity|irreflexive (myrmw; eco) as coherencermw",
        "acyclic psc as SC",
        "acyclic (sb | rf) as no-thin-air"
      })
  void eachAxiomIsNeeded(String axioms) throws IOException {
    String text = Files.readString(cat().resolve("rc11.cat"));
    for (String axiom : axioms.split("\\|(?=\\w)", -1)) {
      assertThat(text).contains(axiom);
      text = text.replace(axiom, "");
    }
    Path weaker = Files.writeString(temporary.resolve("weaker.cat"), text);
    assertThat(differences(tools(weaker.toString()))).isNotEmpty();
  }

  /** Every one of these is also a behaviour of interleaved threads, or is forbidden by both. */
  @Test
  void weakerThanSequentialConsistency() throws IOException {
    Tools sc = sc();
    Tools rc11 = rc11();
    for (Path file : Suite.files(FOLDER)) {
      LitmusTest test = sc.read(Source.read(file));
      assertThat(Suite.run(test, rc11.model("C").model()).states())
          .as(file.toString())
          .containsAll(Suite.run(test, sc.model("C").model()).states());
    }
  }

  @Test
  void anUndefinedProgramIsCalledSo() throws IOException {
    Tools rc11 = rc11();
    LitmusTest test = rc11.read(Source.read(FOLDER.resolve("race-writes.litmus")));
    assertThat(HerdText.of(test, Suite.run(test, rc11.model("C").model()), 0))
        .contains("\nUndef\nWitnesses\n", "\nFlag *undef*\n");
  }

  private static LitmusTest test(String statement) throws IOException {
    return sc().read(
            Source.of(
                "t", "C t\n{}\nP0(atomic_int *x, int *y) {\n" + statement + "\n}\nexists (x=0)\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          atomic_load_explicit(x, memory_order_acquire)              | READ[A, ACQ]
          atomic_load(x)                                             | READ[A, SC]
          *x                                                         | READ[]
          atomic_store_explicit(x, 1, memory_order_release)          | WRITE[A, REL]
          atomic_store(x, 1)                                         | WRITE[A, SC]
          *x = 1                                                     | WRITE[]
          atomic_thread_fence(memory_order_acq_rel)                  | FENCE[ACQ_REL]
          atomic_exchange_explicit(x, 1, memory_order_consume)       | UPDATE[A, CON]
          atomic_fetch_add_explicit(x, 1, memory_order_relaxed)      | UPDATE[A, RLX]
          atomic_fetch_sub_explicit(x, 1, memory_order_seq_cst)      | UPDATE[A, SC]
          atomic_fetch_xor(x, 1)                                     | UPDATE[A, SC]
          """)
  void hasEvents(String statement, String expected) throws IOException {
    var events = test(statement + ";").threads().getFirst().getFirst().events();
    assertThat(events).hasSize(1);
    assertThat(
            events.getFirst().action() + "" + events.getFirst().tags().stream().sorted().toList())
        .isEqualTo(expected);
    assertThat(events.getFirst().rmw()).isEqualTo(expected.startsWith("UPDATE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          atomic_load_explicit(x, memory_order_aquire) | 25 | expected one of memory_order_acq_rel, memory_order_acquire, memory_order_consume, memory_order_relaxed, memory_order_release, memory_order_seq_cst; did you mean memory_order_acquire?
          atomic_load_explicit(x, 1)                   | 25 | expected one of memory_order_acq_rel, memory_order_acquire, memory_order_consume, memory_order_relaxed, memory_order_release, memory_order_seq_cst
          READ_ONCE(*x)                                | 1  | Unknown macro READ_ONCE
          """)
  void whatIsWrong(String statement, int column, String message) {
    LitmusException e =
        assertThatExceptionOfType(LitmusException.class)
            .isThrownBy(() -> test(statement + ";"))
            .actual();
    assertThat(String.valueOf(e.getMessage()))
        .startsWith("t:4:%d: %s\n".formatted(column, message));
  }
}
