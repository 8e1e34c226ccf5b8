package dev.lazymm.litmus.asm;

import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a way has come to.
 *
 * @param at the index of the next step
 * @param picked the reads that decide, in any way, whether what follows is executed
 * @param turns how often it has jumped back, by the step jumped to
 * @param trace the last step that was executed, if these are kept
 */
record State(
    Way way,
    int at,
    Set<Integer> picked,
    @Nullable Reservation reserved,
    Map<Integer, Integer> turns,
    Way.@Nullable Link<Executed> trace) {
  /** Where a thread begins. */
  static final State START = new State(Way.START, 0, Set.of(), null, Map.of(), null);

  /**
   * What a load has reserved.
   *
   * @param read its index on the path
   * @param address what it read
   * @param size how many bytes
   */
  record Reservation(int read, Computed address, int size) {}

  State with(Way newWay) {
    return new State(newWay, at, picked, reserved, turns, trace);
  }

  State at(int step) {
    return new State(way, step, picked, reserved, turns, trace);
  }

  State reserving(@Nullable Reservation reservation) {
    return new State(way, at, picked, reservation, turns, trace);
  }

  /** {@return this after a branch that asks about reads} */
  State asking(Way controlled, Set<Integer> more) {
    return new State(controlled, at, Computed.union(picked, more), reserved, turns, trace);
  }

  State turning(Map<Integer, Integer> newTurns) {
    return new State(way, at, picked, reserved, newTurns, trace);
  }

  /** {@return this, with a note of the step that led to it, and which of several ways it went} */
  State tracing(Code.Step step, int choice) {
    int from = trace == null ? 0 : trace.item().to();
    return new State(
        way,
        at,
        picked,
        reserved,
        turns,
        new Way.Link<>(trace, new Executed(step, from, way.count(), choice)));
  }
}
