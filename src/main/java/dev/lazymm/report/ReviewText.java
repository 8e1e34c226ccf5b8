package dev.lazymm.report;

import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Review;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@code review}: one screen. */
public final class ReviewText {
  private static final int MOST_SURPRISES = 3;
  private static final int COLUMNS = 3;
  private static final int MINIMAL_LEFT = 3;

  private ReviewText() {}

  /** {@return the answers} */
  public static String of(Review review) {
    StringBuilder out = new StringBuilder();
    verdicts(out, review);
    why(out, review);
    bound(out, review);
    claims(out, review.claims());
    surprises(out, review.surprises());
    minimal(out, review.minimal());
    out.append("\nIs it fast?  ");
    StringBuilder head = new StringBuilder();
    ReplayText.head(head, review.recording());
    out.append(head).append(ReplayText.costs(review.recording().report()));
    return out.toString();
  }

  private static void verdicts(StringBuilder out, Review review) {
    Table table = new Table("");
    table.row("Is it safe?", "", "");
    review.rows().forEach(row -> table.row(row.design(), row.arch(), row.verdict()));
    List<String> lines = table.text(COLUMNS).lines().toList();
    int width = lines.stream().mapToInt(String::length).max().orElse(0) + 2;
    String scenarios = "broken in how many of %d scenarios".formatted(review.bound().scenarios());
    Text.hang(out, pad(lines.getFirst(), width), scenarios);
    for (int i = 0; i < review.rows().size(); i++) {
      String broken =
          review.rows().get(i).broken().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue())
              .collect(Collectors.joining(", "));
      Text.hang(out, pad(lines.get(i + 1), width), broken);
    }
  }

  /** How many sites are needed; those that are not, by name, and where to ask further. */
  private static void minimal(StringBuilder out, List<Minimality> all) {
    if (all.isEmpty()) {
      return;
    }
    Table table = new Table("");
    table.row("Is it minimal?", "", "model", "needed", "of", "scenarios");
    for (Minimality m : all) {
      int sites = m.needed().size() + m.notNeeded().size() + m.open().size();
      table.row(
          m.design(),
          m.arch(),
          m.model(),
          String.valueOf(m.needed().size()),
          sites + " sites",
          "%d of %d".formatted(m.scenarios(), m.of()));
    }
    out.append('\n').append(table.text(MINIMAL_LEFT));
    Map<String, List<String>> same = new LinkedHashMap<>();
    for (Minimality m : all) {
      same.computeIfAbsent(String.join(", ", m.notNeeded()), s -> new ArrayList<>())
          .add(m.design() + " on " + m.arch());
    }
    same.forEach((sites, who) ->
        Text.hang(out, "  not needed: ", sites + " (" + String.join("; ", who) + ")"));
    if (all.stream().anyMatch(m -> !m.open().isEmpty())) {
      Text.hang(out, "  ", "INCONCLUSIVE: a bound was hit before all was looked at");
    }
    Text.hang(
        out,
        "  ",
        "Each site weakened alone, under one model, in the few scenarios that hold as they are:"
            + " not needed is said of these only. All scenarios, forms and models, and what can be"
            + " weakened together:");
    Text.command(out, "  ", all.getFirst().deeper());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** Rows that are broken in the same way share a line. */
  private static void why(StringBuilder out, Review review) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (Review.Row row : review.rows()) {
      Review.Counterexample c = row.shortest();
      if (c != null) {
        String what = c.violation().invariant() + ": " + c.violation().what();
        commands.computeIfAbsent(what, w -> new ArrayList<>()).add(c.command());
      }
    }
    out.append(commands.isEmpty() ? "" : "\nWhy: the shortest counterexamples between CPUs\n");
    commands.forEach((what, list) -> {
      Text.hang(out, "  ", what);
      list.forEach(command -> Text.command(out, "  ", command));
    });
  }

  private static void bound(StringBuilder out, Review review) {
    Review.Bound b = review.bound();
    out.append('\n');
    Text.hang(
        out,
        "Bound: ",
        String.format(
            Locale.ROOT,
            "model %s, %d scenarios of %d to %d CPUs, executions of up to %d events; %d"
                + " executions, %d blocked%s",
            review.model(),
            b.scenarios(),
            b.minCpus(),
            b.maxCpus(),
            b.events(),
            b.executions(),
            b.blocked(),
            review.rows().stream().anyMatch(r -> r.verdict().equals("inconclusive"))
                ? "; NOT all were explored"
                : "; where it holds, all were explored"));
  }

  private static void claims(StringBuilder out, List<ClaimResult> claims) {
    Text.hang(
        out,
        "Claims: ",
        claims.stream()
                .map(c -> c.claim().id() + " " + ClaimsText.word(c.agreement()))
                .collect(Collectors.joining(", "))
            + " (found what was expected? ./lazymm claims)");
  }

  private static void surprises(StringBuilder out, List<Review.Counterexample> surprises) {
    for (Review.Counterexample s :
        surprises.subList(0, Math.min(MOST_SURPRISES, surprises.size()))) {
      Text.hang(
          out,
          "UNEXPECTED: ",
          s.scenario() + " " + s.violation().invariant() + ", " + s.violation().what());
      Text.command(out, "  ", s.command());
    }
    if (surprises.size() > MOST_SURPRISES) {
      out.append("and %d more like these%n".formatted(surprises.size() - MOST_SURPRISES));
    }
  }
}
