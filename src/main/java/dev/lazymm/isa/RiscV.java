package dev.lazymm.isa;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RISC-V's instructions, of the base sets and of extension A; RISC-V Unprivileged ISA.
 *
 * <p>Registers have 64 bits, and what is computed is not cut to the size of a word. Events are as
 * herd has them: an atomic memory operation is one event that reads and writes; the success of a
 * store-conditional is known only when it has written, so that what depends on the success depends
 * on the write.
 */
public final class RiscV implements Isa {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "add", Operator.ADD,
          "sub", Operator.SUB,
          "and", Operator.AND,
          "or", Operator.OR,
          "xor", Operator.XOR,
          "sll", Operator.SHL,
          "slt", Operator.LT,
          "sltu", Operator.LT_UNSIGNED);

  private static final Map<String, Operator> IMMEDIATES =
      Map.of(
          "addi", Operator.ADD,
          "andi", Operator.AND,
          "ori", Operator.OR,
          "xori", Operator.XOR,
          "slli", Operator.SHL,
          "slti", Operator.LT,
          "sltiu", Operator.LT_UNSIGNED);

  /** What makes a branch: whether that of the two registers is so. */
  private record Comparison(Operator operator, boolean holds) {
    Operand of(Operand left, Operand right) {
      Operand compared = Operand.binary(operator, left, right);
      return holds ? compared : Operand.binary(Operator.EQ, compared, Operand.number(0));
    }
  }

  private static final Map<String, Comparison> BRANCHES =
      Map.of(
          "beq", new Comparison(Operator.EQ, true),
          "bne", new Comparison(Operator.NE, true),
          "blt", new Comparison(Operator.LT, true),
          "bge", new Comparison(Operator.GE, true),
          "bltu", new Comparison(Operator.LT_UNSIGNED, true),
          "bgeu", new Comparison(Operator.LT_UNSIGNED, false));

  /** The operators of atomic memory operations, but for amoswap, which has none. */
  private static final Map<String, Operator> UPDATES =
      Map.of(
          "add", Operator.ADD,
          "and", Operator.AND,
          "or", Operator.OR,
          "xor", Operator.XOR,
          "max", Operator.MAX,
          "min", Operator.MIN,
          "maxu", Operator.MAX_UNSIGNED,
          "minu", Operator.MIN_UNSIGNED);

  private static final Pattern ACCESS =
      Pattern.compile("(l|s|lr\\.|sc\\.|amo[a-z]+\\.)([bhwd]u?)((?:\\.aq)?(?:\\.?rl)?)");

  private static final Set<String> ORDERS = Set.of("", ".aq", ".rl", ".aqrl", ".aq.rl");

  @Override
  public String name() {
    return "RISCV";
  }

  @Override
  public @Nullable String register(String name) {
    return RiscVOperands.register(name);
  }

  @Override
  public Set<String> sets() {
    var all = new TreeSet<>(Set.of("X", "AMO", "Acq", "Rel", "AcqRel", "Sc"));
    for (String before : RiscVOperands.KINDS) {
      for (String after : RiscVOperands.KINDS) {
        all.add("Fence." + before + "." + after);
      }
    }
    all.add("Fence.tso");
    all.add("Fence.i");
    return all;
  }

  @Override
  public Set<String> relations() {
    return Set.of();
  }

  @Override
  public List<Op> decode(Line line) {
    String word = line.mnemonic();
    var in = new RiscVOperands(line);
    if (OPERATORS.containsKey(word)) {
      in.expect(3, "a register, a register and a register");
      return List.of(move(in, Operand.binary(operator(OPERATORS, word), in.value(1), in.value(2))));
    }
    if (IMMEDIATES.containsKey(word)) {
      in.expect(3, "a register, a register and a number");
      return List.of(
          move(
              in,
              Operand.binary(
                  operator(IMMEDIATES, word),
                  in.value(1),
                  word.equals("slli") ? in.immediate(2, 0, 63) : in.immediate(2, -2048, 2047))));
    }
    Comparison comparison = BRANCHES.get(word);
    if (comparison != null) {
      in.expect(3, "a register, a register and a label");
      return List.of(new Op.Branch(comparison.of(in.value(0), in.value(1)), in.label(2)));
    }
    if (ACCESS.matcher(word).matches()) {
      return List.of(access(word, in));
    }
    return simple(word, in);
  }

  private static Operator operator(Map<String, Operator> all, String word) {
    return all.getOrDefault(word, Operator.ADD);
  }

  private static Op move(RiscVOperands in, Operand value) {
    return new Op.Move(in.target(0), value);
  }

  private List<Op> simple(String word, RiscVOperands in) {
    return switch (word) {
      case "nop" -> {
        in.expect(0, "no operands");
        yield List.of();
      }
      case "li" -> {
        in.expect(2, "a register and a number");
        yield List.of(move(in, Operand.number(in.number(1))));
      }
      case "mv" -> {
        in.expect(2, "a register and a register");
        yield List.of(move(in, in.value(1)));
      }
      case "seqz", "snez" -> {
        in.expect(2, "a register and a register");
        Operator operator = word.equals("seqz") ? Operator.EQ : Operator.NE;
        yield List.of(move(in, Operand.binary(operator, in.value(1), Operand.number(0))));
      }
      case "j" -> {
        in.expect(1, "a label");
        yield List.of(new Op.Branch(null, in.label(0)));
      }
      case "beqz", "bnez" -> {
        in.expect(2, "a register and a label");
        Operator operator = word.equals("beqz") ? Operator.EQ : Operator.NE;
        Operand condition = Operand.binary(operator, in.value(0), Operand.number(0));
        yield List.of(new Op.Branch(condition, in.label(1)));
      }
      case "fence.tso", "fence.i" -> {
        in.expect(0, "no operands");
        yield List.of(new Op.Fence(Set.of("F" + word.substring(1))));
      }
      case "fence" -> List.of(new Op.Fence(Set.of("Fence." + in.fence())));
      default -> throw in.unknown();
    };
  }

  // ---- memory ----------------------------------------------------------------------------------

  private static Op access(String word, RiscVOperands in) {
    Matcher parts = ACCESS.matcher(word);
    if (!parts.matches() || !ORDERS.contains(parts.group(3))) {
      throw in.unknown();
    }
    String kind = parts.group(1);
    int size =
        switch (parts.group(2)) {
          case "w" -> 4;
          case "d" -> 8;
          default ->
              throw in.error(
                  "accesses of less than a word are not supported; expected .w or .d, as in lw");
        };
    String order = parts.group(3);
    return switch (kind) {
      case "l" -> {
        in.allow(order, "", ".aq");
        in.expect(2, "a register and an address, as in lw x5,0(x6)");
        yield new Op.Load(in.target(0), in.address(1), size, tags(order), false);
      }
      case "s" -> {
        in.allow(order, "", ".rl");
        in.expect(2, "a register and an address, as in sw x5,0(x6)");
        yield new Op.Store(in.address(1), in.value(0), size, tags(order));
      }
      case "lr." -> {
        in.expect(2, "a register and an address, as in lr.w x5,(x6)");
        yield new Op.Load(in.target(0), in.address(1), size, tags(order, "X"), true);
      }
      case "sc." -> {
        in.expect(3, "a register, a register and an address, as in sc.w x5,x6,(x7)");
        yield new Op.StoreConditional(
            in.target(0), 0, 1, in.address(2), in.value(1), size, tags(order, "X"), true);
      }
      default -> {
        String name = kind.substring("amo".length(), kind.length() - 1);
        if (!name.equals("swap") && !UPDATES.containsKey(name)) {
          throw in.unknown();
        }
        in.expect(3, "a register, a register and an address, as in amoadd.w x5,x6,(x7)");
        yield new Op.Modify(
            in.target(0),
            in.address(2),
            UPDATES.get(name),
            in.value(1),
            size,
            tags(order, "X", "AMO"),
            null);
      }
    };
  }

  private static Set<String> tags(String order, String... others) {
    Set<String> all = new TreeSet<>(Set.of(others));
    switch (order) {
      case "" -> {}
      case ".aq" -> all.add("Acq");
      case ".rl" -> all.add("Rel");
      default -> all.add("AcqRel");
    }
    return all;
  }
}
