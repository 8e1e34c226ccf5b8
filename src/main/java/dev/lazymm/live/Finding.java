package dev.lazymm.live;

/**
 * Something that must not be.
 *
 * @param name the invariant, as {@code lazymm list invariants} names it: {@code I1}
 * @param what one sentence
 */
public record Finding(String name, String what) {}
