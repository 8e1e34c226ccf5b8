package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about tests that are not as they should be, and where. */
@Timeout(60)
class CErrorsTest {
  private static LitmusException error(String test) {
    return assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> CLitmus.parse(Source.of("t", test)))
        .actual();
  }

  private static String inBody(String statements) {
    return "C t\n{}\nP0(int *x) {\n" + statements + "\n}\nexists (x=0)\n";
  }

  /** The column is from 1, the line is that of the statement. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r0 = smp_memx();           |  6 | Unknown macro smp_memx; did you mean smp_memb?
          r0 = frobnicate(1);        |  6 | Unknown macro frobnicate
          smp_store_release(x);      |  1 | smp_store_release() takes 2 arguments, not 1
          smp_mb(1);                 |  1 | smp_mb() takes 0 arguments, not 1
          r0 = smp_mb();             |  6 | smp_mb() has no value
          r0 = READ_ONCE(x);         | 16 | expected a location: * and the address, as in READ_ONCE(*x)
          WRITE_ONCE(*x, 1)          |  1 | unexpected }, expected ;
          r0 = 1 +;                  |  9 | unexpected ;, expected an expression
          1 = r0;                    |  1 | only registers and *addresses can be assigned to
          READ_ONCE(*x)++;           | 14 | only registers and *addresses can be assigned to
          r0 = 1 / 0;                |  8 | division by zero
          r0 = 99999999999999999999; |  6 | this number does not fit in 64 bits
          switch (r0) { }            |  1 | switch is not supported; write it with if and else
          goto out;                  |  1 | goto is not supported
          int a[3];                  |  6 | arrays are not supported
          r0 = x[1];                 |  7 | arrays are not supported
          r0 = &x;                   |  6 | the address-of operator & is not supported; a parameter is an address already
          r0 = x->next;              |  7 | fields of structures are not supported
          r0 = sizeof(int);          |  6 | sizeof is not supported
          break;                     |  1 | break outside of a loop
          """)
  void inBodies(String statement, int column, String problem) {
    LitmusException e = error(inBody(statement));
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e.column()).isEqualTo(column);
    assertThat(e.line()).isBetween(4, 5);
  }

  @Test
  void pictures() {
    assertThat(error(inBody("\tr0 = smp_memx(); // here")))
        .hasMessage(
            """
            t:4:7: Unknown macro smp_memx; did you mean smp_memb?
              \tr0 = smp_memx(); // here
              \t     ^\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          C t;{} P0(int *x) { } exists (z=0)              | 2:27: there is no location z
          C t;{} P0(int *lock) { } exists (lok=0)         | 2:30: there is no location lok; did you mean lock?
          C t;{} P0(int *x) { } exists (1:r0=0)           | 2:27: there is no thread 1: the last is P0
          C t;{ 3:r0=1; } P0(int *x) { } exists (0:r0=0)  | 2:3: there is no thread 3: the last is P0
          C t;{} P0(int *x) { } P0(int *x) { } exists (x=0) | 2:19: two threads are called P0
          C t;{} P1(int *x) { } exists (x=0)              | 2:4: expected P0: threads are numbered in order
          C t;{} P0(int *x, int *x) { } exists (x=0)      | 2:15: two parameters are called x
          C t;{} int f(int *x) { } exists (x=0)           | 2:4: functions are not supported: a thread is called P0, not f
          C t;{ x=1; int x; } P0(int *x) { } exists (x=0) | 2:12: x is initialised twice
          C t;{ int x[3]; } P0(int *x) { } exists (x=0)   | 2:8: arrays are not supported
          C t;{ int x = {1}; } P0(int *x) { } exists (x=0)| 2:11: initialisers of arrays and structures are not supported
          C t;{ x=; } P0(int *x) { } exists (x=0)         | 2:5: unexpected ;, expected a value
          C t;{} P0(int *x) { } exists                    | 2:25: ends too early, expected a condition
          C t;{} P0(int *x) { } exists (x=0               | 2:30: ends too early, expected )
          C t;{} P0(int *x) { } exists (x=0) x            | 2:32: unexpected x, expected the end or ;
          C t;{} P0(int *x) { } exists (x+0)              | 2:28: unexpected +, expected a comparison
          C t;{} P0(int *x) { }                           | 2:18: the test ends without a condition: expected exists, ~exists or forall
          C t;{} P0(int *x) { exists (x=0)                | 2:29: the test ends without a condition: expected exists, ~exists or forall; is a } missing?
          C t;{} exists (1=1)                             | has no threads: expected P0(...) { ... }
          C t;{ x=1; P0(int *x) exists (x=0)              | 2:1: the initial state begins here and its } is missing
          C t;x                                           | 2:2: expected { and the initial state, found no brace
          C t;(* {} P0(int *x) { } exists (x=0)           | 2:1: this comment begins with (* and never ends
          C t;{} P0(int *x) { /* } exists (x=0)           | 2:17: this comment begins with /* and never ends
          C;{} P0(int *x) { } exists (x=0)                | 1:1: expected the test's language and name on the first line, as in: C name
          """)
  void inTests(String test, String message) {
    assertThat(String.valueOf(error(test.replaceFirst(";", "\n")).getMessage()).lines())
        .first()
        .isEqualTo((message.matches("[0-9].*") ? "t:" : "t: ") + message);
  }

  @Test
  void otherLanguages() {
    assertThat(error("X86 t\n{}\n P0 ;\n MOV [x],$1 ;\nexists (x=0)"))
        .hasMessage("t: is a test in X86, not in C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n\n "})
  void empty(String test) {
    assertThat(error(test)).hasMessage("t: is empty");
  }

  @Test
  void notText(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("t.litmus");
    Files.write(file, "C t\n{ \u00e9 }".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> Source.read(file))
        .withMessage(file + ":2:3: this is not text in UTF-8\n  { \n    ^");
  }

  @Test
  void muchGarbage(@TempDir Path dir) throws IOException {
    byte[] bytes = new byte[10_000_000];
    RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
    Path file = dir.resolve("t.litmus");
    Files.write(file, bytes);
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> Source.read(file))
        .withMessage(file + ": is too large for a litmus test, and not text in UTF-8");
    assertThat(error("a ".repeat(1 << 20))).hasMessageContaining("is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "{", "!", "if (1) ", "*", "x=", "1?", "- "})
  void deepNesting(String one) {
    assertThat(error(inBody(one.repeat(100_000)))).message().isNotEmpty();
    assertThat(error(inBody("r0 = " + "(".repeat(300) + "1" + ")".repeat(300) + ";")).problem())
        .isEqualTo("nested too deeply: over 200 brackets or signs");
  }

  @Test
  void longExpressions() {
    assertThat(error(inBody("r0 = *x" + " + *x".repeat(20_000) + ";"))).isNotNull();
  }

  @Test
  void hugeValues() {
    assertThat(error(inBody("r0 = *x;" + "r0 = r0 + r0;".repeat(60))).problem())
        .isEqualTo("this value depends in over 5000 ways on reads");
  }

  @Test
  void tooManyWays() {
    assertThat(error(inBody("if (*x) *x = 1;".repeat(20))).problem())
        .isEqualTo("P0 has more than 100000 ways through it, or too long ones");
  }

  @Test
  void tooLongLoops() {
    String loop = "for (int %1$s = 0; %1$s < 900; %1$s++) ";
    String loops = loop.formatted("i") + loop.formatted("j") + loop.formatted("k");
    assertThat(error(inBody(loops + "r0++;")).problem()).contains("too long ones");
  }

  @Test
  void tooManyThreads() {
    String threads =
        IntStream.range(0, 200)
            .mapToObj(i -> "P" + i + "(int *x) { *x = 1; }\n")
            .collect(Collectors.joining());
    assertThat(error("C t\n{}\n" + threads + "exists (x=0)").problem())
        .isEqualTo("more than 64 threads");
  }

  @Test
  void inDefinitions() {
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> Macros.parse(Source.of("m.def", "f(X) __load{ONCE}(X)\nf(X) X")))
        .withMessage("m.def:2:1: f is defined twice\n  f(X) X\n  ^");
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> Macros.parse(Source.of("m.def", "f(X) __xchg{MB}(X)")))
        .withMessage("m.def:1:6: __xchg takes 2 operands\n  f(X) __xchg{MB}(X)\n       ^");
  }

  @Test
  void recursiveDefinitions() {
    Macros macros = Macros.parse(Source.of("m.def", "f(X) g(X)\ng(X) f(X)"));
    var options = new CLitmus.Options(macros, Set.of(), 2, 100);
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> CLitmus.parse(Source.of("t", inBody("r0 = f(1);")), options))
        .satisfies(e -> assertThat(e.line()).isEqualTo(4))
        .withMessageContaining("is defined in terms of itself");
  }
}
