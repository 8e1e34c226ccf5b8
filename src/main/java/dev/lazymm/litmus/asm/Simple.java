package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;

/**
 * Computes values, simplified where it costs nothing: so that addresses stay known where a register
 * is only added to depend on it, and so that conditions on what was read stay short.
 *
 * @param unsignedWords whether what is in 4 bytes of memory is a number without a sign
 */
record Simple(boolean unsignedWords) {
  private static final long WORD = 0xffff_ffffL;

  /** {@return an operation on two, on a way} */
  Computed binary(Operator operator, Computed a, Computed b, Way way) {
    return switch (operator) {
      case XOR, SUB ->
          a.value().equals(b.value()) ? number(0, a, b) : Computed.binary(operator, a, b);
      case AND -> and(a, b, way);
      default -> Computed.binary(operator, a, b);
    };
  }

  private Computed and(Computed a, Computed b, Way way) {
    if (isNumber(a.value(), 0) || isNumber(b.value(), 0)) {
      return number(0, a, b);
    }
    return isNumber(b.value(), WORD) && fits(a.value(), way)
        ? a
        : Computed.binary(Operator.AND, a, b);
  }

  /** {@return as much of a value as there is room for} */
  Computed ofSize(int size, Computed value, Way way) {
    return unsignedWords && size == 4 ? binary(Operator.AND, value, Computed.of(WORD), way) : value;
  }

  private static Computed number(long number, Computed a, Computed b) {
    return Computed.of(number)
        .and(a.reads())
        .and(b.reads())
        .pickedBy(a.picks())
        .pickedBy(b.picks());
  }

  private static boolean isNumber(Value value, long number) {
    return value instanceof Value.Constant(long n) && n == number;
  }

  /** {@return whether a value is certainly a number of 32 bits without a sign} */
  private boolean fits(Value value, Way way) {
    return switch (value) {
      case Value.Constant(long number) -> number >= 0 && number <= WORD;
      case Value.OfRead(int read) -> unsignedWords && event(way, read).size() == 4;
      case Value.Select(_, Value then, Value otherwise) -> fits(then, way) && fits(otherwise, way);
      case Value.Binary(Operator operator, Value left, Value right) ->
          switch (operator) {
            case AND -> fits(left, way) || fits(right, way);
            case AND_NOT -> fits(left, way);
            case OR, XOR -> fits(left, way) && fits(right, way);
            case EQ, NE, LT, LE, GT, GE, LOGICAL_AND, LOGICAL_OR -> true;
            default -> false;
          };
    };
  }

  private static PathEvent event(Way way, int index) {
    var link = way.last();
    for (int i = way.count() - 1; link != null && i > index; i--) {
      link = link.before();
    }
    if (link == null) {
      throw new IllegalStateException("no event " + index);
    }
    return link.item();
  }
}
