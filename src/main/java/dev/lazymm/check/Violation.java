package dev.lazymm.check;

/**
 * One thing that is broken, with the shortest execution found that breaks it.
 *
 * @param invariant {@code I1} to {@code I8}, or another name of {@link Invariants}
 * @param what one sentence about this execution
 * @param witness the execution
 */
public record Violation(String invariant, String what, Witness witness) {}
