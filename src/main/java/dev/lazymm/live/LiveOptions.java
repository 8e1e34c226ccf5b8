package dev.lazymm.live;

import dev.lazymm.machine.Site;
import java.time.Duration;
import java.util.Set;

/**
 * How long to run, and how.
 *
 * @param rounds after how many rounds to stop, at least 1
 * @param time after how long to stop; zero for no such bound
 * @param seed decides the delays; what happens is different each time all the same
 * @param pinned whether to bind each thread to a processor; on a busy system rounds are shorter
 *     without
 * @param keepGoing whether to go on after a round in which something was found
 * @param weakened sites that count for nothing
 * @param patience how long all CPUs may stand still before the run is given up
 * @param longestRound how long one round may take
 */
public record LiveOptions(
    long rounds,
    Duration time,
    long seed,
    boolean pinned,
    boolean keepGoing,
    Set<Site> weakened,
    Duration patience,
    Duration longestRound) {
  public LiveOptions {
    if (rounds < 1) {
      throw new IllegalArgumentException("there is at least one round, not " + rounds);
    }
    weakened = Set.copyOf(weakened);
  }

  /** {@return a run of so many rounds that ends early when something is found} */
  public static LiveOptions rounds(long rounds, long seed) {
    return new LiveOptions(
        rounds,
        Duration.ZERO,
        seed,
        true,
        false,
        Set.of(),
        Duration.ofSeconds(20),
        Duration.ofMinutes(2));
  }

  /** {@return a run of so long that ends early when something is found} */
  public static LiveOptions time(Duration time, long seed) {
    LiveOptions some = rounds(Long.MAX_VALUE, seed);
    return new LiveOptions(
        some.rounds,
        time,
        seed,
        some.pinned,
        some.keepGoing,
        some.weakened,
        some.patience,
        some.longestRound);
  }

  /** {@return these options with another bound on rounds} */
  public LiveOptions withRounds(long n) {
    return new LiveOptions(n, time, seed, pinned, keepGoing, weakened, patience, longestRound);
  }

  /** {@return these options, with threads bound to processors or not} */
  public LiveOptions withPinned(boolean on) {
    return new LiveOptions(rounds, time, seed, on, keepGoing, weakened, patience, longestRound);
  }

  /** {@return these options, going on after what is found or not} */
  public LiveOptions withKeepGoing(boolean on) {
    return new LiveOptions(rounds, time, seed, pinned, on, weakened, patience, longestRound);
  }

  /** {@return these options with sites that count for nothing} */
  public LiveOptions withWeakened(Set<Site> sites) {
    return new LiveOptions(rounds, time, seed, pinned, keepGoing, sites, patience, longestRound);
  }

  /** {@return these options with other bounds on standing still and on one round} */
  public LiveOptions withPatience(Duration still, Duration round) {
    return new LiveOptions(rounds, time, seed, pinned, keepGoing, weakened, still, round);
  }
}
