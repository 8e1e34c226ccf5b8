package dev.lazymm.isa;

import dev.lazymm.isa.Line.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ARMv8's A64 instructions: those that compute, branch, access memory in words of 4 or 8 bytes, and
 * order. Source: Arm Architecture Reference Manual for A-profile architecture (DDI 0487), chapter
 * C6.
 */
public final class AArch64 implements Isa {
  /** What the decoders of other kinds of instructions answer to. */
  private static final List<Function<Line, @Nullable List<Op>>> DECODERS =
      List.of(A64Arithmetic::decode, A64Atomics::decode, A64Memory::decode, AArch64::control);

  private static final List<String> DOMAINS = List.of("SY", "ISH", "OSH");

  /**
   * What accesses a barrier orders, as our own model takes all shareability domains for one; and
   * which barriers order other things than accesses as well.
   */
  private static final Set<String> KINDS = Set.of("FULL", "LOADS", "STORES", "DSB");

  @Override
  public String name() {
    return "AArch64";
  }

  @Override
  public List<Op> decode(Line line) {
    return DECODERS.stream()
        .map(decoder -> decoder.apply(line))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() ->
            new IsaException(
                line.place(), "there is no instruction " + line.mnemonic() + " in AArch64"));
  }

  private static @Nullable List<Op> control(Line line) {
    A64Terms terms = new A64Terms(line);
    return switch (line.mnemonic()) {
      case "nop" -> {
        terms.expect(0, 0, "NOP");
        yield List.of();
      }
      case "isb" -> {
        terms.expect(0, 1, "ISB");
        if (terms.count() == 1 && !terms.label(0).equalsIgnoreCase("SY")) {
          throw new IsaException(line.terms().getFirst().place(), "expected SY, or nothing");
        }
        yield List.of(new Op.Fence(Set.of("ISB")));
      }
      case "dmb", "dsb" -> List.of(barrier(line, terms));
      case "b" -> {
        terms.expect(1, 1, "B label");
        yield List.of(new Op.Branch(null, terms.label(0)));
      }
      case "cbz", "cbnz" -> {
        terms.expect(2, 2, "CBZ X0,label");
        Operand value = terms.register(0).value();
        yield List.of(branch(value, line.mnemonic().equals("cbz"), terms.label(1)));
      }
      case "tbz", "tbnz" -> {
        terms.expect(3, 3, "TBZ X0,#1,label");
        A64Register register = terms.register(0);
        long bit = 1L << terms.number(1, 0, register.bits() - 1);
        Operand value = Operand.binary(Operator.AND, register.value(), Operand.number(bit));
        yield List.of(branch(value, line.mnemonic().equals("tbz"), terms.label(2)));
      }
      default -> conditional(line, terms);
    };
  }

  private static Op branch(Operand value, boolean ifZero, String label) {
    return new Op.Branch(ifZero ? A64Flags.not(value) : value, label);
  }

  /** {@code B.EQ label}, or {@code BEQ label}. */
  private static @Nullable List<Op> conditional(Line line, A64Terms terms) {
    String name = line.mnemonic();
    if (!name.matches("b\\.?[a-z]{2}")) {
      return null;
    }
    Operand condition = A64Flags.condition(name.substring(name.length() - 2));
    if (condition == null) {
      return null;
    }
    terms.expect(1, 1, name.toUpperCase(Locale.ROOT) + " label");
    return List.of(
        new Op.Branch(condition.equals(A64Flags.ALWAYS) ? null : condition, terms.label(0)));
  }

  private static Op barrier(Line line, A64Terms terms) {
    String name = line.mnemonic().toUpperCase(Locale.ROOT);
    terms.expect(1, 1, name + " SY");
    Term term = line.terms().getFirst();
    String option = term instanceof Term.Name(String word, _) ? word.toUpperCase(Locale.ROOT) : "";
    if (!barriers().contains(name + "." + option)) {
      throw new IsaException(
          term.place(), "expected SY, LD, ST, ISH, ISHLD, ISHST, OSH, OSHLD or OSHST");
    }
    String kind = option.endsWith("LD") ? "LOADS" : option.endsWith("ST") ? "STORES" : "FULL";
    return new Op.Fence(
        name.equals("DSB")
            ? Set.of(name + "." + option, kind, name)
            : Set.of(name + "." + option, kind));
  }

  /** The sets of DMBs and DSBs: of a shareability domain, and of one kind of accesses or of all. */
  private static Set<String> barriers() {
    Set<String> all = new HashSet<>();
    for (String kind : List.of("DMB", "DSB")) {
      for (String domain : DOMAINS) {
        all.add(kind + "." + domain);
        Stream.of("LD", "ST")
            .map(accesses -> domain.equals("SY") ? accesses : domain + accesses)
            .forEach(option -> all.add(kind + "." + option));
      }
    }
    return all;
  }

  @Override
  public @Nullable String register(String name) {
    A64Register register = A64Register.of(name);
    return register == null || register.isZero() ? null : register.name();
  }

  @Override
  public boolean unsignedWords() {
    return true;
  }

  @Override
  public Set<String> sets() {
    Set<String> all = barriers();
    all.addAll(KINDS);
    all.addAll(A64Vocabulary.SETS);
    all.addAll(A64Vocabulary.EMPTY_SETS);
    return all;
  }

  @Override
  public Set<String> relations() {
    Set<String> all = new HashSet<>(A64Vocabulary.RELATIONS);
    all.addAll(A64Vocabulary.EMPTY_RELATIONS);
    return all;
  }
}
