package dev.lazymm.check;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is broken, with the shortest execution found that breaks it.
 *
 * @param invariant {@code I1} to {@code I8}, or another name of {@link Invariants}
 * @param what one sentence about this execution
 * @param witness the execution
 * @param savedBy a dependency that no code has named, and that would keep this from happening; null
 *     if there is none, as under sc
 */
public record Violation(
    String invariant, String what, Witness witness, @Nullable SavedBy savedBy) {
  /** One that no dependency is known to prevent. */
  public Violation(String invariant, String what, Witness witness) {
    this(invariant, what, witness, null);
  }
}
