package dev.lazymm.litmus.asm;

/**
 * A step as it was executed.
 *
 * @param from the index on the path of its first event
 * @param to of the event after its last
 * @param choice which of several ways it went: 1 of a selection whose condition holds and of a
 *     store that succeeds, else 0; of a compare-and-swap the index of its course
 */
record Executed(Code.Step step, int from, int to, int choice) {}
