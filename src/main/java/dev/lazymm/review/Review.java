package dev.lazymm.review;

import dev.lazymm.check.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers about some designs on some architectures.
 *
 * @param model the memory model
 * @param bound what was looked at
 * @param rows the verdicts, one for each design on each architecture
 * @param claims what became of the published claims
 * @param surprises what contradicts the library: its own conditions broken, code that failed or
 *     hung
 * @param recording what each design would cost
 * @param minimal what is needed of each design on each architecture; empty if not asked
 */
public record Review(
    String model,
    Bound bound,
    List<Row> rows,
    List<ClaimResult> claims,
    List<Counterexample> surprises,
    Recording recording,
    List<Minimality> minimal) {

  /**
   * What was looked at.
   *
   * @param scenarios how many scenarios
   * @param minCpus the fewest CPUs of a scenario
   * @param maxCpus the most
   * @param events the events of the largest execution
   * @param executions all executions explored
   * @param blocked graphs that could not be completed
   */
  public record Bound(
      int scenarios, int minCpus, int maxCpus, int events, long executions, long blocked) {}

  /**
   * A verdict over all scenarios.
   *
   * @param design the lifetime design
   * @param arch the architecture
   * @param verdict {@code violated} if any scenario is, else {@code inconclusive} if any is
   * @param broken in how many scenarios each invariant is broken, the gravest first
   * @param scenarios how many scenarios
   * @param executions how many executions
   * @param examples for each invariant that is broken, the gravest first, the shortest
   *     counterexample, between CPUs if there is one
   */
  public record Row(
      String design,
      String arch,
      String verdict,
      Map<String, Integer> broken,
      int scenarios,
      long executions,
      List<Counterexample> examples) {
    public Row {
      examples = List.copyOf(examples);
    }

    /** {@return the one to the gravest invariant; null if nothing is broken} */
    public @Nullable Counterexample shortest() {
      return examples.isEmpty() ? null : examples.getFirst();
    }
  }

  /**
   * A violation and how to see it.
   *
   * @param design the lifetime design
   * @param arch the architecture
   * @param scenario the scenario
   * @param violation what is broken
   * @param command what draws it again
   */
  public record Counterexample(
      String design, String arch, String scenario, Violation violation, String command) {}

  /** One that does not say what is needed. */
  public Review(
      String model,
      Bound bound,
      List<Row> rows,
      List<ClaimResult> claims,
      List<Counterexample> surprises,
      Recording recording) {
    this(model, bound, rows, claims, surprises, recording, List.of());
  }

  /** {@return this with what is needed} */
  public Review with(List<Minimality> all) {
    return new Review(model, bound, rows, claims, surprises, recording, all);
  }

  public Review {
    minimal = List.copyOf(minimal);
    rows = List.copyOf(rows);
    claims = List.copyOf(claims);
    surprises = List.copyOf(surprises);
  }

  /** {@return whether everything is as the library and the claims say} */
  public boolean asExpected() {
    return surprises.isEmpty()
        && claims.stream().noneMatch(c -> c.agreement() == ClaimResult.Agreement.NO);
  }

  /** {@return whether a bound was hit, or the recording leaves too much open} */
  public boolean inconclusive() {
    return recording.inconclusive()
        || rows.stream().anyMatch(r -> r.verdict().equals("inconclusive"))
        || claims.stream().anyMatch(c -> c.agreement() == ClaimResult.Agreement.UNKNOWN);
  }
}
