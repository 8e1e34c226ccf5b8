package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.Source;
import dev.lazymm.mapping.Mapping;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What compiling a thread needs to know.
 *
 * @param mapping the instructions of primitives
 * @param wide whether the test is in 64 bits
 * @param end the label after the thread's last statement
 * @param fail the label after its very last instruction, where it goes if an attempt fails
 * @param label what a location is called in assembly
 */
record Context(
    Source source,
    Dialect dialect,
    Mapping mapping,
    boolean wide,
    Names names,
    Registers registers,
    Assembly out,
    Inliner inliner,
    String end,
    String fail,
    UnaryOperator<String> label) {
  /**
   * {@return whether a name is a location that instructions call by its name} One whose address is
   * a value as well is in a register: herd reads no address in an instruction.
   */
  boolean isNamed(String name) {
    return dialect.namesLocations() && names.isAddress(name) && !names.isValue(name);
  }

  /** {@return a register with something in it} */
  Arg.Register register(Arg arg, @Nullable String target) {
    if (arg instanceof Arg.Register register) {
      return register;
    }
    String to = target == null ? registers.temporary() : target;
    out.add(dialect.move(to, arg, wide));
    return new Arg.Register(to);
  }

  Arg.Register register(Arg arg) {
    return register(arg, null);
  }
}
