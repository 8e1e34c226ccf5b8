package dev.lazymm.check.mapped;

import dev.lazymm.litmus.PathEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of one operation, in program order.
 *
 * @param number its own, among all operations that a model is asked about
 * @param events what the litmus engine makes of it; indices in them are of this list
 * @param bits the sets and tags of each event, by the {@link Alphabet}
 * @param branches the events on which a branch depends that decides about all that follows
 * @param result the reads that its result is computed from
 * @param picked these, and those that only decide which of several values it is
 * @param open by the name of what else a model asks about, the events that all that follows is
 *     related to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Expansion(
    int number,
    List<PathEvent> events,
    long[] bits,
    Set<Integer> branches,
    Set<Integer> result,
    Set<Integer> picked,
    Map<String, Set<Integer>> open) {
  /** An operation that a model does not see. */
  public static final Expansion NOTHING =
      new Expansion(0, List.of(), new long[0], Set.of(), Set.of(), Set.of(), Map.of());

  /** {@return the number of events} */
  public int size() {
    return events.size();
  }

  /** {@return whether an event takes part in reads-from as a read} */
  public boolean reads(int i) {
    return switch (events.get(i).action()) {
      case READ, UPDATE -> true;
      default -> false;
    };
  }

  /** {@return whether an event takes part in coherence as a write} */
  public boolean writes(int i) {
    return switch (events.get(i).action()) {
      case WRITE, UPDATE, LOCK_WRITE, UNLOCK -> true;
      default -> false;
    };
  }

  /** {@return whether an event accesses the operation's location} */
  public boolean accesses(int i) {
    return events.get(i).address() != null;
  }
}
