package dev.lazymm.check.faults;

import dev.lazymm.check.Invariants;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kernel methods by invariants: how many faults of each method each invariant finds. */
final class FaultTable {
  /** The scenario's own conditions share the last column. */
  private static final Set<String> CONDITIONS =
      Set.of(Invariants.NEVER, Invariants.ALWAYS, Invariants.EXISTS);

  private static final String END = "end";

  private final List<Outcome> outcomes;

  FaultTable(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** {@return the invariants, which all must find something} */
  static List<String> invariants() {
    return Invariants.names().stream().filter(n -> !CONDITIONS.contains(n)).toList();
  }

  /** {@return the rows, in order} */
  List<KernelMethod> methods() {
    return outcomes.stream().map(o -> o.fault().method()).distinct().toList();
  }

  /** {@return how many faults of a method an invariant finds} */
  long count(KernelMethod method, String invariant) {
    return outcomes.stream()
        .filter(o -> o.fault().method().equals(method) && finds(o, invariant))
        .count();
  }

  private static boolean finds(Outcome outcome, String column) {
    return column.equals(END)
        ? outcome.found().stream().anyMatch(CONDITIONS::contains)
        : outcome.found().contains(column);
  }

  /** {@return the table: a row a method, a column an invariant} */
  String matrix() {
    List<String> columns = new ArrayList<>(invariants());
    columns.add(END);
    int name = width(methods().stream().map(KernelMethod::kernelName));
    int owner = width(methods().stream().map(m -> m.owner().getSimpleName()));
    String names = "%-" + name + "s%-" + owner + "s";
    StringBuilder text = new StringBuilder();
    text.append(names.formatted("method", "in")).append(" n");
    columns.forEach(c -> text.append(' ').append(c));
    for (KernelMethod method : methods()) {
      long faults = outcomes.stream().filter(o -> o.fault().method().equals(method)).count();
      text.append('\n')
          .append(names.formatted(method.kernelName(), method.owner().getSimpleName()))
          .append("%2d".formatted(faults));
      for (String column : columns) {
        long n = count(method, column);
        String cell = n == 0 ? "." : Long.toString(n);
        text.append(' ').append(" ".repeat(column.length() - cell.length())).append(cell);
      }
    }
    return text.append('\n').toString();
  }

  private static int width(Stream<String> cells) {
    return cells.mapToInt(String::length).max().orElse(0) + 1;
  }

  /** {@return one entry a fault: what is broken, where it shows, what finds it} */
  String list() {
    return methods().stream().map(this::entries).collect(Collectors.joining("\n"));
  }

  private String entries(KernelMethod method) {
    StringBuilder text = new StringBuilder(method.toString()).append('\n');
    for (Outcome outcome : outcomes) {
      Fault fault = outcome.fault();
      if (fault.method().equals(method)) {
        text.append("  ").append(fault.headline()).append('\n');
        text.append("    ").append(fault.place()).append('\n');
        text.append("    ").append(String.join(" ", outcome.found())).append('\n');
      }
    }
    return text.toString();
  }

  /** {@return one entry a fault that is not found} */
  static String unseen() {
    return UnseenFaults.ALL.stream()
        .map(u ->
            "%s: %s%n    needs %s%n".formatted(u.fault().method(), u.fault().headline(), u.needs()))
        .collect(Collectors.joining());
  }
}
