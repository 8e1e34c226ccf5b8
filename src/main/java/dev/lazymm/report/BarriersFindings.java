package dev.lazymm.report;

import dev.lazymm.barriers.Cell;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Subject;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakenings;
import dev.lazymm.report.BarriersText.Row;
import dev.lazymm.review.Commands;
import dev.lazymm.workload.ScenarioWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What breaks without what, and the commands that show it, for {@link BarriersText}. */
final class BarriersFindings {
  private final Necessity found;
  private final StringBuilder out;

  BarriersFindings(Necessity found, StringBuilder out) {
    this.found = found;
    this.out = out;
  }

  private record Kind(Row row, Subject subject, String invariant) {}

  /** Adds what breaks, one thing after the other. */
  void text() {
    Map<Kind, List<Cell>> kinds = new LinkedHashMap<>();
    for (Cell c : found.cells()) {
      if (c.finding() instanceof Cell.Finding f) {
        Kind kind = new Kind(new Row(c.site(), c.form()), f.subject(), f.invariant());
        kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(c);
      }
    }
    kinds.forEach((kind, cells) -> {
      out.append('\n');
      Text.hang(
          out,
          "",
          "%s %s: %s breaks %s (%s)"
              .formatted(
                  kind.row().site(),
                  kind.row().form().word(),
                  kind.subject().spelled(),
                  kind.invariant(),
                  cells.stream().map(c -> name(c.model())).collect(Collectors.joining(", "))));
      Cell.Finding first = cells.getFirst().finding();
      if (first != null) {
        Text.hang(out, "  ", first.what());
      }
      if (found.question().every()) {
        cells.forEach(c ->
            Text.hang(
                out,
                "  ",
                "%s: %d of %d scenarios: %s"
                    .formatted(
                        name(c.model()),
                        c.broken().size(),
                        c.scenarios(),
                        String.join(", ", c.broken()))));
      }
      Text.command(out, "  ", command(kind.row(), kind.subject(), cells));
    });
  }

  private String command(Row row, Subject subject, List<Cell> cells) {
    return Commands.check(
        subject.generated() ? "FILE:" + subject.spelled() : subject.spelled(),
        found.question().design().spelled(),
        found.question().arch().name(),
        cells.stream().map(c -> c.model().name()).toList(),
        Weakenings.of(row.site(), row.form()));
  }

  /** Adds the scenarios that no command line can name. */
  void scenarios() {
    Set<Subject> drawn = new LinkedHashSet<>();
    for (Cell c : found.cells()) {
      if (c.finding() instanceof Cell.Finding f && f.subject().generated()) {
        drawn.add(f.subject());
      }
    }
    if (!drawn.isEmpty()) {
      out.append("\nFILE, for the commands above:\n");
      drawn.forEach(s -> out.append('\n').append(ScenarioWriter.write(s.scenario())));
    }
  }

  private String name(Model model) {
    return BarriersText.name(found, model);
  }
}
