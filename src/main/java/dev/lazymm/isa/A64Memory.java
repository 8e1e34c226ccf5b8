package dev.lazymm.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ARMv8's loads and stores, ordinary, ordered and exclusive. */
final class A64Memory {
  /** Those that a test without mixed sizes has no use for. */
  private static final String PAIRS =
      "ldn?p|stn?p|ldi?a?pp|sti?l?p|ldpsw|ld?a?xp|stl?xp|casp(a|l|al)?";

  private static final String SMALL =
      "(ldu?r|ldap?r|lda?xr|stu?r|stl?r|stl?xr|cas(a|l|al)?|swp(a|l|al)?"
          + "|(ld|st)(add|clr|eor|set)(a|l|al)?)[bh]|ldu?rs[bhw]";

  private final String mnemonic;
  private final A64Terms terms;

  private A64Memory(Line line) {
    mnemonic = line.mnemonic();
    terms = new A64Terms(line);
  }

  /** {@return what an instruction does; null if it is none of these} */
  static @Nullable List<Op> decode(Line line) {
    return new A64Memory(line).decode();
  }

  private @Nullable List<Op> decode() {
    return switch (mnemonic) {
      case "ldr", "ldur" -> load();
      case "str", "stur" -> store();
      case "ldar" -> ordered(Set.of("A"), false);
      case "ldapr" -> ordered(Set.of("Q"), false);
      case "ldxr" -> ordered(Set.of("X"), true);
      case "ldaxr" -> ordered(Set.of("X", "A"), true);
      case "stlr" -> release();
      case "stxr" -> conditional(Set.of("X"));
      case "stlxr" -> conditional(Set.of("X", "L"));
      default -> {
        checkSizes();
        yield null;
      }
    };
  }

  private void checkSizes() {
    if (mnemonic.matches(PAIRS) || mnemonic.matches(SMALL)) {
      throw new IsaException(
          terms.place(),
          "%s accesses %s: accesses of mixed sizes are not supported"
              .formatted(
                  mnemonic, mnemonic.matches(PAIRS) ? "pairs" : "less than 4 bytes, or extends"));
    }
  }

  private String example(String rest) {
    return mnemonic.toUpperCase(Locale.ROOT) + " " + rest;
  }

  private List<Op> load() {
    terms.expect(2, 3, example("X0,[X1]"));
    A64Register target = terms.register(0);
    A64Address address = A64Address.any(terms, 1);
    address.checkApart(target, terms);
    List<Op> all = new ArrayList<>();
    all.add(new Op.Load(target.name(), address.access(), target.size(), Set.of(), false));
    all.addAll(address.after());
    return all;
  }

  private List<Op> store() {
    terms.expect(2, 3, example("X0,[X1]"));
    A64Register source = terms.register(0);
    A64Address address = A64Address.any(terms, 1);
    address.checkApart(source, terms);
    List<Op> all = new ArrayList<>();
    all.add(new Op.Store(address.access(), source.value(), source.size(), Set.of()));
    all.addAll(address.after());
    return all;
  }

  private List<Op> ordered(Set<String> tags, boolean reserves) {
    terms.expect(2, 2, example("X0,[X1]"));
    A64Register target = terms.register(0);
    Operand address = A64Address.simple(terms, 1);
    return List.of(new Op.Load(target.name(), address, target.size(), tags, reserves));
  }

  private List<Op> release() {
    terms.expect(2, 2, example("X0,[X1]"));
    A64Register source = terms.register(0);
    return List.of(
        new Op.Store(A64Address.simple(terms, 1), source.value(), source.size(), Set.of("L")));
  }

  private List<Op> conditional(Set<String> tags) {
    terms.expect(3, 3, example("W0,X1,[X2]"));
    A64Register status = terms.register(0);
    if (status.wide()) {
      throw new IsaException(terms.place(), "expected a status register of 32 bits, as in W0");
    }
    A64Register source = terms.register(1);
    Operand address = A64Address.simple(terms, 2);
    if (status.name().equals(source.name()) || address.equals(Operand.register(status.name()))) {
      throw new IsaException(
          terms.place(),
          "the status register is also the base or what is stored; use another register");
    }
    return List.of(
        new Op.StoreConditional(
            status.name(), 0, 1, address, source.value(), source.size(), tags, false));
  }
}
