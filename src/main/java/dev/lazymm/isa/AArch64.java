package dev.lazymm.isa;

import dev.lazymm.isa.Line.Term;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ARMv8's A64 instructions. */
public final class AArch64 implements Isa {
  @Override
  public String name() {
    return "AArch64";
  }

  @Override
  public List<Op> decode(Line line) {
    return switch (line.mnemonic()) {
      case "mov" -> List.of(new Op.Move(target(line, 0), operand(line, 1)));
      case "ldr" -> List.of(new Op.Load(target(line, 0), address(line, 1), 4, Set.of(), false));
      case "ldar" -> List.of(new Op.Load(target(line, 0), address(line, 1), 4, Set.of("A"), false));
      case "str" -> List.of(new Op.Store(address(line, 1), operand(line, 0), 4, Set.of()));
      case "stlr" -> List.of(new Op.Store(address(line, 1), operand(line, 0), 4, Set.of("L")));
      case "dmb" -> List.of(new Op.Fence(Set.of("DMB.SY")));
      default ->
          throw new IsaException(
              line.place(), "there is no instruction " + line.mnemonic() + " in AArch64");
    };
  }

  private String target(Line line, int index) {
    if (line.terms().get(index) instanceof Term.Name(String name, var place)) {
      String register = register(name);
      if (register != null) {
        return register;
      }
      throw new IsaException(place, "there is no register " + name);
    }
    throw new IsaException(line.place(), "expected a register");
  }

  private Operand operand(Line line, int index) {
    return line.terms().get(index) instanceof Term.Immediate(long number, _)
        ? Operand.number(number)
        : Operand.register(target(line, index));
  }

  private Operand address(Line line, int index) {
    if (line.terms().get(index) instanceof Term.Bracket b
        && b.inside().getFirst() instanceof Term.Name(String name, _)) {
      return Operand.register(name);
    }
    throw new IsaException(line.place(), "expected an address, as in [X0]");
  }

  @Override
  public @Nullable String register(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.matches("[WX]([0-9]|[12][0-9]|30)") ? "X" + upper.substring(1) : null;
  }

  @Override
  public Set<String> sets() {
    return Set.of("A", "L", "Q", "DMB.SY");
  }

  @Override
  public Set<String> relations() {
    return Set.of();
  }
}
