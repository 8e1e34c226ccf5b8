package dev.lazymm.export;

import dev.lazymm.check.Shape;
import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Dependency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The locations of a test in C: what they are called, their types, what is in them. */
final class Variables {
  /** Where a pointer is to if it is to nothing that matters. */
  private static final String ELSEWHERE = "elsewhere";

  private final Shape shape;
  private final Values values;
  private final List<String> names;
  private final Set<Integer> locks = new HashSet<>();
  private final Set<Integer> atomics = new HashSet<>();

  Variables(Shape shape) {
    this.shape = shape;
    values = new Values(shape);
    names = Names.of(shape.locations());
    for (Shape.Step step : shape.steps()) {
      if (step.op() == Op.UPDATE) {
        atomics.add(step.location());
      } else if (step.op() == Op.LOCK || step.op() == Op.UNLOCK) {
        locks.add(step.location());
      }
    }
  }

  Values values() {
    return values;
  }

  /** {@return the name of what a step accesses; empty if it is nothing} */
  String name(Shape.Step step) {
    return step.isAccess() ? names.get(step.location()) : "";
  }

  /** {@return whether atomic_read() and its like are what accesses it} */
  boolean isAtomic(Shape.Step step) {
    return atomics.contains(step.location());
  }

  /** {@return the names that a thread has as parameters because of a step, with their types} */
  Stream<String> parameters(Shape.Step step) {
    if (!step.isAccess()) {
      return Stream.of();
    }
    boolean pointed = values.isPointer(step.location()) && step.op() == Op.WRITE;
    return IntStream.of(step.location(), pointed ? values.pointee(step.location()) : -1)
        .filter(i -> i >= 0)
        .mapToObj(i -> type(i) + names.get(i));
  }

  private String type(int location) {
    if (locks.contains(location)) {
      return "spinlock_t *";
    }
    return atomics.contains(location)
        ? "atomic_t *"
        : values.isPointer(location) ? "int **" : "int *";
  }

  /** {@return what a step reads, as the condition says it} */
  String seen(Shape.Step step) {
    if (!values.isPointer(step.location())) {
      return Long.toString(values.read(step));
    }
    boolean start = step.from() == Shape.INITIAL && !readsStart(step);
    return start ? ELSEWHERE : pointee(step.location());
  }

  /** {@return what a step stores, no matter where it has it from} */
  String stored(Shape.Step step) {
    return values.isPointer(step.location())
        ? pointee(step.location())
        : Long.toString(values.written(step.id()));
  }

  private String pointee(int location) {
    return names.get(values.pointee(location));
  }

  /** {@return the block in front of the threads: what is not 0 at first} */
  String initial() {
    List<String> lines =
        IntStream.range(0, names.size())
            .filter(i -> values.isPointer(i) || (!locks.contains(i) && values.initial(i) != 0))
            .mapToObj(i -> "%s=%s;".formatted(names.get(i), start(i)))
            .toList();
    return lines.isEmpty()
        ? "{}\n"
        : lines.stream().collect(Collectors.joining("\n\t", "{\n\t", "\n}\n"));
  }

  private String start(int location) {
    if (!values.isPointer(location)) {
      return Long.toString(values.initial(location));
    }
    boolean points =
        shape.steps().stream().anyMatch(s -> s.location() == location && readsStart(s));
    return points ? pointee(location) : ELSEWHERE;
  }

  /** Whether a read of a pointer that an address is computed from reads what was there at first. */
  private boolean readsStart(Shape.Step step) {
    return step.reads()
        && values.isPointer(step.location())
        && step.from() == Shape.INITIAL
        && shape.dependencies().stream()
            .anyMatch(d -> d.kind() == Dependency.ADDRESS && d.on() == step.id());
  }

  /** {@return what holds at the end of each location that is written several times} */
  List<String> last() {
    return IntStream.range(0, names.size())
        .filter(i -> !locks.contains(i) && shape.locations().get(i).writes().size() > 1)
        .mapToObj(i ->
            "%s=%s"
                .formatted(
                    names.get(i), values.isPointer(i) ? pointee(i) : Long.toString(values.last(i))))
        .toList();
  }
}
