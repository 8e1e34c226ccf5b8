package dev.lazymm.workload;

import java.util.List;
import java.util.Locale;

/**
 * What a scenario says of how its executions end.
 *
 * @param kind whether some, no or every execution ends so
 * @param arches the architectures it is said of, by name; empty for all
 * @param designs the lifetime designs it is said of, by name; empty for all
 * @param condition the state at the end
 */
public record Expectation(
    Kind kind, List<String> arches, List<String> designs, Condition condition) {
  /** How many executions end in the condition. */
  public enum Kind {
    /** At least one does. */
    EXISTS,
    /** None does. */
    NEVER,
    /** All do. */
    ALWAYS;

    /** {@return the keyword in the text form} */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Expectation {
    arches = List.copyOf(arches);
    designs = List.copyOf(designs);
  }

  /** {@return an expectation of every kernel} */
  public static Expectation of(Kind kind, Condition condition) {
    return new Expectation(kind, List.of(), List.of(), condition);
  }

  /** {@return whether this is said of a kernel with this architecture and lifetime design} */
  public boolean appliesTo(String arch, String design) {
    return (arches.isEmpty() || arches.contains(arch))
        && (designs.isEmpty() || designs.contains(design));
  }
}
