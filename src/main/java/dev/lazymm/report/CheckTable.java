package dev.lazymm.report;

import dev.lazymm.check.Invariants;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.workload.Laws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks as tables: one for each design on each architecture, a line a model; below it what some
 * models break and others do not, with the command that draws it. It is the one form that tells the
 * time.
 */
public final class CheckTable {
  private static final double MILLIS = 1000;

  /** A design on an architecture. */
  private record Kernel(String design, String arch) {
    static Kernel of(Done d) {
      return new Kernel(d.result().design(), d.on());
    }
  }

  /** That some models break what others do not. */
  private record Difference(String invariant, List<String> broken, List<String> kept) {
    @Override
    public String toString() {
      return "%s under %s, not under %s"
          .formatted(invariant, String.join(", ", broken), String.join(", ", kept));
    }
  }

  private final Commands commands;
  private final StringBuilder out = new StringBuilder();

  private CheckTable(Commands commands) {
    this.commands = commands;
  }

  /** {@return the tables, and what all of them leave out} */
  public static String of(List<Done> done, Commands commands) {
    CheckTable table = new CheckTable(commands);
    group(done, Kernel::of).forEach(table::kernel);
    table.out.append(CheckText.summary(done)).append(CheckText.leftOut(done));
    return table.out.toString();
  }

  private static <K> Map<K, List<Done>> group(List<Done> done, Function<Done, K> by) {
    return done.stream()
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }

  private void kernel(Kernel kernel, List<Done> done) {
    out.append(kernel.design()).append(" on ").append(kernel.arch()).append('\n');
    line("model", "holds", "executions", "events", "seconds", "broken");
    group(done, Done::model).forEach(this::row);
    differences(done);
    out.append('\n');
  }

  private void row(String model, List<Done> done) {
    long holds = done.stream().filter(d -> d.violations().isEmpty() && !d.inconclusive()).count();
    long inconclusive = done.stream().filter(Done::inconclusive).count();
    Map<String, Integer> broken = new TreeMap<>(Laws.GRAVEST_FIRST);
    done.forEach(d -> d.violations().forEach(v -> broken.merge(v.invariant(), 1, Integer::sum)));
    Stream<String> counts = broken.entrySet().stream().map(e -> e.getKey() + " " + e.getValue());
    Stream<String> bounds = inconclusive == 0 ? Stream.of() : Stream.of("bound " + inconclusive);
    line(
        model,
        holds + "/" + done.size(),
        Long.toString(done.stream().mapToLong(d -> d.result().executions()).sum()),
        Integer.toString(done.stream().mapToInt(d -> d.result().bound().events()).max().orElse(0)),
        String.format(
            Locale.ROOT, "%.1f", done.stream().mapToLong(d -> d.took().toMillis()).sum() / MILLIS),
        Stream.concat(counts, bounds).collect(Collectors.joining(", ")));
  }

  private void line(
      String model, String holds, String executions, String events, String seconds, String broken) {
    String row = "  %-15s %5s %10s %6s %7s  ".formatted(model, holds, executions, events, seconds);
    Text.hang(out, row, broken);
  }

  private void differences(List<Done> done) {
    Map<Difference, List<Done>> all = new LinkedHashMap<>();
    for (List<Done> scenario : group(done, d -> d.job().spelled()).values()) {
      for (String invariant : Invariants.names()) {
        List<Done> broken = scenario.stream().filter(d -> d.breaks(invariant)).toList();
        List<Done> kept =
            scenario.stream().filter(d -> !d.breaks(invariant) && !d.inconclusive()).toList();
        if (!broken.isEmpty() && !kept.isEmpty()) {
          all.computeIfAbsent(
                  new Difference(invariant, models(broken), models(kept)), k -> new ArrayList<>())
              .add(broken.getFirst());
        }
      }
    }
    all.forEach((difference, of) -> {
      String scenarios = of.stream().map(d -> d.job().spelled()).collect(Collectors.joining(", "));
      Text.hang(out, "  ", difference + ": " + scenarios);
      Text.command(out, "    ", commands.explain(of.getFirst().job(), difference.invariant()));
    });
  }

  private static List<String> models(List<Done> done) {
    return done.stream().map(d -> d.result().model()).toList();
  }
}
