package dev.lazymm.cat;

import dev.lazymm.cat.Expr.Pattern;
import java.util.List;

/** What an expression means when everything is known. */
sealed interface Value {
  /** Values of any type that fits: {@code 0} and {@code _}. */
  enum Any implements Value {
    EMPTY,
    UNIVERSE
  }

  record Events(EventSet set) implements Value {}

  record Pairs(Relation relation) implements Value {}

  record Event(int event) implements Value {}

  record Pair(int first, int second) implements Value {}

  /** A tag of an enumeration. */
  record Tag(String enumeration, String tag) implements Value {}

  /** A set of anything but events or pairs: in order, each once. */
  record Many(List<Value> elements) implements Value {}

  record Tuple(List<Value> parts) implements Value {}

  record Closure(Pattern parameter, Expr body, Scope<Value> scope) implements Value {
    @Override
    public String toString() {
      return "function";
    }
  }

  record Primitive(Primitives.Kind kind) implements Value {}

  record Procedure(Instruction.Procedure code, Scope<Value> scope) implements Value {
    @Override
    public String toString() {
      return "procedure";
    }
  }

  /** {@return the type of this value in the words of error messages} */
  default String type() {
    return switch (this) {
      case Any _ -> "anything";
      case Events _ -> "event set";
      case Pairs _ -> "relation";
      case Event _ -> "event";
      case Pair _ -> "pair of events";
      case Tag _ -> "tag";
      case Many m -> m.elements().isEmpty() ? "set" : "set of " + m.elements().getFirst().type();
      case Tuple _ -> "tuple";
      case Closure _, Primitive _ -> "function";
      case Procedure _ -> "procedure";
    };
  }
}
