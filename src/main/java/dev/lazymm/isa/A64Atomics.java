package dev.lazymm.isa;

import dev.lazymm.isa.Op.CompareAndSwap.Course;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ARMv8's atomic instructions, those of its Large System Extensions.
 *
 * <p>Where the old value is not kept, as its register is {@code XZR}, the read is of the set {@code
 * NoRet} and orders nothing as an acquire.
 */
final class A64Atomics {
  private static final Pattern NAME = Pattern.compile("(cas|swp|ldadd|ldclr|ldeor|ldset)(|a|l|al)");

  private static final Pattern WITHOUT_RESULT = Pattern.compile("st(add|clr|eor|set)(|l)");

  private final A64Terms terms;
  private final String kind;
  private final boolean acquires;
  private final boolean releases;
  private final String mnemonic;

  private A64Atomics(Line line, String kind, String order) {
    terms = new A64Terms(line);
    mnemonic = line.mnemonic().toUpperCase(Locale.ROOT);
    this.kind = kind;
    acquires = order.startsWith("a");
    releases = order.endsWith("l");
  }

  /** {@return what an instruction does; null if it is none of these} */
  static @Nullable List<Op> decode(Line line) {
    Matcher named = NAME.matcher(line.mnemonic());
    if (named.matches()) {
      var atomic = new A64Atomics(line, named.group(1), named.group(2));
      return named.group(1).equals("cas") ? atomic.compareAndSwap() : atomic.modify();
    }
    Matcher without = WITHOUT_RESULT.matcher(line.mnemonic());
    return without.matches()
        ? new A64Atomics(line, "ld" + without.group(1), without.group(2)).withoutResult()
        : null;
  }

  private List<Op> compareAndSwap() {
    terms.expect(3, 3, mnemonic + " X0,X1,[X2]");
    A64Register expected = terms.register(0);
    A64Register source = terms.register(1, expected);
    return List.of(
        new Op.CompareAndSwap(
            expected.isZero() ? null : expected.name(),
            A64Address.simple(terms, 2),
            expected.value(),
            source.value(),
            expected.size(),
            read(expected.isZero(), "X"),
            write(),
            read(expected.isZero(), ""),
            List.of(Course.values())));
  }

  private List<Op> modify() {
    terms.expect(3, 3, mnemonic + " X0,X1,[X2]");
    A64Register source = terms.register(0);
    return modify(source, terms.register(1, source), 2);
  }

  private List<Op> withoutResult() {
    terms.expect(2, 2, mnemonic + " X0,[X1]");
    A64Register source = terms.register(0);
    return modify(source, new A64Register(A64Register.ZERO, source.wide()), 1);
  }

  private List<Op> modify(A64Register source, A64Register old, int address) {
    return List.of(
        new Op.Modify(
            old.isZero() ? null : old.name(),
            A64Address.simple(terms, address),
            operator(),
            source.value(),
            source.size(),
            read(old.isZero(), "X"),
            write()));
  }

  private @Nullable Operator operator() {
    return switch (kind) {
      case "ldadd" -> Operator.ADD;
      case "ldclr" -> Operator.AND_NOT;
      case "ldeor" -> Operator.XOR;
      case "ldset" -> Operator.OR;
      default -> null;
    };
  }

  private Set<String> read(boolean withoutResult, String atomic) {
    Set<String> tags = new HashSet<>();
    if (withoutResult) {
      tags.add("NoRet");
      return tags;
    }
    if (acquires) {
      tags.add("A");
    }
    if (!atomic.isEmpty()) {
      tags.add(atomic);
    }
    return tags;
  }

  private Set<String> write() {
    return releases ? Set.of("X", "L") : Set.of("X");
  }
}
