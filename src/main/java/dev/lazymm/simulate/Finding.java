package dev.lazymm.simulate;

/**
 * Something that went wrong in a run.
 *
 * @param invariant what is broken, named as {@code check} does: I1, UAF, WARN, HANG, OOPS, never
 * @param what in words: who, what, where
 */
public record Finding(String invariant, String what) {}
