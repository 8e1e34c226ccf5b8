package dev.lazymm.litmus.asm;

import dev.lazymm.isa.IsaException;
import dev.lazymm.isa.Line;
import dev.lazymm.isa.Op;
import dev.lazymm.isa.Operand;
import java.util.HashMap;
import java.util.Map;

/** With how many bytes locations are accessed; all accesses to one must agree. */
final class Sizes {
  private final Map<String, Integer> known = new HashMap<>();

  /**
   * Notes what an instruction accesses by name.
   *
   * @throws IsaException if another instruction accesses it with another size
   */
  void note(Op op, Line line) {
    switch (op) {
      case Op.Load l -> note(l.address(), l.size(), line);
      case Op.Store s -> note(s.address(), s.size(), line);
      case Op.StoreConditional s -> note(s.address(), s.size(), line);
      case Op.Modify m -> note(m.address(), m.size(), line);
      case Op.CompareAndSwap c -> note(c.address(), c.size(), line);
      default -> {} // not in memory
    }
  }

  private void note(Operand address, int size, Line line) {
    if (address instanceof Operand.Location(String name)) {
      int before = known.computeIfAbsent(name, _ -> size);
      if (before != size) {
        throw new IsaException(
            line.place(),
            "%s is accessed with %d bytes here and with %d before; mixed sizes are not supported"
                .formatted(name, size, before));
      }
    }
  }
}
