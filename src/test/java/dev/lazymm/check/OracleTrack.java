package dev.lazymm.check;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far one thread has come.
 *
 * @param at how many of its own steps are behind it
 * @param r the register of the thread
 * @param taken what is left of the handler of the IPI that it has taken, null if it is in none
 * @param scope the handler that had the inner register last
 * @param inner the register of that handler
 * @param events how many events it has had
 * @param last the last of them
 */
record OracleTrack(
    int at,
    long r,
    @Nullable List<OracleStep> taken,
    int scope,
    long inner,
    int events,
    @Nullable OracleEvent last) {

  /** The scope of a handler that runs because of a taken IPI. */
  static final int TAKEN = -1;

  static final OracleTrack START = new OracleTrack(0, 0, null, 0, 0, 0, null);

  /** {@return the register that a step of {@code scope} finds} */
  long register(int scope) {
    if (scope == 0) {
      return r;
    }
    return scope == this.scope ? inner : 0;
  }

  /** {@return whether a step is passed over} */
  boolean skips(OracleStep step) {
    return step.when() && register(step.scope()) == 0;
  }

  /** {@return this thread with one more event} */
  OracleTrack saying(Supplier<String> event) {
    return new OracleTrack(at, r, taken, scope, inner, events + 1, new OracleEvent(event, last));
  }

  /** {@return this thread after it has seen {@code value} in a step of {@code scope}} */
  OracleTrack seeing(int scope, long value) {
    return scope == 0
        ? new OracleTrack(at, value, taken, this.scope, inner, events, last)
        : new OracleTrack(at, r, taken, scope, value, events, last);
  }

  /** {@return this thread at another own step} */
  OracleTrack at(int at) {
    return new OracleTrack(at, r, taken, scope, inner, events, last);
  }

  /** {@return this thread in the handler of a taken IPI} */
  OracleTrack entering(List<OracleStep> body) {
    return new OracleTrack(at, r, body, TAKEN, 0, events, last).rest(body);
  }

  /** {@return this thread with these steps left of the handler, and past those it skips} */
  OracleTrack rest(List<OracleStep> body) {
    int skipped = 0;
    while (skipped < body.size() && skips(body.get(skipped))) {
      skipped++;
    }
    List<OracleStep> left = skipped == body.size() ? null : body.subList(skipped, body.size());
    return new OracleTrack(at, r, left, scope, inner, events, last);
  }
}
