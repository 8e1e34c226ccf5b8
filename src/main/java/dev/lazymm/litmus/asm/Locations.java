package dev.lazymm.litmus.asm;

import dev.lazymm.isa.Op;
import dev.lazymm.isa.Operand;
import java.util.List;
import java.util.stream.Stream;

/** The locations that instructions name. */
final class Locations {
  private Locations() {}

  /** {@return those of a part of an instruction, in the order of its operands} */
  static List<String> of(Op op) {
    return operands(op).stream().flatMap(Locations::in).toList();
  }

  private static List<Operand> operands(Op op) {
    return switch (op) {
      case Op.Move m -> List.of(m.value());
      case Op.Select s -> List.of(s.condition(), s.then(), s.otherwise());
      case Op.Load l -> List.of(l.address());
      case Op.Store s -> List.of(s.address(), s.value());
      case Op.StoreConditional s -> List.of(s.address(), s.value());
      case Op.Modify m -> List.of(m.address(), m.value());
      case Op.CompareAndSwap c -> List.of(c.address(), c.expected(), c.value());
      case Op.Fence _ -> List.of();
      case Op.Branch b -> b.condition() == null ? List.of() : List.of(b.condition());
    };
  }

  private static Stream<String> in(Operand operand) {
    return switch (operand) {
      case Operand.Location(String name) -> Stream.of(name);
      case Operand.Binary(_, Operand left, Operand right) -> Stream.concat(in(left), in(right));
      case Operand.Register _, Operand.Immediate _ -> Stream.empty();
    };
  }
}
