package dev.lazymm.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What running one scenario on one kernel showed. It proves nothing: another run shows other
 * things.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param scenario the scenario's name
 * @param seed of the delays
 * @param placement how the threads were placed, in words
 * @param rounds how many rounds ended
 * @param switches how many context switches the CPUs did, in all rounds
 * @param ipis how many IPIs they sent
 * @param ends the states in which rounds ended, the most frequent first
 * @param more whether there were more states than are told apart
 * @param exists how often each condition that the scenario says exists was reached
 * @param found what must not be, the gravest first
 * @param stuck who waits where, if the machine stood still; null if it did not
 */
public record LiveResult(
    String design,
    String arch,
    String scenario,
    long seed,
    String placement,
    long rounds,
    long switches,
    long ipis,
    List<End> ends,
    boolean more,
    List<End> exists,
    List<Found> found,
    @Nullable String stuck) {
  /**
   * An end, or a condition on it.
   *
   * @param state the state in words
   * @param times in how many rounds it was seen
   */
  public record End(String state, long times) {}

  /**
   * Something that must not be.
   *
   * @param finding what it is
   * @param round the first round in which it was found, from 1
   * @param times in how many rounds it was
   */
  public record Found(Finding finding, long round, long times) {}

  public LiveResult {
    ends = List.copyOf(ends);
    exists = List.copyOf(exists);
    found = List.copyOf(found);
  }

  /**
   * {@return {@code violated}, {@code inconclusive} if it stood still, or {@code nothing found}}
   */
  public String word() {
    return !found.isEmpty() ? "violated" : stuck != null ? "inconclusive" : "nothing found";
  }
}
