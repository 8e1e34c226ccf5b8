package dev.lazymm.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionsTest {
  @Test
  void commentsAreThoseOfEachPart() {
    var parts =
        Sections.of(
            Source.of(
                "t",
                """

                C a+b.litmus (* a name (* nested *) *)
                "a string with { in it"
                Key=Value
                (* { *)
                { x=1; (* } *) }
                P0(int *x) { // exists
                  r0 = f(*x); /* exists */ }
                locations [x]
                exists (x=1 (* the *) /\\ 0:r0=1)
                """));
    assertThat(parts.arch()).isEqualTo("C");
    assertThat(parts.name()).isEqualTo("a+b.litmus");
    assertThat(words(parts.init())).isEqualTo("x=1;");
    assertThat(words(parts.body())).isEqualTo("P0(int *x) { r0 = f(*x); }");
    assertThat(words(parts.condition())).isEqualTo("locations [x] exists (x=1 /\\ 0:r0=1)");
  }

  @Test
  void partsStayWhereTheyAre() {
    String text = "C t\n{ x=1; }\nP0() { }\nexists (x=1)";
    var parts = Sections.of(Source.of("t", text));
    for (Source part : java.util.List.of(parts.init(), parts.body(), parts.condition())) {
      assertThat(part.text()).hasSameSizeAs(text);
      for (int i = 0; i < text.length(); i++) {
        assertThat(part.text().charAt(i)).isIn(text.charAt(i), ' ');
      }
    }
  }

  @Test
  void commentsAfterTheConditionAreNotOfC() {
    var parts = Sections.of(Source.of("t", "C t\n{}\nP0() { }\nexists (x=1) (* a /* b *)"));
    assertThat(words(parts.condition())).isEqualTo("exists (x=1)");
  }

  @Test
  void blocksOfOldTestsAreLeftOut() {
    var parts =
        Sections.of(
            Source.of(
                "t", "X86 a (A) \"\"\n{};\nP0 ;\n ;\nexists x=1\n<<\n'?!\n>>\n<<>> (* a << *)"));
    assertThat(parts.name()).isEqualTo("a");
    assertThat(words(parts.body())).isEqualTo("; P0 ; ;");
    assertThat(words(parts.condition())).isEqualTo("exists x=1");
    assertThatThrownBy(() -> Sections.of(Source.of("t", "X86 a\n{}\nP0 ;\nexists x=1\n << >")))
        .hasMessageStartingWith("t:5:2: this block begins with << and never ends, expected >>");
  }

  @Test
  void aQuestionByKindBeginsTheCondition() {
    var parts =
        Sections.of(
            Source.of("t", "C a\n{}\nP0(int *final) { }\nfinal (x=1) with default: exists;"));
    assertThat(words(parts.body())).isEqualTo("P0(int *final) { }");
    assertThat(words(parts.condition())).isEqualTo("final (x=1) with default: exists;");
  }

  @Test
  void aByteOrderMarkIsNoText(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("t.litmus"), "\ufeffC t\n{}\nP0() { }\nexists (x=1)");
    assertThat(Sections.of(Source.read(file)).arch()).isEqualTo("C");
  }

  private static String words(Source source) {
    return source.text().strip().replaceAll("\\s+", " ");
  }
}
