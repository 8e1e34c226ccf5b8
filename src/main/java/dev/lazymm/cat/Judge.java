package dev.lazymm.cat;

import java.util.List;
import java.util.Map;

/**
 * One model over one structure. Owned by one thread.
 *
 * <p>A candidate grows by {@link #set}: the bounds of what is not fixed yet close in. {@link
 * #isPossible} says whether some completion may still pass every check; {@link #completions} shows
 * all that pass, once every base relation is exact: one for each choice of the model's {@code with
 * x from S}.
 */
public interface Judge {
  /** Sets what is known of a base relation, {@code rf} or {@code loc}. */
  void set(String relation, Bounds<Relation> bounds);

  /** Sets what is known of a base set, {@code FW}. */
  void setSet(String set, Bounds<EventSet> bounds);

  /**
   * {@return false if no completion of what is known passes the model's checks} True says nothing
   * for certain, unless everything is exact and the model makes no choice.
   */
  boolean isPossible();

  /**
   * Shows every completion that passes the model's checks.
   *
   * @return false if the visitor ended it
   * @throws IllegalStateException if a base relation is not exact
   */
  boolean completions(Visitor visitor);

  /**
   * {@return the names of the checks that no completion of what is known passes, in the order of
   * the model} If there are any, nothing {@link #isPossible}. A check without a name is {@code
   * unnamed}.
   *
   * @throws UnsupportedOperationException if the model is not compiled
   */
  List<String> failing();

  /**
   * {@return the relations by name, whether or not the checks pass} Everything must be exact, so
   * that the model has nothing to choose.
   *
   * @throws UnsupportedOperationException if the model is not compiled
   */
  Shown known();

  /** Is shown completions. */
  interface Visitor {
    /**
     * A consistent execution.
     *
     * @param flags the names of the flags that it raises, in the order of the model
     * @param shown answers a relation by its name at the end of the model: {@code co}, or what the
     *     model shows
     * @return whether to go on
     */
    boolean visit(List<String> flags, Shown shown);
  }

  /** The relations of a completion by name. */
  interface Shown {
    /** {@return a relation by its name at the end of the model; empty if there is none} */
    Relation relation(String name);

    /** {@return what the model shows, by the name it shows it under} */
    Map<String, Relation> shown();
  }
}
