package dev.lazymm.cat;

import dev.lazymm.cat.Expr.BinaryOp;
import dev.lazymm.cat.Node.Op;
import dev.lazymm.cat.Value.Any;

/** Compile-time types: what can stand where a set or a relation is wanted. */
record Coercions(Nodes nodes) {

  /** {@return a relation} */
  Node relation(Place at, Code code) {
    return switch (code) {
      case Code.Of(Node node) when node.type() == Node.Type.RELATION -> node;
      case Code.Of(Node node) when node.type() == Node.Type.VALUE ->
          nodes.node(Op.AS_RELATION, Node.Type.RELATION, new Node.Coercion(at), node);
      case Code.Constant(Value value) when value instanceof Any any ->
          any == Any.EMPTY ? nodes.empty() : nodes.full();
      default -> throw wrong(at, code, "a relation");
    };
  }

  /** {@return a set of events} */
  Node set(Place at, Code code) {
    return switch (code) {
      case Code.Of(Node node) when node.type() == Node.Type.SET -> node;
      case Code.Of(Node node) when node.type() == Node.Type.VALUE ->
          nodes.node(Op.AS_SET, Node.Type.SET, new Node.Coercion(at), node);
      case Code.Constant(Value value) when value instanceof Any any ->
          any == Any.EMPTY ? nodes.emptySet() : nodes.all();
      default -> throw wrong(at, code, "an event set");
    };
  }

  /** {@return the one type of two operands; values adapt to what is known} */
  Node.Type common(Place at, BinaryOp op, Code left, Code right) {
    Node.Type a = type(left);
    Node.Type b = type(right);
    boolean plainLeft = isAny(left);
    boolean plainRight = isAny(right);
    if (fits(left) && fits(right)) {
      if (plainLeft || (a == Node.Type.VALUE && !plainRight)) {
        return b;
      }
      if (plainRight || b == Node.Type.VALUE || a == b) {
        return a;
      }
    }
    throw new CatException(
        at,
        "'"
            + op.symbol
            + "' between "
            + Operators.article(left.type())
            + " and "
            + Operators.article(right.type()),
        "operands of one type");
  }

  private static boolean isAny(Code code) {
    return code instanceof Code.Constant(Value value) && value instanceof Any;
  }

  private static boolean fits(Code code) {
    return code instanceof Code.Of
        || (code instanceof Code.Constant(Value value) && !(value instanceof Value.Primitive));
  }

  private static Node.Type type(Code code) {
    return code instanceof Code.Of(Node node) ? node.type() : Node.Type.VALUE;
  }

  static CatException wrong(Place at, Code code, String expected) {
    return new CatException(at, "this is of type " + code.type(), expected);
  }
}
