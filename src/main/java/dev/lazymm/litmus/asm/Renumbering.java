package dev.lazymm.litmus.asm;

import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a path over to one with more events, on which its own have other numbers. */
final class Renumbering {
  private final int[] numbers;

  private Renumbering(int[] numbers) {
    this.numbers = numbers;
  }

  /**
   * {@return a path with other events}
   *
   * @param events those of the path, with their numbers as on the path except in {@link
   *     PathEvent#more}, and others
   * @param numbers the index of each event of the path among them
   */
  static Path of(Path path, List<PathEvent> events, int[] numbers) {
    var renumbering = new Renumbering(numbers);
    Map<String, Value> registers = new HashMap<>();
    path.registers().forEach((name, value) -> registers.put(name, renumbering.value(value)));
    return new Path(
        events.stream().map(renumbering::event).toList(),
        path.guards().stream()
            .map(g -> new Path.Guard(renumbering.value(g.value()), g.holds()))
            .toList(),
        registers,
        path.cut());
  }

  private PathEvent event(PathEvent e) {
    return new PathEvent(
        e.action(),
        e.tags(),
        e.rmw(),
        valueOrNull(e.address()),
        valueOrNull(e.value()),
        e.readPart() < 0 ? -1 : numbers[e.readPart()],
        all(e.addr()),
        all(e.data()),
        all(e.ctrl()),
        e.more(),
        e.size(),
        e.line(),
        e.text());
  }

  private Set<Integer> all(Set<Integer> events) {
    Set<Integer> all = new HashSet<>();
    events.forEach(e -> all.add(numbers[e]));
    return all;
  }

  private @Nullable Value valueOrNull(@Nullable Value value) {
    return value == null ? null : value(value);
  }

  private Value value(Value value) {
    return switch (value) {
      case Value.Constant c -> c;
      case Value.OfRead(int event) -> new Value.OfRead(numbers[event]);
      case Value.Binary(var operator, Value left, Value right) ->
          new Value.Binary(operator, value(left), value(right));
      case Value.Select(Value condition, Value then, Value otherwise) ->
          new Value.Select(value(condition), value(then), value(otherwise));
    };
  }
}
