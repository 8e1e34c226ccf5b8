package dev.lazymm.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The references that the code on one CPU holds, by mm, as far as {@link Walk} knows. */
final class Holdings {
  /** A get that is not put yet, by an action or from the start. */
  private record Get(@Nullable Op by) {}

  private final Map<String, Integer> pins = new HashMap<>();
  private final Map<String, Deque<Get>> gets = new HashMap<>();

  void pin(String mm) {
    pins.merge(mm, 1, Integer::sum);
  }

  /** {@return whether there was a pin} */
  boolean unpin(String mm) {
    if (pins(mm) == 0) {
      return false;
    }
    pins.merge(mm, -1, Integer::sum);
    return true;
  }

  void get(String mm, @Nullable Op by) {
    gets.computeIfAbsent(mm, m -> new ArrayDeque<>()).push(new Get(by));
  }

  /** {@return whether there was a get} */
  boolean put(String mm) {
    Deque<Get> open = gets.get(mm);
    return open != null && open.poll() != null;
  }

  int pins(String mm) {
    return pins.getOrDefault(mm, 0);
  }

  int gets(String mm) {
    Deque<Get> open = gets.get(mm);
    return open == null ? 0 : open.size();
  }

  /** {@return whether the struct of the mm cannot go away} */
  boolean holds(String mm) {
    return pins(mm) > 0 || keeps(mm);
  }

  /** {@return whether a user of the mm from the start is not put yet} */
  boolean keeps(String mm) {
    Deque<Get> open = gets.get(mm);
    return open != null && open.contains(new Get(null));
  }

  /** {@return an action whose get is not put yet} */
  @Nullable Op openGet() {
    return gets.values().stream()
        .flatMap(Deque::stream)
        .map(Get::by)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  Holdings copy() {
    Holdings copy = new Holdings();
    copy.pins.putAll(pins);
    gets.forEach((mm, open) -> copy.gets.put(mm, new ArrayDeque<>(open)));
    return copy;
  }

  /** {@return whether as many references of each kind are held} */
  boolean sameAs(@Nullable Holdings other) {
    return other != null && covers(other) && other.covers(this);
  }

  private boolean covers(Holdings other) {
    return other.pins.keySet().stream().allMatch(mm -> pins(mm) == other.pins(mm))
        && other.gets.keySet().stream().allMatch(mm -> gets(mm) == other.gets(mm));
  }
}
