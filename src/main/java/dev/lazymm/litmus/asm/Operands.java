package dev.lazymm.litmus.asm;

import dev.lazymm.isa.IsaException;
import dev.lazymm.isa.Operand;
import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.Map;

/**
 * Computes what the operands of a thread's steps are.
 *
 * @param initial what is in registers at the start
 * @param addresses those of locations
 */
record Operands(Code code, Map<String, Long> initial, Map<String, Long> addresses, Simple simple) {
  /**
   * {@return an operand of the next step}
   *
   * @throws IsaException if it is too large
   */
  Computed value(Operand operand, State state) {
    return switch (operand) {
      case Operand.Immediate(long number) -> Computed.of(number);
      case Operand.Location(String name) -> Computed.of(addresses.getOrDefault(name, 0L));
      case Operand.Register(String name) -> {
        Computed written = state.way().registers().get(name);
        yield written == null ? Computed.of(initial.getOrDefault(name, 0L)) : written;
      }
      case Operand.Binary(Operator operator, Operand left, Operand right) ->
          binary(operator, value(left, state), value(right, state), state.way(), state);
    };
  }

  /**
   * {@return an operation on two, on a way that the next step goes}
   *
   * @throws IsaException if it is too large: each that is added to itself is twice as large
   */
  Computed binary(Operator operator, Computed a, Computed b, Way way, State state) {
    Computed value = simple.binary(operator, a, b, way);
    if (value.size() > Computed.LARGEST) {
      throw new IsaException(
          code.steps().get(state.at()).place(),
          "this computes a value that depends in over " + Computed.LARGEST + " ways on reads");
    }
    return value;
  }

  /** {@return as much of a value as there is room for} */
  Computed ofSize(int size, Computed value, Way way) {
    return simple.ofSize(size, value, way);
  }
}
