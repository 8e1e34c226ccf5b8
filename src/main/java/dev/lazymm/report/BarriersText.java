package dev.lazymm.report;

import dev.lazymm.barriers.Baseline;
import dev.lazymm.barriers.Cell;
import dev.lazymm.barriers.Cell.Answer;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Relaxed;
import dev.lazymm.barriers.Subject;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.count.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The text of {@code barriers}. */
public final class BarriersText {
  private final Necessity found;
  private final String arch;
  private final StringBuilder out = new StringBuilder();

  private BarriersText(Necessity found) {
    this.found = found;
    arch = found.question().arch().name();
  }

  /** {@return the table, what breaks without what, what can go together, and the bound} */
  public static String of(Necessity found) {
    return new BarriersText(found).text();
  }

  private String text() {
    Text.hang(
        out,
        "",
        "%s on %s: each site weakened alone".formatted(found.question().design().name(), arch));
    out.append('\n').append(table()).append('\n');
    legend();
    BarriersFindings findings = new BarriersFindings(found, out);
    findings.text();
    found.relaxed().forEach(this::relaxed);
    leftOut();
    findings.scenarios();
    out.append('\n');
    bound();
    return out.toString();
  }

  // ---- the table -------------------------------------------------------------------------------

  /** A site in one form. */
  record Row(String site, Weakening form) {}

  private Map<Row, List<Cell>> rows() {
    Map<Row, List<Cell>> rows = new LinkedHashMap<>();
    found
        .cells()
        .forEach(
            c -> rows.computeIfAbsent(new Row(c.site(), c.form()), r -> new ArrayList<>()).add(c));
    return rows;
  }

  private String table() {
    Table table = new Table("  ");
    List<String> head = new ArrayList<>(List.of("site", "form"));
    found.question().models().forEach(m -> head.add(name(m)));
    table.row(head.toArray(String[]::new));
    String[] last = {""};
    rows()
        .forEach((row, cells) -> {
          List<String> line = new ArrayList<>();
          line.add(row.site().equals(last[0]) ? "" : row.site());
          line.add(row.form().word());
          cells.forEach(c -> line.add(word(c.answer())));
          table.row(line.toArray(String[]::new));
          last[0] = row.site();
        });
    return table.text(2 + found.question().models().size());
  }

  private String name(Model model) {
    return name(found, model);
  }

  /** {@return a model's name, with a mark if it is of another architecture's hardware} */
  static String name(Necessity found, Model model) {
    return model.name() + (model.isWhatIf(found.question().arch().name()) ? "*" : "");
  }

  private static String word(Answer answer) {
    return switch (answer) {
      case NEEDED -> "needed";
      case NOT_NEEDED -> "no";
      case INCONCLUSIVE -> "?";
      case NO_DIFFERENCE -> "-";
      case NOT_REACHED -> ".";
    };
  }

  private void legend() {
    Set<Answer> seen = new LinkedHashSet<>();
    found.cells().forEach(c -> seen.add(c.answer()));
    List<String> words = new ArrayList<>();
    words.add("needed: something breaks without");
    words.add("no: nothing does, within the bound");
    if (seen.contains(Answer.INCONCLUSIVE)) {
      words.add("?: a bound was hit before it was clear");
    }
    if (seen.contains(Answer.NO_DIFFERENCE)) {
      words.add("-: the model keeps all in order");
    }
    if (seen.contains(Answer.NOT_REACHED)) {
      words.add(".: no scenario that holds comes by it");
    }
    if (found.question().models().stream().anyMatch(m -> m.isWhatIf(arch))) {
      words.add("*: what-if, another architecture's hardware");
    }
    Text.hang(out, "  ", String.join("; ", words));
  }

  // ---- what can be weakened together -----------------------------------------------------------

  private void relaxed(Relaxed r) {
    out.append('\n');
    if (!r.complete()) {
      Text.hang(out, "", "together, under " + r.model().name() + ": inconclusive");
      return;
    }
    Text.hang(
        out,
        "",
        "together, under %s: everything holds with these weakened".formatted(r.model().name()));
    Text.hang(out, "  ", r.weakened().isNone() ? "(none)" : r.weakened().text());
    Text.hang(
        out, "  needed alone: ", r.needed().isEmpty() ? "(none)" : String.join(", ", r.needed()));
    for (Relaxed.Kept kept : r.kept()) {
      Cell.Finding f = kept.finding();
      Text.hang(
          out,
          "  kept beside: ",
          kept.site()
              + (f == null
                  ? ""
                  : ", else %s breaks %s".formatted(f.subject().spelled(), f.invariant())));
    }
    Text.hang(
        out,
        "  ",
        "an idle round trip: %d full barriers instead of %d; %d atomics on mm_count; %d IPIs"
            .formatted(
                found.fullBarriers(r.weakened()),
                found.fullBarriers(Weakenings.NONE),
                Count.total(found.roundTrip().rmws()),
                Count.total(found.roundTrip().ipis())));
  }

  // ---- the bound -------------------------------------------------------------------------------

  /**
   * Scenarios that show nothing, as something is broken in them with every barrier in place, and
   * those that may show more, as a bound ended them.
   */
  private void leftOut() {
    scenarios("left out, broken as it is", Baseline::isBroken);
    if (!found.cut()) { // else that is said of all
      scenarios("not explored to the end as it is", Baseline::isOpen);
    }
  }

  private void scenarios(String what, Predicate<Baseline> which) {
    Map<String, List<String>> models = new LinkedHashMap<>();
    found.baselines().stream()
        .filter(which)
        .forEach(b ->
            models
                .computeIfAbsent(b.subject().spelled(), s -> new ArrayList<>())
                .add(name(b.model())));
    Map<List<String>, List<String>> by = new LinkedHashMap<>();
    models.forEach((s, m) -> by.computeIfAbsent(m, x -> new ArrayList<>()).add(s));
    if (!by.isEmpty()) {
      out.append('\n');
    }
    by.forEach((under, some) ->
        Text.hang(
            out, "%s (%s): ".formatted(what, String.join(", ", under)), String.join(", ", some)));
  }

  private void bound() {
    long drawn = found.question().subjects().stream().filter(Subject::generated).count();
    long library = found.question().subjects().size() - drawn;
    int cpus = found.baselines().stream().mapToInt(b -> b.result().bound().cpus()).max().orElse(0);
    int events =
        found.baselines().stream().mapToInt(b -> b.result().bound().events()).max().orElse(0);
    Text.hang(
        out,
        "bound: ",
        "%d scenarios%s of up to %d CPUs and %d events; %d checks, %d executions, %d replays"
            .formatted(
                library,
                drawn == 0 ? "" : " and %d drawn ones".formatted(drawn),
                cpus,
                events,
                found.checks(),
                found.executions(),
                found.replays()));
    Set<String> out2 = new LinkedHashSet<>();
    found.baselines().forEach(b -> out2.addAll(b.result().bound().leftOut()));
    out2.forEach(what -> Text.hang(out, "outside the bound: ", what));
    if (found.cut()) {
      Text.hang(out, "", "inconclusive: it was ended before all was done");
    }
    if (!found.question().every()) {
      Text.hang(
          out, "deeper: ", "--deep adds drawn scenarios, and says in how many something breaks");
    }
  }
}
