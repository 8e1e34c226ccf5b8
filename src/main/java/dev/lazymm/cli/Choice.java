package dev.lazymm.cli;

import dev.lazymm.workload.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds things by the names that the user gives. */
final class Choice {
  private Choice() {}

  /** {@return the things of these names, each once, in the order given} */
  static <T> List<T> all(
      String kind, List<String> names, List<T> known, Function<T, String> nameOf) {
    Set<T> chosen = new LinkedHashSet<>();
    names.forEach(name -> chosen.add(one(kind, name, known, nameOf)));
    return List.copyOf(chosen);
  }

  /** {@return the thing of this name} */
  static <T> T one(String kind, String name, List<T> known, Function<T, String> nameOf) {
    Optional<T> found = known.stream().filter(t -> nameOf.apply(t).equals(name)).findFirst();
    return found.orElseThrow(() -> {
      List<String> names = known.stream().map(nameOf).toList();
      String near =
          Suggestion.near(name, names).map(n -> "; did you mean \"" + n + "\"?").orElse("");
      return new UserError(
          "there is no %s \"%s\"%s%n  expected one of %s"
              .formatted(kind, name, near, String.join(", ", names)));
    });
  }
}
