package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression is read as, with every parenthesis that is left out. */
class PrecedenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      textBlock =
          """
          a ; b | c           ! ((a;b)|c)
          a ; b \\ c          ! (a;(b\\c))
          a \\ b & c          ! (a\\(b&c))
          a & b ; c           ! ((a&b);c)
          a \\ b \\ c         ! ((a\\b)\\c)
          a | b ++ c          ! (a|(b++c))
          a ++ b ; c          ! (a++(b;c))
          a ++ b ++ c         ! (a++(b++c))
          a & b * c           ! (a&(b*c))
          a* ; b              ! (a* ;b)
          a * b               ! (a*b)
          r* * s              ! (r* *s)
          ~a & b              ! (~a&b)
          ~a^-1               ! ~a^-1
          ~a * b              ! (~a*b)
          a^-1 ; b            ! (a^-1;b)
          r-1 ; s             ! (r-1;s)
          a+?                 ! a+?
          f x ++ g y          ! ((f x)++(g y))
          f(x, y)             ! (f (x,y))
          f x^-1              ! (f x)^-1
          f g (h x)           ! ((f g) (h x))
          [a] ; b             ! ([]a;b)
          rcu-fence & A-cumul ! (rcu-fence&A-cumul)
          x' ; _ ; 0          ! (x';(_;0))
          {a, b} ++ c         ! ({a,b}++c)
          a (* b (* c *) *) | d   ! (a|d)
          """)
  void operators(String text, String shape) {
    assertThat(shape(text.replace("\\\\", "\\"))).isEqualTo(shape.replace("\\\\", "\\"));
  }

  @Test
  void longChainsAreNotDeep() {
    String text = "a" + " | a".repeat(50_000);
    assertThat(Cats.model("let x = 0\nlet a = x\nempty " + text).isCompiled()).isTrue();
  }

  @Test
  void commentsOfAllThreeKinds() {
    assertThat(shape("a // b\n | c # d\n | (* (* *) *) e")).isEqualTo("(a|(c|e))");
  }

  static String shape(String text) {
    CatFile file = CatReader.read(Source.of("x", "let x = " + text));
    return shape(((Instruction.Let) file.instructions().getFirst()).bindings().getFirst().value());
  }

  private static String shape(Expr expr) {
    return switch (expr) {
      case Expr.Name name -> name.name();
      case Expr.Zero _ -> "0";
      case Expr.Universe _ -> "_";
      case Expr.Unary u when u.op() == Expr.UnaryOp.COMPLEMENT -> "~" + shape(u.of());
      case Expr.Unary u when u.op() == Expr.UnaryOp.IDENTITY -> "[]" + shape(u.of());
      case Expr.Unary u -> shape(u.of()) + u.op().symbol + (u.op().symbol.equals("*") ? " " : "");
      case Expr.Binary b -> "(" + shape(b.left()) + b.op().symbol + shape(b.right()) + ")";
      case Expr.Apply a -> "(" + shape(a.function()) + " " + shape(a.argument()) + ")";
      case Expr.Tuple t ->
          "(" + String.join(",", t.parts().stream().map(p -> shape(p)).toList()) + ")";
      case Expr.SetOf s ->
          "{" + String.join(",", s.elements().stream().map(p -> shape(p)).toList()) + "}";
      default -> throw new AssertionError(expr);
    };
  }
}
