package dev.lazymm.litmus.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which register holds what in a thread. A name of the test's has one of its own for good, as what
 * is in it at the end may be asked for, and something may be in it at the start; what is between is
 * held until the statement ends.
 */
final class Registers {
  private final List<String> free;
  private final List<String> held = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Supplier<RuntimeException> none;

  /**
   * Registers to give out.
   *
   * @param none what to throw if there are none left
   */
  Registers(List<String> all, Supplier<RuntimeException> none) {
    this.free = new ArrayList<>(all);
    this.none = none;
  }

  /** {@return the register of a name} */
  String of(String name) {
    return names.computeIfAbsent(name, _ -> take());
  }

  /** {@return the registers of all names that have one, in the order in which they got it} */
  Map<String, String> names() {
    return names;
  }

  /** {@return a register that nothing else ever is in} */
  String own() {
    if (free.isEmpty()) {
      throw none.get();
    }
    return free.removeLast();
  }

  /** {@return a register that is held until the end of the statement} */
  String temporary() {
    String register = take();
    held.add(register);
    return register;
  }

  /** Gives back what was held for a statement. */
  void endStatement() {
    free.addAll(0, held);
    held.clear();
  }

  private String take() {
    if (free.isEmpty()) {
      throw none.get();
    }
    return free.removeFirst();
  }
}
