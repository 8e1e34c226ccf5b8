package dev.lazymm.litmus.run;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.LitmusTest.Quantifier;
import dev.lazymm.litmus.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts whether models keep the promises of a first one: what that forbids, none of them allows.
 *
 * <p>Forbidden is what a test looks for and no execution shows: that the condition holds or, of a
 * {@code forall}, that it does not. Under data races the first model promises nothing.
 */
public final class Soundness {
  /** What is known about a test under one model. */
  private enum Seen {
    FORBIDDEN,
    ALLOWED,
    /** Time was up, or a loop was cut, before it was seen. */
    OPEN,
    NOT_MAPPED,
    ERROR
  }

  /** The flag of executions with data races. */
  private static final String RACE = "data-race";

  /** What the first model says of all tests. */
  public static final class Promises {
    private int forbidden;
    private int allowed;
    private int racy;
    private int unknown;

    /** {@return how many tests it forbids} */
    public int forbidden() {
      return forbidden;
    }

    /** {@return how many tests it allows} */
    public int allowed() {
      return allowed;
    }

    /** {@return of how many it says nothing, as they have data races} */
    public int racy() {
      return racy;
    }

    /** {@return of how many nothing is known: time was up, a loop was cut, there is an error} */
    public int unknown() {
      return unknown;
    }
  }

  /** What another model says. */
  public static final class Row {
    private final String model;
    private final Map<String, Integer> notMapped = new TreeMap<>();
    private final List<String> allowed = new ArrayList<>();
    private int covered;
    private int forbidden;
    private int open;

    private Row(String model) {
      this.model = model;
    }

    /** {@return the model's name} */
    public String model() {
      return model;
    }

    /** {@return how many tests it could be asked about} */
    public int covered() {
      return covered;
    }

    /** {@return how many of what the first model forbids it forbids, too} */
    public int forbidden() {
      return forbidden;
    }

    /** {@return the tests that it allows and the first model forbids} */
    public List<String> allowed() {
      return List.copyOf(allowed);
    }

    /** {@return of how many that the first model forbids it is not known} */
    public int open() {
      return open;
    }

    /** {@return how many tests have no instructions for what} */
    public Map<String, Integer> notMapped() {
      return Map.copyOf(notMapped);
    }
  }

  private final String first;
  private final Promises promises = new Promises();
  private final List<Row> rows;

  /** Nothing counted yet of models, at least two, which are held to the first of them. */
  public Soundness(List<String> models) {
    this.first = models.getFirst();
    this.rows = models.subList(1, models.size()).stream().map(Row::new).toList();
  }

  /**
   * Counts a test.
   *
   * @param outcomes what became of it under each model, in their order
   * @return whether one of them allows what the first forbids
   */
  public boolean add(List<Outcome> outcomes) {
    Outcome promise = outcomes.getFirst();
    boolean forbids = promise(promise);
    boolean exception = false;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Outcome outcome = outcomes.get(i + 1);
      Seen seen = seen(outcome);
      if (outcome instanceof Outcome.NotMapped n) {
        row.notMapped.merge(n.what(), 1, Integer::sum);
      }
      row.covered += seen == Seen.NOT_MAPPED || seen == Seen.ERROR ? 0 : 1;
      if (forbids) {
        row.forbidden += seen == Seen.FORBIDDEN ? 1 : 0;
        row.open += seen == Seen.OPEN ? 1 : 0;
        if (seen == Seen.ALLOWED) {
          row.allowed.add(name(promise));
          exception = true;
        }
      }
    }
    return exception;
  }

  /** Counts what the first model says, and tells whether it forbids the test. */
  private boolean promise(Outcome outcome) {
    Seen seen = seen(outcome);
    boolean racy = outcome instanceof Outcome.Judged j && j.result().flags().contains(RACE);
    if (racy) {
      promises.racy++;
    } else if (seen == Seen.FORBIDDEN) {
      promises.forbidden++;
    } else if (seen == Seen.ALLOWED) {
      promises.allowed++;
    } else {
      promises.unknown++;
    }
    return !racy && seen == Seen.FORBIDDEN;
  }

  private static Seen seen(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> seen(j.test(), j.result());
      case Outcome.TimedOut t -> seen(t.test(), t.result());
      case Outcome.NotMapped _ -> Seen.NOT_MAPPED;
      case Outcome.Failed _ -> Seen.ERROR;
    };
  }

  private static Seen seen(LitmusTest test, Result result) {
    boolean shown =
        (test.quantifier() == Quantifier.FORALL ? result.negative() : result.positive()) > 0;
    if (shown) {
      return Seen.ALLOWED;
    }
    return result.complete() && !result.cut() ? Seen.FORBIDDEN : Seen.OPEN;
  }

  private static String name(Outcome outcome) {
    return outcome instanceof Outcome.Judged j ? j.test().name() : outcome.file().toString();
  }

  /** {@return the name of the first model} */
  public String first() {
    return first;
  }

  /** {@return what the first model says} */
  public Promises promises() {
    return promises;
  }

  /** {@return what the others say, in their order} */
  public List<Row> rows() {
    return rows;
  }

  /** {@return whether no model allows what the first forbids, as far as is known} */
  public boolean holds() {
    return rows.stream().allMatch(r -> r.allowed.isEmpty());
  }
}
