package dev.lazymm.report;

import dev.lazymm.check.Invariants;
import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.Minimality;
import dev.lazymm.review.Review;
import dev.lazymm.review.ReviewSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of {@code review}: a screen of verdicts, and below it what is behind them. */
public final class ReviewText {
  private static final int MOST_SURPRISES = 3;

  private final Review review;
  private final StringBuilder out = new StringBuilder();

  private ReviewText(Review review) {
    this.review = review;
  }

  /** {@return the answers} */
  public static String of(Review review) {
    return new ReviewText(review).text();
  }

  private String text() {
    out.append("Is it safe? Is it minimal?\n\n");
    out.append(new ReviewMatrix(review).text());
    surprises(review.surprises());
    broken();
    why();
    sites();
    looked();
    claims(review.claims());
    deeper();
    fast();
    return out.toString();
  }

  /** What each design breaks, and on how many architectures. */
  private void broken() {
    Map<String, Map<String, Integer>> cells = new LinkedHashMap<>();
    Set<String> underSc = new TreeSet<>();
    for (Review.Row row : review.rows()) {
      for (String name : row.broken().keySet()) {
        cells
            .computeIfAbsent(
                row.design(),
                d -> new TreeMap<>(Comparator.comparingInt(Invariants.names()::indexOf)))
            .merge(name, 1, Integer::sum);
        if (!row.hardware().only().contains(name)) {
          underSc.add(row.design() + " " + name);
        }
      }
    }
    if (cells.isEmpty()) {
      return;
    }
    out.append('\n');
    Text.hang(out, "", "Broken, on how many architectures (*: under the hardware's model alone):");
    int width = cells.keySet().stream().mapToInt(String::length).max().orElse(0);
    cells.forEach((design, counts) ->
        Text.hang(
            out,
            "  " + design + " ".repeat(width - design.length() + 2),
            counts.entrySet().stream()
                .map(e ->
                    e.getKey()
                        + " "
                        + e.getValue()
                        + (underSc.contains(design + " " + e.getKey()) ? "" : "*"))
                .collect(Collectors.joining(", "))));
  }

  // ---- why -------------------------------------------------------------------------------------

  private record Kind(String invariant, String scenario) {}

  /** Cells whose gravest is shown by the same scenario share a line. */
  private void why() {
    Map<Kind, List<Review.Counterexample>> kinds = new LinkedHashMap<>();
    for (Review.Row row : review.rows()) {
      Review.Counterexample c = row.shortest();
      if (c != null) {
        Kind kind = new Kind(c.violation().invariant(), c.scenario());
        kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(c);
      }
    }
    out.append(kinds.isEmpty() ? "" : "\nWhy not: the shortest counterexamples between CPUs\n");
    kinds.forEach((kind, some) -> {
      Review.Counterexample first = some.getFirst();
      Set<String> designs = new LinkedHashSet<>();
      some.forEach(c -> designs.add(c.design()));
      Text.hang(
          out,
          "  " + kind.invariant() + " ",
          "%s%s"
              .formatted(
                  first.violation().what(),
                  some.size() == 1
                      ? ""
                      : " (%d cells: %s)".formatted(some.size(), String.join(", ", designs))));
      Text.command(out, "    ", first.command());
    });
  }

  private void surprises(List<Review.Counterexample> surprises) {
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

  // ---- what is needed --------------------------------------------------------------------------

  /** Which sites are needed in every cell that meets them, in none, and in how many of the rest. */
  private void sites() {
    Map<String, Integer> needed = new TreeMap<>();
    Map<String, Integer> not = new TreeMap<>();
    for (Minimality m : review.minimal()) {
      m.needed().keySet().forEach(s -> needed.merge(s, 1, Integer::sum));
      m.notNeeded().forEach(s -> not.merge(s, 1, Integer::sum));
    }
    Set<String> all = new TreeSet<>(needed.keySet());
    all.addAll(not.keySet());
    List<String> always = all.stream().filter(s -> !not.containsKey(s)).toList();
    List<String> never = all.stream().filter(s -> !needed.containsKey(s)).toList();
    List<String> some = new ArrayList<>();
    for (String site : all) {
      if (needed.containsKey(site) && not.containsKey(site)) {
        int n = needed.getOrDefault(site, 0);
        some.add("%s %d/%d".formatted(site, n, n + not.getOrDefault(site, 0)));
      }
    }
    out.append("\nSites, over the cells that have them\n");
    hangUnlessEmpty("  always needed: ", always);
    hangUnlessEmpty("  needed in some cells: ", some);
    hangUnlessEmpty("  never shown to be needed: ", never);
    if (review.minimal().stream().anyMatch(m -> !m.open().isEmpty())) {
      Text.hang(out, "  ", "INCONCLUSIVE: a bound was hit before all was looked at");
    }
  }

  private void hangUnlessEmpty(String head, List<String> words) {
    if (!words.isEmpty()) {
      Text.hang(out, head, String.join(", ", words));
    }
  }

  // ---- what was looked at ----------------------------------------------------------------------

  private void looked() {
    Review.Bound b = review.bound();
    ReviewSet set = b.set();
    out.append('\n');
    Text.hang(
        out,
        "Bound: ",
        String.format(
            Locale.ROOT,
            "safe: model sc, %d scenarios of %d to %d CPUs%s, executions of up to %d events;"
                + " under the hardware's model (%s) %s; %d executions, %d blocked%s",
            b.scenarios(),
            b.minCpus(),
            b.maxCpus(),
            b.leftOut().isEmpty()
                ? ""
                : " (those of up to %d CPUs and %d actions, and %s)"
                    .formatted(set.cpus(), set.actions(), String.join(", ", ReviewSet.LARGER)),
            b.events(),
            models(),
            set.isWhole() ? "the same" : "%d of them".formatted(ReviewSet.FEW.size()),
            b.executions(),
            b.blocked(),
            review.rows().stream().anyMatch(r -> r.verdict().equals("inconclusive"))
                ? "; NOT all were explored"
                : "; where it holds, all were explored"));
    if (!b.leftOut().isEmpty()) {
      Text.hang(out, "  left out, larger: ", String.join(", ", b.leftOut()));
    }
    Text.hang(
        out,
        "  minimal: ",
        "each site weakened alone as far as it can be, under the hardware's model, in those that"
            + " hold as they are of "
            + String.join(", ", ReviewSet.FEW)
            + "; what is not needed is so in these");
  }

  private String models() {
    Set<String> models = new LinkedHashSet<>();
    for (Review.Row row : review.rows()) {
      models.add(
          row.hardware().whatIf()
              ? "%s on %s is a what-if".formatted(row.hardware().model(), row.arch())
              : row.hardware().model());
    }
    return String.join(", ", models);
  }

  private void claims(List<ClaimResult> claims) {
    Text.hang(
        out,
        "Claims: ",
        claims.stream()
                .map(c -> c.claim().id() + " " + ClaimsText.word(c.agreement()))
                .collect(Collectors.joining(", "))
            + " (found what was expected? ./lazymm claims)");
  }

  private void deeper() {
    out.append("\nDeeper\n");
    if (!review.bound().set().isWhole()) {
      deeper("the whole library, all of it under both models", "./lazymm review --deep");
    }
    Review.Row row = review.rows().getFirst();
    deeper(
        "one cell under all models",
        "./lazymm check --design %s --arch %s --model sc,tso,armv8,power,riscv,lkmm"
            .formatted(row.design(), row.arch()));
    String barriers = review.minimal().getFirst().deeper();
    deeper(
        "one cell: every site in every form, all scenarios and models, what can go together",
        barriers);
    deeper("and 300 drawn scenarios, every scenario for every site", barriers + " --deep");
  }

  private void deeper(String what, String command) {
    Text.hang(out, "  ", what);
    Text.command(out, "    ", command);
  }

  private void fast() {
    out.append("\nIs it fast?  ");
    StringBuilder head = new StringBuilder();
    ReplayText.head(head, review.recording());
    out.append(head).append(ReplayText.costs(review.recording().report()));
    Set<String> others = new LinkedHashSet<>();
    review.rows().forEach(r -> others.add(r.design()));
    others.removeAll(review.recording().report().designs().keySet());
    hangUnlessEmpty("  not replayed: ", List.copyOf(others));
  }
}
