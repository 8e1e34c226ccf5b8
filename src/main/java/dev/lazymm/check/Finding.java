package dev.lazymm.check;

import java.util.List;

/**
 * Where an execution breaks an invariant.
 *
 * @param what one sentence
 * @param events the events it is about, the one that does the harm last; they and what happens
 *     before them are the witness
 * @param cross whether the harm is done by another CPU than the one harmed
 */
record Finding(String what, List<Integer> events, boolean cross) {}
