package dev.lazymm.litmus.run;

import dev.lazymm.litmus.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a test, beside what it is held to.
 *
 * @param outcome what became of it
 * @param expected what a published result says of it
 * @param against what became of it under a second model
 */
public record Finding(Outcome outcome, Optional<Expected.Row> expected, Optional<Outcome> against) {
  /** A finding in a word, for counting. */
  public enum Kind {
    /** It is as expected, or the same under both models. */
    AGREES,
    /** It is not. */
    DISAGREES,
    /** It was judged, and there is nothing to hold it to. */
    ALONE,
    /** The test, or the model over it, is at fault, or the test cannot be converted. */
    ERROR,
    /** Its time was up. */
    TIMEOUT
  }

  /** {@return the kind of finding} */
  public Kind kind() {
    if (is(Outcome.Failed.class) || is(Outcome.NotMapped.class)) {
      return Kind.ERROR;
    }
    if (is(Outcome.TimedOut.class)) {
      return Kind.TIMEOUT;
    }
    if (expected.isEmpty() && against.isEmpty()) {
      return Kind.ALONE;
    }
    return differences().isEmpty() ? Kind.AGREES : Kind.DISAGREES;
  }

  private boolean is(Class<? extends Outcome> kind) {
    return kind.isInstance(outcome) || against.filter(kind::isInstance).isPresent();
  }

  /** {@return in what the result is not as expected, or not the same under both models} */
  public List<String> differences() {
    if (!(outcome instanceof Outcome.Judged judged)) {
      return List.of();
    }
    List<String> all = new ArrayList<>();
    expected.ifPresent(row -> all.addAll(row.differences(judged.result())));
    if (against.orElse(null) instanceof Outcome.Judged other) {
      all.addAll(differences(judged.result(), other.result()));
    }
    return all;
  }

  private static List<String> differences(Result one, Result other) {
    List<String> all = new ArrayList<>();
    differ(all, "observation", one.observation().word(), other.observation().word());
    differ(all, "positive", one.positive(), other.positive());
    differ(all, "negative", one.negative(), other.negative());
    differ(all, "flags", one.flags(), other.flags());
    if (one.states().size() == other.states().size()) {
      differ(all, "states", one.states(), other.states());
    } else {
      differ(all, "number of states", one.states().size(), other.states().size());
    }
    return all;
  }

  private static <T> void differ(List<String> all, String what, T one, T other) {
    if (!one.equals(other)) {
      all.add("%s %s, then %s".formatted(what, one, other));
    }
  }

  /** {@return whether more executions than were looked at could change the answer} */
  public boolean isInconclusive() {
    return isInconclusive(outcome) || against.filter(Finding::isInconclusive).isPresent();
  }

  private static boolean isInconclusive(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j -> j.result().isInconclusive();
      case Outcome.TimedOut _ -> true;
      case Outcome.Failed _, Outcome.NotMapped _ -> false;
    };
  }
}
