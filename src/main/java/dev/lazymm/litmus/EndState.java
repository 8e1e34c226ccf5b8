package dev.lazymm.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a candidate ends, as far as it is known: what is in registers, and in the locations that the
 * test asks about, whose last write is a decision of the search.
 */
final class EndState {
  private static final int UNDECIDED = -1;

  private final Candidate candidate;
  private final Valuation values;
  private final int[] last;

  EndState(Candidate candidate) {
    this.candidate = candidate;
    values = candidate.values();
    last = new int[candidate.test().locations().size()];
    Arrays.fill(last, UNDECIDED);
  }

  /** Decides the last write to a location. */
  void decide(int location, int write) {
    last[location] = write;
  }

  /** Takes a decision back. */
  void forget(int location) {
    last[location] = UNDECIDED;
  }

  Truth holds(Prop prop) {
    return switch (prop) {
      case Prop.True t -> Truth.TRUE;
      case Prop.And and -> {
        Truth all = Truth.TRUE;
        for (Prop p : and.of()) {
          all = all.and(holds(p));
        }
        yield all;
      }
      case Prop.Or or -> {
        Truth any = Truth.FALSE;
        for (Prop p : or.of()) {
          any = any.or(holds(p));
        }
        yield any;
      }
      case Prop.Not not -> holds(not.of()).not();
      case Prop.Implies implies -> holds(implies.first()).not().or(holds(implies.second()));
      case Prop.Equal equal ->
          isKnown(equal.left()) && isKnown(equal.right())
              ? Truth.of(value(equal.left()) == value(equal.right()))
              : Truth.UNKNOWN;
    };
  }

  private boolean isKnown(Prop.Term term) {
    return switch (term) {
      case Prop.Literal l -> true;
      case Prop.Register r -> {
        Value value = candidate.paths().get(r.thread()).registers().get(r.name());
        yield value == null || Valuation.isComputable(value, values.view(r.thread()));
      }
      case Prop.Location l -> {
        int write = last[index(l)];
        yield write != UNDECIDED && values.isKnown(write);
      }
    };
  }

  /** {@return the value of a term, which is known} */
  long value(Prop.Term term) {
    return switch (term) {
      case Prop.Literal l -> l.value();
      case Prop.Register r -> {
        Value value = candidate.paths().get(r.thread()).registers().get(r.name());
        Map<String, Long> initial = candidate.test().registers().get(r.thread());
        yield value == null
            ? initial.getOrDefault(r.name(), 0L)
            : value.evaluate(values.view(r.thread()));
      }
      case Prop.Location l -> values.value(last[index(l)]);
    };
  }

  private int index(Prop.Location l) {
    return candidate.test().locations().indexOf(l.name());
  }

  // ---- what a test asks about ------------------------------------------------------------------

  /** {@return the registers and locations that a test shows, registers first, in herd's order} */
  static List<Prop.Term> shown(LitmusTest test) {
    Set<Prop.Term> terms = new LinkedHashSet<>(test.shown());
    collect(test.condition(), terms);
    List<Prop.Term> sorted = new ArrayList<>(terms);
    sorted.removeIf(Prop.Literal.class::isInstance);
    sorted.sort(
        Comparator.comparingInt(
                (Prop.Term t) -> t instanceof Prop.Register r ? r.thread() : 1 << 30)
            .thenComparing(EndState::name));
    return sorted;
  }

  /** {@return the locations of which the last write matters, by index} */
  static List<Integer> observed(LitmusTest test) {
    Set<Prop.Term> terms = new LinkedHashSet<>(test.shown());
    collect(test.condition(), terms);
    collect(test.filter(), terms);
    return terms.stream()
        .filter(Prop.Location.class::isInstance)
        .map(t -> test.locations().indexOf(name(t)))
        .sorted()
        .toList();
  }

  private static String name(Prop.Term term) {
    return switch (term) {
      case Prop.Register r -> r.name();
      case Prop.Location l -> l.name();
      case Prop.Literal l -> "";
    };
  }

  private static void collect(Prop prop, Collection<Prop.Term> terms) {
    switch (prop) {
      case Prop.True t -> {}
      case Prop.And and -> and.of().forEach(p -> collect(p, terms));
      case Prop.Or or -> or.of().forEach(p -> collect(p, terms));
      case Prop.Not not -> collect(not.of(), terms);
      case Prop.Implies implies -> {
        collect(implies.first(), terms);
        collect(implies.second(), terms);
      }
      case Prop.Equal equal -> {
        terms.add(equal.left());
        terms.add(equal.right());
      }
    }
  }

  /** {@return the state as herd prints it: {@code 0:r1=1; [x]=2;}} */
  String text(List<Prop.Term> terms) {
    StringBuilder text = new StringBuilder();
    for (Prop.Term term : terms) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      if (term instanceof Prop.Register r) {
        text.append(r.thread()).append(':').append(r.name());
      } else {
        text.append('[').append(name(term)).append(']');
      }
      text.append('=').append(number(value(term))).append(';');
    }
    return text.toString();
  }

  /** {@return a number, or the name of the location whose address it is} */
  String number(long value) {
    if (value >= Value.SYMBOLS) {
      return "S" + (value - Value.SYMBOLS);
    }
    int location = Value.locationOf(value);
    List<String> names = candidate.test().locations();
    return location >= 0 && location < names.size() ? names.get(location) : Long.toString(value);
  }
}
