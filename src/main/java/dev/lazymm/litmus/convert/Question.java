package dev.lazymm.litmus.convert;

import dev.lazymm.litmus.Prop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a test asks about its end, told with other names. */
final class Question {
  private final Function<Prop.Register, String> registers;
  private final Function<String, String> locations;

  Question(Function<Prop.Register, String> registers, Function<String, String> locations) {
    this.registers = registers;
    this.locations = locations;
  }

  Prop prop(Prop prop) {
    return switch (prop) {
      case Prop.True t -> t;
      case Prop.And(List<Prop> of) -> new Prop.And(of.stream().map(this::prop).toList());
      case Prop.Or(List<Prop> of) -> new Prop.Or(of.stream().map(this::prop).toList());
      case Prop.Not(Prop of) -> new Prop.Not(prop(of));
      case Prop.Implies(Prop first, Prop second) -> new Prop.Implies(prop(first), prop(second));
      case Prop.Equal(Prop.Term left, Prop.Term right) -> new Prop.Equal(term(left), term(right));
    };
  }

  Prop.Term term(Prop.Term term) {
    return switch (term) {
      case Prop.Register r -> new Prop.Register(r.thread(), registers.apply(r));
      case Prop.Location(String name) -> new Prop.Location(locations.apply(name));
      case Prop.Literal l -> l;
    };
  }

  /** {@return the registers that a proposition is about} */
  static Set<Prop.Register> registers(List<Prop.Term> shown, Prop... props) {
    Set<Prop.Register> all = new LinkedHashSet<>();
    Question collect =
        new Question(
            r -> {
              all.add(r);
              return r.name();
            },
            name -> name);
    shown.forEach(collect::term);
    for (Prop prop : props) {
      collect.prop(prop);
    }
    return all;
  }

  /** {@return all of some propositions} */
  static Prop all(List<Prop> props) {
    List<Prop> asked = new ArrayList<>(props);
    asked.removeIf(Prop.True.class::isInstance);
    return switch (asked.size()) {
      case 0 -> new Prop.True();
      case 1 -> asked.getFirst();
      default -> new Prop.And(asked);
    };
  }
}
