package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes: where, what, and what was expected. */
class CatErrorTest {

  private static CatException error(String text) {
    return error(text, Map.of());
  }

  private static CatException error(String text, Map<String, String> files) {
    return catchThrowableOfType(
        CatException.class,
        () ->
            Model.load(
                Source.of("my.cat", text), Cats.options().withIncludes(Includes.texts(files))));
  }

  private static void assertMessage(String text, String... lines) {
    assertThat(error(text)).hasMessage(String.join("\n", lines));
  }

  @Test
  void unboundName() {
    assertMessage(
        "let fre = rf\n\tacyclic fre1 | po\n",
        "my.cat:2:10: unbound name 'fre1'",
        "  \tacyclic fre1 | po",
        "  \t        ^",
        "expected a name that is defined here; did you mean 'fre'?");
  }

  @Test
  void mixedTypes() {
    assertMessage(
        "acyclic po | W",
        "my.cat:1:9: '|' between a relation and an event set",
        "  acyclic po | W",
        "          ^",
        "expected operands of one type");
    assertThat(error("empty W ; po").what()).isEqualTo("this is of type event set");
    assertThat(error("acyclic W").expected()).isEqualTo("a relation");
    assertThat(error("empty po * W").expected()).isEqualTo("an event set");
    assertThat(error("empty domain & po").what()).startsWith("'&' between a function");
    assertThat(error("empty po po").what()).isEqualTo("a relation is applied");
  }

  @Test
  void syntax() {
    assertMessage(
        "let a = po\nacyclic a |\n",
        "my.cat:3:1: the file ends too early",
        "  ",
        "  ^",
        "expected an expression");
    CatException e = error("acyclic (po | rf\nshow po");
    assertThat(e.line()).isEqualTo(2);
    assertThat(e.what()).isEqualTo("unexpected 'show'");
    assertThat(error("let = po").what()).isEqualTo("unexpected '='");
    assertThat(error("let x = $").what()).isEqualTo("unexpected character '$'");
    assertThat(error("empty po (* (* *)").what()).isEqualTo("this comment is never closed");
    assertThat(error("include \"a").what()).isEqualTo("this text is never closed");
    assertThat(error("empty match po with || {} -> 0 end").what()).contains("not complete");
  }

  @Test
  void includes() {
    assertMessage(
        "include \"nowhere.cat\"",
        "my.cat:1:9: no file 'nowhere.cat'",
        "  include \"nowhere.cat\"",
        "          ^",
        "expected a file beside this one, on the include path, or built in");
    var files = Map.of("a.cat", "include \"b.cat\"", "b.cat", "\ninclude \"a.cat\"");
    CatException loop = error("include \"a.cat\"", files);
    assertThat(loop.file()).isEqualTo("b.cat");
    assertThat(loop.line()).isEqualTo(2);
    assertThat(loop.what()).isEqualTo("'a.cat' includes itself: my.cat -> a.cat -> b.cat -> a.cat");
    CatException inside = error("include \"a.cat\"", Map.of("a.cat", "empty nowhere"));
    assertThat(inside.getMessage()).startsWith("a.cat:1:7: unbound name 'nowhere'");
  }

  @Test
  void theUsersFilesComeFirst(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("cos.cat"), "let mine = rf");
    Path main = Files.writeString(folder.resolve("main.cat"), "include \"cos.cat\"\nempty mine");
    assertThat(Model.load(Source.read(main), Cats.options()).isCompiled()).isTrue();
    Files.delete(folder.resolve("cos.cat"));
    assertThatExceptionOfType(CatException.class)
        .isThrownBy(() -> Model.load(Source.read(main), Cats.options()))
        .withMessageContaining("main.cat:2:7: unbound name 'mine'");
  }

  @Test
  void notUtf8(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("x.cat"), new byte[] {'a', '\n', 'b', (byte) 0xe9});
    assertThatExceptionOfType(CatException.class)
        .isThrownBy(() -> Source.read(file))
        .withMessageContaining("x.cat:2:2: this is not UTF-8");
  }

  @Test
  void tags() {
    assertThat(error("enum T = 'one || 'two\nshow po\nempty (if 'twoo in T then po else rf)"))
        .hasMessageContaining("my.cat:3:11: unknown tag 'twoo")
        .hasMessageContaining("did you mean 'two?");
    Source bell = Source.of("my.bell", "enum T = 'one\ninstructions R[{'one, 'none}]");
    assertThatExceptionOfType(CatException.class)
        .isThrownBy(() -> Model.load(Source.of("my.cat", "empty 0"), Cats.options().withBell(bell)))
        .withMessageContaining("my.bell:2:23: unknown tag 'none");
    assertThat(error("enum T = 'a\nempty match 'a with || 'b -> po end").what())
        .isEqualTo("no case for the tag 'a");
  }

  @Test
  void arguments() {
    assertThat(error("let f(a, b) = a | b\nempty f(po, rf, rf)"))
        .hasMessageContaining("my.cat:2:7: 3 arguments given")
        .hasMessageContaining("expected 2 of them");
    assertThat(error("let f(a, b) = a\nempty f po").what()).isEqualTo("1 argument given");
    assertThat(error("procedure p(a, b) = empty a end\ncall p(po)").what())
        .isEqualTo("1 argument given");
    assertThat(error("call rf(po)").expected()).isEqualTo("a procedure");
    assertThat(error("empty tag2scope('x)").what()).isEqualTo("unknown tag 'x");
    assertThat(error("empty fail po").what()).isEqualTo("the model says: fail");
    assertThat(error("empty lift(W, po)").what()).isEqualTo("primitive 'lift' is not built");
  }

  @Test
  void depth() {
    String open = "(".repeat(20_000);
    assertThat(error("empty " + open).what()).contains("nested too deeply");
    assertThat(error("let rec f x = f x\nempty f {'a}")).isNotNull();
    CatException loop = error("enum T = 'a\nlet rec f x = f x\nempty f 'a");
    assertThat(loop).hasMessageStartingWith("my.cat:3:1: this is nested too deeply");
    assertThat(error("procedure rec p(x) = call p(x) end\ncall p(rf)"))
        .hasMessageContaining("nested too deeply");
    assertThat(Cats.model("enum T = 'a\nlet rec f x = f x\nlet unused = f 'a").isCompiled())
        .isTrue();
  }

  @Test
  void interpretedModelsSayTheSame() {
    Model model = Cats.interpreted("acyclic po\nempty po | W");
    Structure structure = new Candidate(2).complete(Vocabulary.c());
    assertThatExceptionOfType(CatException.class)
        .isThrownBy(() -> model.judge(structure).completions((_, _) -> true))
        .withMessageContaining("my.cat:2:7: '|' between a relation and an event set");
  }

  /** Found only when there is a candidate. */
  private static void assertMistake(String text, String beginning) {
    Structure structure = new Candidate(2).relation("rf", 0, 1).complete(Vocabulary.c());
    for (Model model : List.of(Cats.model(text), Cats.interpreted(text))) {
      assertThatExceptionOfType(CatException.class)
          .isThrownBy(() -> model.judge(structure).completions((_, _) -> true))
          .withMessageStartingWith(beginning);
    }
  }

  @Test
  void recursionThatDoesNotEnd() {
    assertMistake(
        "let rec x = rf \\ x and y = rf \\ x\nempty x",
        "my.cat:1:1: this recursive definition does not become stable");
    assertMistake(
        "let rec s = match s with || {} -> {rf} || x ++ r -> {W} end\nempty s",
        "my.cat:1:13: a set of ");
  }
}
