package dev.lazymm.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is broken, with the shortest execution found that breaks it.
 *
 * @param invariant {@code I1} to {@code I8}, or another name of {@link Invariants}
 * @param what one sentence about this execution
 * @param witness the execution
 * @param savedBy dependencies that no code has named, each of which alone would keep this from
 *     happening: at most one of a kind; none under sc
 * @param explained its relations, and which barriers would keep it from happening; null unless that
 *     was asked for
 */
public record Violation(
    String invariant,
    String what,
    Witness witness,
    List<SavedBy> savedBy,
    @Nullable Explained explained) {
  public Violation {
    savedBy = List.copyOf(savedBy);
  }

  /** One that no dependency is known to prevent. */
  public Violation(String invariant, String what, Witness witness) {
    this(invariant, what, witness, List.of());
  }

  /** One that is not explained. */
  public Violation(String invariant, String what, Witness witness, List<SavedBy> savedBy) {
    this(invariant, what, witness, savedBy, null);
  }
}
