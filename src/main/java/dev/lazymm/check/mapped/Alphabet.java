package dev.lazymm.check.mapped;

import dev.lazymm.litmus.PathEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sets and tags of a model's events by number, so that what an event is in is a bit each. Any
 * number of threads may share it.
 */
public final class Alphabet {
  private static final String TAG = "'";

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

  /** {@return the bit of a set, 0 if no event so far is in it} */
  public long set(String name) {
    Integer number = numbers.get(name);
    return number == null ? 0 : 1L << number;
  }

  /** {@return the bit of a tag, 0 if no event so far carries it} */
  public long tag(String name) {
    return set(TAG + name);
  }

  /** {@return the bits of the sets that an event is in, and of the tags that it carries} */
  long of(PathEvent event) {
    long bits = 0;
    for (String set : sets(event)) {
      bits |= bit(set);
    }
    for (String tag : event.tags()) {
      bits |= bit(TAG + tag);
    }
    return event.rmw() ? bits | bit("RMW") : bits;
  }

  /** {@return the bits of an initial write} */
  public long initial() {
    return bit("IW") | bit("W") | bit("M") | bit("Exp");
  }

  private synchronized long bit(String name) {
    Integer number = numbers.computeIfAbsent(name, _ -> numbers.size());
    if (number >= Long.SIZE) {
      throw new IllegalStateException("a model has more than 64 sets");
    }
    return 1L << number;
  }

  private static Iterable<String> sets(PathEvent event) {
    return switch (event.action()) {
      case READ -> List.of("R", "M", "Exp");
      case WRITE -> List.of("W", "M", "Exp");
      case UPDATE -> List.of("R", "W", "M", "Exp");
      case FENCE -> List.of("F");
      case INTERNAL -> Set.of();
      case SRCU -> List.of("SRCU");
      case LOCK_READ -> List.of("LKR", "M");
      case LOCK_WRITE -> List.of("LKW", "M");
      case UNLOCK -> List.of("UL", "M");
      case LOCK_FAIL -> List.of("LF", "M");
      case READ_LOCKED -> List.of("RL", "M");
      case READ_UNLOCKED -> List.of("RU", "M");
    };
  }
}
