package dev.lazymm.check;

import java.util.List;

/**
 * One thing that is broken, with the shortest execution found that breaks it.
 *
 * @param invariant {@code I1} to {@code I8}, or another name of {@link Invariants}
 * @param what one sentence about this execution
 * @param witness the execution
 * @param savedBy dependencies that no code has named, each of which alone would keep this from
 *     happening: at most one of a kind; none under sc
 */
public record Violation(String invariant, String what, Witness witness, List<SavedBy> savedBy) {
  public Violation {
    savedBy = List.copyOf(savedBy);
  }

  /** One that no dependency is known to prevent. */
  public Violation(String invariant, String what, Witness witness) {
    this(invariant, what, witness, List.of());
  }
}
