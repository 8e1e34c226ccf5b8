package dev.lazymm.cat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression of the language as it stands in the text. */
sealed interface Expr {
  /** {@return where it begins} */
  Place at();

  /** What a prefix or postfix operator does. */
  enum UnaryOp {
    PLUS("+"),
    STAR("*"),
    OPTIONAL("?"),
    INVERSE("^-1"),
    COMPLEMENT("~"),
    IDENTITY("[]");

    final String symbol;

    UnaryOp(String symbol) {
      this.symbol = symbol;
    }
  }

  /** What an infix operator does. */
  enum BinaryOp {
    UNION("|"),
    INSERT("++"),
    SEQUENCE(";"),
    MINUS("\\"),
    INTERSECT("&"),
    PRODUCT("*");

    final String symbol;

    BinaryOp(String symbol) {
      this.symbol = symbol;
    }
  }

  record Name(Place at, String name) implements Expr {}

  /** {@code 0}, and <code>{}</code>: of any type. */
  record Zero(Place at) implements Expr {}

  /** {@code _}: all events, or all pairs. */
  record Universe(Place at) implements Expr {}

  record Tag(Place at, String tag) implements Expr {}

  record SetOf(Place at, List<Expr> elements) implements Expr {}

  record Tuple(Place at, List<Expr> parts) implements Expr {}

  record Unary(Place at, UnaryOp op, Expr of) implements Expr {}

  record Binary(Place at, BinaryOp op, Expr left, Expr right) implements Expr {}

  record Apply(Place at, Expr function, Expr argument) implements Expr {}

  record Fun(Place at, Pattern parameter, Expr body) implements Expr {}

  record Let(Place at, boolean recursive, List<Binding> bindings, Expr body) implements Expr {}

  record If(Place at, Condition condition, Expr yes, Expr no) implements Expr {}

  record Try(Place at, Expr first, Expr otherwise) implements Expr {}

  record MatchTag(Place at, Expr of, Map<String, Expr> cases, @Nullable Expr otherwise)
      implements Expr {}

  /**
   * A set taken apart.
   *
   * @param empty for the empty set
   * @param before binds what lies before the element, of {@code before | element ++ rest}
   * @param element binds an element
   * @param rest binds the others
   */
  record MatchSet(
      Place at,
      Expr of,
      Expr empty,
      @Nullable String before,
      String element,
      String rest,
      Expr nonEmpty)
      implements Expr {}

  /** One {@code pattern = value}. */
  record Binding(Place at, Pattern pattern, Expr value) {}

  /**
   * What a value is bound to: one name, or as many as a tuple has parts; {@code _} binds nothing.
   */
  record Pattern(List<String> names) {
    boolean isOne() {
      return names.size() == 1;
    }
  }

  /** What {@code if} asks. */
  sealed interface Condition {
    record Variant(Place at, String name) implements Condition {}

    record Not(Condition of) implements Condition {}

    record And(List<Condition> all) implements Condition {}

    record Or(List<Condition> any) implements Condition {}

    /** A comparison of values. */
    record Compare(Place at, Comparison how, Expr left, Expr right) implements Condition {}
  }

  /** How values are compared. */
  enum Comparison {
    EQUAL,
    SUBSET,
    IN
  }
}
