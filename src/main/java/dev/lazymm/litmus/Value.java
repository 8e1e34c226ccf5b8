package dev.lazymm.litmus;

import dev.lazymm.isa.Operator;

/**
 * A value that a thread computes from constants and from what its reads return.
 *
 * <p>Addresses are numbers like any other: {@link #address} of a location's index. They are far
 * away from what tests compute with.
 */
public sealed interface Value {
  /** The address of location 0. */
  long ADDRESSES = 1L << 48;

  /** How far locations are from each other: no offset leads from one to the next. */
  long DISTANCE = 1L << 24;

  /** No address is as large as this. */
  long ADDRESSES_END = ADDRESSES + (DISTANCE << 20);

  /** Numbers from here on stand for values out of thin air, which are not known. */
  long SYMBOLS = 1L << 52;

  /** A number. */
  record Constant(long number) implements Value {}

  /**
   * What a read returns.
   *
   * @param event the index of the read in its path
   */
  record OfRead(int event) implements Value {}

  /** An operation on two values. */
  record Binary(Operator operator, Value left, Value right) implements Value {}

  /** One value or another. */
  record Select(Value condition, Value then, Value otherwise) implements Value {}

  /** What reads return, as far as it is known. */
  interface Known {
    /** {@return whether what the read at an index of the path returns is known} */
    boolean isKnown(int event);

    /** {@return what it returns, if that is known} */
    long value(int event);
  }

  /** {@return the address of the location with an index} */
  static long address(int location) {
    return ADDRESSES + DISTANCE * location;
  }

  /** {@return the index of the location with an address, -1 if the number is none} */
  static int locationOf(long number) {
    long offset = number - ADDRESSES;
    return offset >= 0 && number < ADDRESSES_END && offset % DISTANCE == 0
        ? (int) (offset / DISTANCE)
        : -1;
  }

  /** {@return whether all that this value depends on is known} */
  default boolean isKnown(Known known) {
    return switch (this) {
      case Constant c -> true;
      case OfRead r -> known.isKnown(r.event);
      case Binary b -> b.left.isKnown(known) && b.right.isKnown(known);
      case Select s ->
          s.condition.isKnown(known)
              && (s.condition.evaluate(known) != 0 ? s.then : s.otherwise).isKnown(known);
    };
  }

  /** {@return whether it is computed from a value out of thin air, not merely one} */
  default boolean isComputedFromSymbol(Known known) {
    return switch (this) {
      case Constant c -> false;
      case OfRead r -> false;
      case Binary b -> b.left.hasSymbol(known) || b.right.hasSymbol(known);
      case Select s ->
          s.condition.hasSymbol(known) || s.then.hasSymbol(known) || s.otherwise.hasSymbol(known);
    };
  }

  private boolean hasSymbol(Known known) {
    return switch (this) {
      case Constant c -> false;
      case OfRead r -> known.isKnown(r.event) && known.value(r.event) >= SYMBOLS;
      default -> isComputedFromSymbol(known);
    };
  }

  /**
   * {@return the value, of which all that it depends on is known}
   *
   * @throws ArithmeticException on a division by zero
   */
  default long evaluate(Known known) {
    return switch (this) {
      case Constant c -> c.number;
      case OfRead r -> known.value(r.event);
      case Binary b -> b.operator.apply(b.left.evaluate(known), b.right.evaluate(known));
      case Select s -> (s.condition.evaluate(known) != 0 ? s.then : s.otherwise).evaluate(known);
    };
  }
}
