package dev.lazymm.isa;

import dev.lazymm.isa.Line.Term;
import dev.lazymm.isa.Op.CompareAndSwap.Course;
import dev.lazymm.isa.X86Instruction.Argument;
import dev.lazymm.isa.X86Instruction.Constant;
import dev.lazymm.isa.X86Instruction.Memory;
import dev.lazymm.isa.X86Instruction.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What an instruction of x86 does (Intel, Software Developer's Manual, volume 2).
 *
 * <p>What a locked instruction reads and writes is tagged X, XCHG with memory being locked always;
 * a fence is tagged with its name. Without LOCK, what computes in memory is a load and a store.
 */
final class X86Meaning {
  private static final Set<String> ATOMIC = Set.of("X");
  private static final Set<String> PLAIN = Set.of();

  // Registers of no program: none can write a name with a dot.

  /** An operand that was in memory. */
  private static final String READ = ".read";

  /** What was where the result goes. */
  private static final String OLD = ".old";

  private static final Operand WAS = Operand.register(OLD);

  private static final Operand ZERO = Operand.number(0);
  private static final Operand ONE = Operand.number(1);

  private static final Map<String, Operator> COMPUTES =
      Map.of(
          "add", Operator.ADD,
          "sub", Operator.SUB,
          "and", Operator.AND,
          "or", Operator.OR,
          "xor", Operator.XOR,
          "inc", Operator.ADD,
          "dec", Operator.SUB,
          "xadd", Operator.ADD);

  private final X86Instruction i;
  private final String language;
  private final X86Registers registers;
  private final List<Op> ops = new ArrayList<>();

  X86Meaning(X86Instruction i, String language, X86Registers registers) {
    this.i = i;
    this.language = language;
    this.registers = registers;
  }

  /**
   * {@return what it does}
   *
   * @throws IsaException if it is no instruction, or one that is not supported
   */
  List<Op> ops() {
    if (i.locked() && !isLockable()) {
      throw i.wrong(
          "LOCK is for ADD, SUB, AND, OR, XOR, INC, DEC, XADD, CMPXCHG and XCHG that change memory");
    }
    switch (i.name()) {
      case "nop", "pause" -> {}
      case "mfence", "lfence", "sfence" ->
          ops.add(new Op.Fence(Set.of(i.expect(0).name().toUpperCase(Locale.ROOT))));
      case "mov" -> move(i.expect(2));
      case "movzx", "movzbl", "movzwl" -> extend(i.expect(2));
      case "xchg" -> exchange(i.expect(2));
      case "add", "sub", "and", "or", "xor" -> compute(value(i.expect(2).second()));
      case "inc", "dec" -> {
        i.expect(1);
        compute(ONE);
      }
      case "xadd" -> exchangeAndAdd(i.expect(2));
      case "cmpxchg" -> compareAndExchange(i.expect(2));
      case "cmp" -> flags(value(i.expect(2).first()), value(i.second()));
      case "test" ->
          flags(Operand.binary(Operator.AND, value(i.expect(2).first()), value(i.second())), ZERO);
      case "jmp" -> ops.add(new Op.Branch(null, label()));
      default -> conditional();
    }
    return ops;
  }

  private boolean isLockable() {
    return (i.name().endsWith("xchg") || COMPUTES.containsKey(i.name()))
        && !i.arguments().isEmpty()
        && i.first() instanceof Memory;
  }

  // ---- operands --------------------------------------------------------------------------------

  /** {@return an operand's value, which is loaded first if it is in memory} */
  private Operand value(Argument argument) {
    return switch (argument) {
      case Constant(Operand value) -> value;
      case Register(String name, _) -> Operand.register(name);
      case Memory(Operand address, _) -> {
        checkOneInMemory();
        ops.add(new Op.Load(READ, address, i.size(), PLAIN, false));
        yield Operand.register(READ);
      }
    };
  }

  private void checkOneInMemory() {
    if (i.arguments().stream().filter(Memory.class::isInstance).count() > 1) {
      throw i.wrong("both operands are in memory; expected one of them in a register");
    }
  }

  private String register(Argument argument) {
    checkOneInMemory();
    if (argument instanceof Register(String name, _)) {
      return name;
    }
    throw i.wrong("expected a register as one operand of " + i.name());
  }

  private void set(String register, Operand value) {
    ops.add(new Op.Move(register, value));
  }

  private void flags(Operand left, Operand right) {
    set(X86Flags.LEFT, left);
    set(X86Flags.RIGHT, right);
  }

  // ---- moves -----------------------------------------------------------------------------------

  private void move(X86Instruction of) {
    switch (of.first()) {
      case Register(String name, _) when of.second() instanceof Memory(Operand address, _) ->
          ops.add(new Op.Load(name, address, of.size(), PLAIN, false));
      case Register(String name, _) -> set(name, value(of.second()));
      case Memory(Operand address, _) -> {
        checkOneInMemory();
        ops.add(new Op.Store(address, value(of.second()), of.size(), PLAIN));
      }
      case Constant _ -> throw of.wrong("expected a register or memory to write");
    }
  }

  private void extend(X86Instruction of) {
    if (!(of.second() instanceof Register(String name, int size)) || size > 2) {
      throw of.wrong("expected a register of 1 or 2 bytes to extend");
    }
    set(
        register(of.first()),
        Operand.binary(
            Operator.AND, Operand.register(name), Operand.number(size == 1 ? 0xff : 0xffff)));
  }

  private void exchange(X86Instruction of) {
    String register = register(of.second());
    switch (of.first()) {
      case Register(String name, _) -> {
        set(OLD, Operand.register(name));
        set(name, Operand.register(register));
        set(register, WAS);
      }
      case Memory(Operand address, _) ->
          ops.add(
              new Op.Modify(
                  register, address, null, Operand.register(register), of.size(), ATOMIC, ATOMIC));
      case Constant _ -> throw of.wrong("expected registers or memory to exchange");
    }
  }

  // ---- arithmetic ------------------------------------------------------------------------------

  /** Computes with the first operand and writes the result there. */
  private void compute(Operand operand) {
    Operator operator = COMPUTES.getOrDefault(i.name(), Operator.ADD);
    // Of SUB EAX,EAX the flags tell how what was there compares.
    Operand with =
        i.first() instanceof Register(String changed, _)
                && operand.equals(Operand.register(changed))
            ? WAS
            : operand;
    switch (i.first()) {
      case Register(String name, _) -> {
        set(OLD, Operand.register(name));
        set(name, Operand.binary(operator, WAS, with));
      }
      case Memory(Operand address, _) -> change(address, operator, with);
      case Constant _ -> throw i.wrong("expected a register or memory to change");
    }
    resultFlags(operator, with);
  }

  private void change(Operand address, Operator operator, Operand with) {
    checkOneInMemory();
    if (i.locked()) {
      ops.add(new Op.Modify(OLD, address, operator, with, i.size(), ATOMIC, ATOMIC));
    } else {
      ops.add(new Op.Load(OLD, address, i.size(), PLAIN, false));
      ops.add(new Op.Store(address, Operand.binary(operator, WAS, with), i.size(), PLAIN));
    }
  }

  private void resultFlags(Operator operator, Operand with) {
    if (operator == Operator.SUB) {
      flags(WAS, with);
    } else {
      flags(Operand.binary(operator, WAS, with), ZERO);
    }
  }

  private void exchangeAndAdd(X86Instruction of) {
    String register = register(of.second());
    compute(Operand.register(register));
    if (!of.first().equals(of.second())) {
      set(register, WAS);
    }
  }

  private void compareAndExchange(X86Instruction of) {
    Operand source = Operand.register(register(of.second()));
    if (!(of.first() instanceof Memory(Operand address, _)) || !of.locked()) {
      throw of.wrong("cmpxchg is supported with LOCK and memory only");
    }
    String accumulator = registers.accumulator();
    Operand expected = Operand.register(accumulator);
    set(X86Flags.LEFT, expected);
    ops.add(
        new Op.CompareAndSwap(
            accumulator,
            address,
            expected,
            source,
            of.size(),
            ATOMIC,
            ATOMIC,
            ATOMIC,
            Course.SIMPLE));
    set(X86Flags.RIGHT, expected);
  }

  // ---- conditions ------------------------------------------------------------------------------

  private void conditional() {
    if (i.name().startsWith("j")) {
      Operand condition = condition(i.name().substring(1));
      ops.add(new Op.Branch(condition, label()));
    } else if (i.name().startsWith("set")) {
      Operand condition = condition(i.name().substring(3));
      if (!(i.expect(1).first() instanceof Register(String name, int size)) || size != 1) {
        throw i.wrong("expected a register of 1 byte to set");
      }
      Operand others = Operand.binary(Operator.AND, Operand.register(name), Operand.number(~0xffL));
      set(name, Operand.binary(Operator.OR, others, condition));
    } else if (i.name().startsWith("cmov")) {
      Operand condition = condition(i.name().substring(4));
      Operand value = value(i.expect(2).second());
      String name = register(i.first());
      ops.add(new Op.Select(name, condition, value, Operand.register(name)));
    } else {
      throw unknown();
    }
  }

  private Operand condition(String word) {
    Operand condition = X86Flags.condition(word);
    if (condition == null) {
      throw X86Flags.isNotKept(word)
          ? i.wrong(
              i.name() + " is not supported: carry, overflow and parity are not kept of the flags")
          : unknown();
    }
    return condition;
  }

  private String label() {
    if (i.line().terms().size() == 1
        && i.line().terms().getFirst() instanceof Term.Name(var l, _)) {
      return l;
    }
    throw i.wrong("expected a label after " + i.name());
  }

  private IsaException unknown() {
    return i.wrong("there is no instruction " + i.name() + " in " + language);
  }
}
