package dev.lazymm.review;

import dev.lazymm.check.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers about some designs on some architectures.
 *
 * @param bound what was looked at
 * @param rows the verdicts, one for each design on each architecture
 * @param minimal what is needed of each design on each architecture, in the order of the rows
 * @param claims what became of the published claims
 * @param surprises what contradicts the library: its own conditions broken, code that failed or
 *     hung
 * @param recording what each design would cost
 */
public record Review(
    Bound bound,
    List<Row> rows,
    List<Minimality> minimal,
    List<ClaimResult> claims,
    List<Counterexample> surprises,
    Recording recording) {

  /**
   * What was looked at.
   *
   * @param scenarios how many scenarios
   * @param minCpus the fewest CPUs of a scenario
   * @param maxCpus the most
   * @param events the events of the largest execution
   * @param executions all executions explored
   * @param blocked graphs that could not be completed
   * @param underHardware how many checks were done under a hardware's model
   * @param set by what size scenarios were chosen
   * @param leftOut the scenarios of the library that were not looked at
   */
  public record Bound(
      int scenarios,
      int minCpus,
      int maxCpus,
      int events,
      long executions,
      long blocked,
      int underHardware,
      ReviewSet set,
      List<String> leftOut) {
    public Bound {
      leftOut = List.copyOf(leftOut);
    }
  }

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
   * @param hardware what the hardware's own model adds
   */
  public record Row(
      String design,
      String arch,
      String verdict,
      Map<String, Integer> broken,
      int scenarios,
      long executions,
      List<Counterexample> examples,
      Hardware hardware) {
    public Row {
      broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
      examples = List.copyOf(examples);
    }

    /** {@return the one to the gravest invariant; null if nothing is broken} */
    public @Nullable Counterexample shortest() {
      return examples.isEmpty() ? null : examples.getFirst();
    }
  }

  /**
   * What was looked at under the model of an architecture's hardware.
   *
   * @param model the model
   * @param whatIf whether it is that of other hardware, as there is none of its own
   * @param scenarios how many scenarios
   * @param only what is broken there and not under sequential consistency
   */
  public record Hardware(String model, boolean whatIf, int scenarios, List<String> only) {
    public Hardware {
      only = List.copyOf(only);
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
      String design, String arch, String scenario, Violation violation, String command) {
    static Counterexample of(Done d, Violation v, Commands commands) {
      return new Counterexample(
          d.job().design().name(),
          d.job().arch().name(),
          d.job().spelled(),
          v,
          commands.explain(d.job(), v.invariant()));
    }
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
