package dev.lazymm.design;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Designs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are designs, and files that are not. */
class OwnDesignTest {
  @TempDir Path folder;

  private String refused(String text) {
    Draft draft = Draft.file(folder, text);
    String message = Draft.refused(draft::load);
    assertThat(message).startsWith(draft.path());
    return message;
  }

  @Test
  void aDesignHasItsOwnNameAndIsSpelledByItsFile() {
    Draft draft = Draft.with(folder, "");
    Designs.Entry design = draft.load();
    assertThat(design.name()).isEqualTo("mine");
    assertThat(design.spelled()).isEqualTo(draft.path());
  }

  @Test
  void aCompilerErrorHasLineColumnAndCaret() {
    Draft draft = Draft.with(folder, "\tint n = \"one\"; // X\n  Foo foo;\n");
    assertThat(Draft.refused(draft::load))
        .contains(draft.at("// X").strip() + "10: incompatible types: java.lang.String")
        .contains("    \tint n = \"one\"; // X\n    \t        ^")
        .contains("cannot find symbol\n    symbol:   class Foo");
  }

  @Test
  void syntaxErrorsComeFromTheSamePlace() {
    assertThat(refused("class MyDesign {\n  int = 3;\n}\n")).contains("MyDesign.java:2:6: ");
  }

  @Test
  void manyErrorsAreCounted() {
    assertThat(refused("class MyDesign {\n" + "  Foo foo;\n".repeat(14) + "}\n"))
        .endsWith("and 4 more");
  }

  @Test
  void aPublicClassOfAnotherNameIsTheCompilersToTell() {
    assertThat(refused("public class Other {}\n")).contains(":1:8:", "Other.java");
  }

  @Test
  void anEmptyFile() {
    assertThat(refused("")).contains("it holds no class", "expected a class that implements");
  }

  @Test
  void theWrongInterface() {
    String text =
        """
        class MyDesign implements Comparable<String> {
          public int compareTo(String s) { return 0; }
        }
        """;
    assertThat(refused(text)).contains("of its classes (MyDesign) none implements LazyMm");
  }

  @Test
  void anAbstractClassIsNoDesign() {
    assertThat(refused("abstract class MyDesign implements dev.lazymm.kernel.LazyMm {}\n"))
        .contains("none implements LazyMm", "not abstract");
  }

  @Test
  void twoDesigns() {
    assertThat(
            refused(
                """
                import dev.lazymm.kernel.*;
                class A extends NoRefcount {}
                class B extends NoRefcount {}
                """))
        .contains("MyDesign.java:3: there are 2 designs in one file: A at line 2, B at line 3");
  }

  @Test
  void noConstructor() {
    assertThat(
            refused(
                """
                import dev.lazymm.kernel.*;
                class A extends NoRefcount { A(int n) {} }
                """))
        .contains("MyDesign.java:2:", "expected A(Kernel kernel) or A()");
  }

  @Test
  void namesThatReportsCannotTellApart() {
    assertThat(refused("class A extends dev.lazymm.kernel.NoRefcount {}\n"))
        .contains("that of a design of lazymm's: no-refcount");
    assertThat(
            refused(
                "class A extends dev.lazymm.kernel.NoRefcount {"
                    + " public String name() { return \"my design\"; } }\n"))
        .contains("its name() is \"my design\"");
    assertThat(
            refused(
                "class A extends dev.lazymm.kernel.NoRefcount {"
                    + " public String name() { return \"x86-lazy\"; } }\n"))
        .contains("that of an architecture: x86-lazy");
    assertThat(
            refused(
                "class A extends dev.lazymm.kernel.NoRefcount {"
                    + " public String name() { return \"a\".repeat(41); } }\n"))
        .contains("expected up to 40 letters");
    assertThat(
            refused(
                "class A extends dev.lazymm.kernel.NoRefcount {"
                    + " public String name() { return null; } }\n"))
        .contains("name() is null");
  }

  @Test
  void aConstructorOrAnInitializerThatThrows() {
    String a = "class A extends dev.lazymm.kernel.NoRefcount {\n";
    assertThat(refused(a + "  A() { throw new IllegalStateException(\"no\"); }\n}\n"))
        .contains("MyDesign.java:2: IllegalStateException: no");
    assertThat(refused(a + "  static final int N = Integer.parseInt(\"x\");\n}\n"))
        .contains("MyDesign.java:2: NumberFormatException");
    assertThat(refused(a + "  public String name() { return \"\" + 1 / (1 - 1); }\n}\n"))
        .contains("MyDesign.java:2: ArithmeticException");
  }

  @Test
  void aPackageOfOursIsRefused() {
    assertThat(refused("package dev.lazymm.kernel;\nclass A extends NoRefcount {}\n"))
        .contains("not one of lazymm's");
  }

  @Test
  void noFileAndAFolder() {
    assertThat(Draft.refused(() -> OwnDesign.load(folder + "/No.java")))
        .isEqualTo(folder + "/No.java: cannot be read: there is no such file");
    assertThat(Draft.refused(() -> OwnDesign.load(folder.toString())))
        .contains("this is a directory");
  }

  @Test
  void anotherKindOfFile() throws IOException {
    Path file = Files.writeString(folder.resolve("MyDesign.txt"), "class A {}");
    assertThat(Draft.refused(() -> OwnDesign.load(file.toString())))
        .contains("not called like a Java file");
  }

  @Test
  void whatIsNotUtf8IsToldWhere() throws IOException {
    Path file = folder.resolve("MyDesign.java");
    Files.write(file, "class A {}\n// \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Draft.refused(() -> OwnDesign.load(file.toString())))
        .startsWith(file + ":2:4: the byte 0xE9 is not UTF-8");
  }

  @Test
  void whatTheCompilerOrTheCountOfLoopsCannotTake() {
    String deep = "class A { int n(int x) { return " + "x + ".repeat(20_000) + "x; } }\n";
    assertThat(refused(deep)).contains("the compiler fails on it: java.lang.StackOverflowError");
    String loop = "    for (int i = 0; i < x; i++) x += i;\n";
    assertThat(
            refused(
                "class A extends dev.lazymm.kernel.NoRefcount {\n  int n(int x) {\n"
                    + loop.repeat(3500)
                    + "    return x;\n  }\n}\n"))
        .contains("MyDesign.java:1: A is too large to have its loops counted");
  }

  @Test
  void aModuleIsNoDesign() throws IOException {
    Path file = Files.writeString(folder.resolve("module-info.java"), "module x {}");
    assertThat(Draft.refused(() -> OwnDesign.load(file.toString())))
        .contains("of its classes (module-info) none implements LazyMm");
  }

  @Test
  void aByteOrderMarkIsNoError() {
    Draft draft = Draft.with(folder, "");
    assertThat(Draft.file(folder, "\uFEFF" + String.join("\n", draft.lines())).load().name())
        .isEqualTo("mine");
  }
}
