package dev.lazymm.cat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a compiled model: one operation on the results of others. Nodes are made once for equal
 * operations on equal operands, so they form a graph without cycles.
 *
 * @param id counts from 0; operands have smaller ones
 * @param op what it does
 * @param type what it gives
 * @param in its operands
 * @param data what else the operation needs: a name, a {@link Dynamic}, a {@link Fixpoint}
 */
record Node(int id, Op op, Type type, List<Node> in, @Nullable Object data) {
  /** What a node gives. */
  enum Type {
    SET,
    RELATION,
    /** Anything; found out when it is evaluated. */
    VALUE
  }

  /** What a node does. */
  enum Op {
    BASE_SET,
    TAGGED,
    EMPTY_SET,
    ALL,
    UNION_SETS,
    INTERSECT_SETS,
    MINUS_SETS,
    COMPLEMENT_SET,
    DOMAIN,
    RANGE,
    AS_SET,
    BASE_RELATION,
    EMPTY,
    FULL,
    ID,
    UNION,
    INTERSECT,
    MINUS,
    COMPLEMENT,
    SEQUENCE,
    PLUS,
    OPTIONAL,
    INVERSE,
    IDENTITY,
    PRODUCT,
    /** {@code [S] ; r}. */
    FROM,
    /** {@code r ; [S]}. */
    TO,
    AS_RELATION,
    DIFFERENT_VALUES,
    /** Whether the values of events are known. */
    VALUES,
    CONSTANT,
    DYNAMIC,
    /** The sets that cross.cat makes; only a {@code with} has them solved. */
    ORDERS,
    CROSS,
    FORK,
    /** A name inside its own recursive definition. */
    HOLE,
    FIXPOINT,
    /** One name of a recursive definition. */
    FIXED
  }

  /**
   * An expression left to the interpreter.
   *
   * @param expr what is evaluated
   * @param scope what its names mean
   */
  record Dynamic(Expr expr, Scope<Code> scope) {}

  /** An operand as something definite, and where it stands for the message if it is not. */
  record Coercion(Place at) {}

  /**
   * A recursive definition.
   *
   * @param at where it stands
   * @param holes stand for the names inside
   * @param bodies what each name becomes
   * @param orders for each body, the nodes that depend on holes, operands first
   * @param monotone whether more in the holes never gives less in a body
   */
  record Fixpoint(
      Place at, List<Node> holes, List<Node> bodies, List<List<Node>> orders, boolean monotone) {
    @Override
    public String toString() {
      return "fixpoint";
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return op + "#" + id;
  }
}
