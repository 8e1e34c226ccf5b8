package dev.lazymm.isa;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * POWER's instructions, as far as litmus tests need them: Power ISA 3.1, books I and II.
 *
 * <p>Numbers are not cut off, as in herd: a word holds what a doubleword holds. Each bit of the
 * condition register that a branch asks about is a register of its own, {@code cr0.eq}. What {@code
 * stwcx.} does depends on the address of its {@code lwarx}, but not on what that has read; {@code
 * reserve} carries it from the one to the other.
 */
public final class Ppc implements Isa {
  private static final Operand ZERO = Operand.number(0);
  private static final String RESERVE = "reserve";

  /** The models' set of what {@code lwarx} reads and {@code stwcx.} writes. */
  private static final Set<String> ATOMIC = Set.of("X");

  private static final Set<String> NARROW =
      Stream.of("lbz", "lhz", "lha", "stb", "sth", "lbar", "lhar", "stbc", "sthc")
          .flatMap(m -> Stream.of("", "u", "x", "ux", "x.").map(m::concat))
          .collect(Collectors.toSet());

  @Override
  public String name() {
    return "PPC";
  }

  @Override
  public List<Op> decode(Line line) {
    String name = line.mnemonic();
    return switch (name) {
      case "nop" -> new PpcTerms(line, name).end();
      case "sync", "hwsync" -> fence(line, "SYNC");
      case "lwsync" -> fence(line, "LWSYNC");
      case "eieio" -> fence(line, "EIEIO");
      case "isync" -> fence(line, "ISYNC");
      case "li" -> load(new PpcTerms(line, "li r1,1"));
      case "mr", "mr.", "neg", "neg.", "not", "not." ->
          oneOperand(name, new PpcTerms(line, name + " r1,r2"));
      case "add", "add.", "sub", "sub.", "subf", "subf.", "mullw", "mullw." ->
          twoOperands(name, new PpcTerms(line, name + " r1,r2,r3"));
      case "and", "and.", "or", "or.", "xor", "xor.", "nor", "nor." ->
          twoOperands(name, new PpcTerms(line, name + " r1,r2,r3"));
      case "cntlzw", "cntlzd" -> leadingZeros(name, new PpcTerms(line, name + " r1,r2"));
      case "srwi" -> shift(new PpcTerms(line, "srwi r1,r2,3"), Integer.SIZE);
      case "srdi" -> shift(new PpcTerms(line, "srdi r1,r2,3"), Long.SIZE);
      case "addi", "subi", "mulli", "ori", "xori", "andi." ->
          immediate(name, new PpcTerms(line, name + " r1,r2,3"));
      case "cmpw", "cmpd" -> compare(new PpcTerms(line, name + " cr0,r1,r2"), false);
      case "cmpwi", "cmpdi" -> compare(new PpcTerms(line, name + " cr0,r1,2"), true);
      case "lwz" -> load(new PpcTerms(line, "lwz r1,0(r2)"), false, 4);
      case "ld" -> load(new PpcTerms(line, "ld r1,0(r2)"), false, 8);
      case "lwzx" -> load(new PpcTerms(line, "lwzx r1,r2,r3"), true, 4);
      case "ldx" -> load(new PpcTerms(line, "ldx r1,r2,r3"), true, 8);
      case "stw" -> store(new PpcTerms(line, "stw r1,0(r2)"), false, 4);
      case "std" -> store(new PpcTerms(line, "std r1,0(r2)"), false, 8);
      case "stwx" -> store(new PpcTerms(line, "stwx r1,r2,r3"), true, 4);
      case "stdx" -> store(new PpcTerms(line, "stdx r1,r2,r3"), true, 8);
      case "lwarx" -> loadReserve(new PpcTerms(line, "lwarx r1,0,r2"), 4);
      case "ldarx" -> loadReserve(new PpcTerms(line, "ldarx r1,0,r2"), 8);
      case "stwcx." -> storeConditional(new PpcTerms(line, "stwcx. r1,0,r2"), 4);
      case "stdcx." -> storeConditional(new PpcTerms(line, "stdcx. r1,0,r2"), 8);
      case "b" -> {
        var terms = new PpcTerms(line, "b LABEL");
        yield terms.end(new Op.Branch(null, terms.label()));
      }
      case String s when s.matches("b(eq|ne|lt|le|gt|ge|nl|ng)[+-]?") ->
          branch(s, new PpcTerms(line, name + " cr0,LABEL"));
      case String s when NARROW.contains(s) ->
          throw new IsaException(
              line.place(),
              name + " accesses one or two bytes; expected accesses of words or doublewords");
      default ->
          throw new IsaException(
              line.place(), "PPC has no instruction " + name + ", or it is not supported");
    };
  }

  private static List<Op> fence(Line line, String tag) {
    return new PpcTerms(line, line.mnemonic()).end(new Op.Fence(Set.of(tag)));
  }

  // ---- arithmetic ------------------------------------------------------------------------------

  private static List<Op> load(PpcTerms terms) {
    return terms.end(new Op.Move(terms.register(), Operand.number(terms.number())));
  }

  private static List<Op> oneOperand(String name, PpcTerms terms) {
    String target = terms.register();
    Operand of = terms.content();
    Operand value =
        switch (bare(name)) {
          case "mr" -> of;
          case "neg" -> new Operand.Binary(Operator.SUB, ZERO, of);
          default -> not(of);
        };
    return result(name, target, value, terms);
  }

  private static List<Op> twoOperands(String name, PpcTerms terms) {
    String target = terms.register();
    Operand a = terms.content();
    Operand b = terms.content();
    return result(name, target, value(bare(name), a, b), terms);
  }

  private static List<Op> leadingZeros(String name, PpcTerms terms) {
    long bits = name.endsWith("w") ? Integer.SIZE : Long.SIZE;
    String target = terms.register();
    Operand of = terms.content();
    return terms.end(
        new Op.Move(target, Operand.binary(Operator.LEADING_ZEROS, of, Operand.number(bits))));
  }

  /** Shifts to the right, where nothing comes in but zeros. */
  private static List<Op> shift(PpcTerms terms, int bits) {
    String target = terms.register();
    Operand of = terms.content();
    long by = terms.number(0, bits - 1);
    Operand all =
        bits == Integer.SIZE ? Operand.binary(Operator.AND, of, Operand.number(0xffff_ffffL)) : of;
    Operand shifted = by == 0 ? all : Operand.binary(Operator.SHR, all, Operand.number(by));
    Operand value =
        by == 0 || bits == Integer.SIZE
            ? shifted
            : Operand.binary(Operator.AND, shifted, Operand.number(-1L >>> by));
    return terms.end(new Op.Move(target, value));
  }

  private static List<Op> immediate(String name, PpcTerms terms) {
    String target = terms.register();
    // Where a number is added, r0 is 0, and not what is in r0.
    boolean adds = name.equals("addi") || name.equals("subi");
    Operand a = adds ? terms.contentOrZero() : terms.content();
    Operand b = Operand.number(terms.number());
    return result(name, target, value(bare(name), a, b), terms);
  }

  /** {@return what an instruction computes, given its name without a dot} */
  private static Operand value(String name, Operand a, Operand b) {
    return switch (name) {
      case "subf" -> new Operand.Binary(Operator.SUB, b, a);
      case "nor" -> not(new Operand.Binary(Operator.OR, a, b));
      case "add", "addi" -> Operand.binary(Operator.ADD, a, b);
      case "sub", "subi" -> new Operand.Binary(Operator.SUB, a, b);
      case "mullw", "mulli" -> new Operand.Binary(Operator.MUL, a, b);
      case "and", "andi" -> new Operand.Binary(Operator.AND, a, b);
      case "or", "ori" -> new Operand.Binary(Operator.OR, a, b);
      case "xor", "xori" -> new Operand.Binary(Operator.XOR, a, b);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Operand not(Operand value) {
    return new Operand.Binary(Operator.XOR, value, Operand.number(-1));
  }

  private static String bare(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static List<Op> result(String name, String target, Operand value, PpcTerms terms) {
    List<Op> recorded =
        name.endsWith(".") ? compared("cr0", Operand.register(target), ZERO) : List.of();
    return terms.end(new Op.Move(target, value), recorded);
  }

  // ---- conditions ------------------------------------------------------------------------------

  private static List<Op> compare(PpcTerms terms, boolean immediate) {
    String field = terms.field();
    Operand a = terms.content();
    Operand b = immediate ? Operand.number(terms.number()) : terms.content();
    terms.end();
    return compared(field, a, b);
  }

  private static List<Op> compared(String field, Operand a, Operand b) {
    boolean same = a.equals(b); // no need to ask what is in it
    return List.of(
        new Op.Move(
            field + ".lt", same ? carrying(ZERO, a) : new Operand.Binary(Operator.LT, a, b)),
        new Op.Move(
            field + ".gt", same ? carrying(ZERO, a) : new Operand.Binary(Operator.GT, a, b)),
        new Op.Move(
            field + ".eq",
            same ? carrying(Operand.number(1), a) : new Operand.Binary(Operator.EQ, a, b)));
  }

  /** {@return a value that also depends on others} */
  private static Operand carrying(Operand value, Operand... others) {
    for (Operand other : others) {
      var zero = new Operand.Binary(Operator.XOR, other, other);
      value = new Operand.Binary(Operator.ADD, value, zero);
    }
    return value;
  }

  private static List<Op> branch(String name, PpcTerms terms) {
    String field = terms.field();
    String condition = name.substring(1, 3);
    Operand bit =
        Operand.register(
            field
                + switch (condition) {
                  case "eq", "ne" -> ".eq";
                  case "lt", "ge", "nl" -> ".lt";
                  default -> ".gt";
                });
    boolean positive = Set.of("eq", "lt", "gt").contains(condition);
    Operand asked = positive ? bit : new Operand.Binary(Operator.EQ, bit, ZERO);
    return terms.end(new Op.Branch(asked, terms.label()));
  }

  // ---- memory ----------------------------------------------------------------------------------

  private static List<Op> load(PpcTerms terms, boolean indexed, int size) {
    String target = terms.register();
    Operand address = indexed ? terms.indexed() : terms.based();
    return terms.end(new Op.Load(target, address, size, Set.of(), false));
  }

  private static List<Op> store(PpcTerms terms, boolean indexed, int size) {
    Operand value = terms.content();
    Operand address = indexed ? terms.indexed() : terms.based();
    return terms.end(new Op.Store(address, value, size, Set.of()));
  }

  private static List<Op> loadReserve(PpcTerms terms, int size) {
    String target = terms.register();
    Operand address = terms.indexed();
    return terms.end(
        new Op.Move(RESERVE, address), new Op.Load(target, address, size, ATOMIC, true));
  }

  private static List<Op> storeConditional(PpcTerms terms, int size) {
    Operand value = terms.content();
    Operand address = terms.indexed();
    Operand reserve = Operand.register(RESERVE);
    String equal = "cr0.eq";
    return terms.end(
        new Op.StoreConditional(
            equal, 1, 0, address, carrying(value, reserve), size, ATOMIC, false),
        new Op.Move("cr0.lt", carrying(ZERO, value, address, reserve)),
        new Op.Move("cr0.gt", carrying(ZERO, value, address, reserve)),
        new Op.Move(equal, carrying(Operand.register(equal), value, address, reserve)),
        new Op.Move(RESERVE, carrying(reserve, value, address)));
  }

  // ---- names -----------------------------------------------------------------------------------

  /** {@return a general register as it is called in ops, or null if it is none} */
  static @Nullable String general(String name) {
    return name.matches("r([0-9]|[12][0-9]|3[01])") ? name : null;
  }

  @Override
  public @Nullable String register(String name) {
    return general(name);
  }

  @Override
  public Set<String> sets() {
    return Set.of("X", "SYNC", "LWSYNC", "EIEIO", "ISYNC");
  }

  @Override
  public Set<String> relations() {
    return Set.of();
  }
}
