package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Pattern;
import java.util.List;

/** What an expression means at compile time. */
sealed interface Code {
  /** Something to be evaluated for each candidate. */
  record Of(Node node) implements Code {}

  /** A value that no candidate changes: {@code 0}, {@code _}, tags and sets of them. */
  record Constant(Value value) implements Code {
    static final Constant EMPTY = new Constant(Value.Any.EMPTY);
    static final Constant UNIVERSE = new Constant(Value.Any.UNIVERSE);
  }

  record Tuple(List<Code> parts) implements Code {}

  /**
   * A function.
   *
   * @param recursive whether its body may apply it again
   */
  record Closure(Pattern parameter, Expr body, Scope<Code> scope, boolean recursive)
      implements Code {
    @Override
    public String toString() {
      return "function";
    }
  }

  /** A function of cross.cat whose result is solved rather than made. */
  record Known(Node.Op op, Code original) implements Code {}

  record Procedure(Instruction.Procedure code, Scope<Code> scope) implements Code {
    @Override
    public String toString() {
      return "procedure";
    }
  }

  /** {@return the type of this in the words of error messages} */
  default String type() {
    return switch (this) {
      case Of(Node node) ->
          switch (node.type()) {
            case SET -> "event set";
            case RELATION -> "relation";
            case VALUE -> "value";
          };
      case Constant(Value value) -> value.type();
      case Tuple _ -> "tuple";
      case Closure _, Known _ -> "function";
      case Procedure _ -> "procedure";
    };
  }
}
