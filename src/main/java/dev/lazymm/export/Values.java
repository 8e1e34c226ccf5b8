package dev.lazymm.export;

import dev.lazymm.check.Shape;
import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a litmus test writes in place of the kernel's pointers and counts: numbers that tell from
 * which write a read reads. Stores are numbered in coherence order. An addition keeps what it adds
 * where the sums tell all writes apart; else it adds a power of two.
 */
final class Values {
  private final Shape shape;
  private final Map<Integer, Shape.Step> steps = new HashMap<>();
  private final Map<Integer, Long> written = new HashMap<>();
  private final Map<Integer, Long> added = new HashMap<>();
  private final List<Long> initial = new ArrayList<>();
  private final Map<Integer, Integer> pointers = new HashMap<>();

  Values(Shape shape) {
    this.shape = shape;
    shape.steps().forEach(step -> steps.put(step.id(), step));
    for (Shape.Depends d : shape.dependencies()) {
      if (d.kind() == Dependency.ADDRESS) {
        pointers.put(step(d.on()).location(), step(d.to()).location());
      }
    }
    for (Shape.Location at : shape.locations()) {
      if (!number(at, at.initial(), true)) {
        boolean _ = number(at, 0, false);
      }
    }
  }

  /** {@return whether all writes of a location got values that tell them apart} */
  private boolean number(Shape.Location at, long start, boolean asInKernel) {
    boolean adds = at.writes().stream().anyMatch(w -> step(w).op() == Op.UPDATE);
    long value = adds ? start : 0;
    long first = value;
    TreeSet<Long> used = new TreeSet<>(List.of(value));
    long power = 1;
    boolean distinct = true;
    for (int w : at.writes()) {
      Shape.Step step = step(w);
      if (step.op() == Op.UPDATE && step.delta() != 0) {
        long by = asInKernel ? step.delta() : power;
        power *= 2;
        value += by;
        added.put(w, by);
      } else {
        value = used.last() + 1;
      }
      distinct &= used.add(value);
      written.put(w, value);
    }
    boolean fits = used.last() <= Integer.MAX_VALUE && used.first() >= 0;
    if (asInKernel && !(distinct && fits)) {
      return false;
    }
    initial.add(first);
    return true;
  }

  Shape.Step step(int id) {
    Shape.Step step = steps.get(id);
    if (step == null) {
      throw new IllegalStateException("there is no operation " + id);
    }
    return step;
  }

  /** {@return what a location holds at the start} */
  long initial(int location) {
    return initial.get(location);
  }

  /** {@return what an operation writes} */
  long written(int id) {
    return written.getOrDefault(id, 0L);
  }

  /** {@return what an update adds; 0 if it is an exchange} */
  long added(int id) {
    return added.getOrDefault(id, 0L);
  }

  /** {@return what an operation reads} */
  long read(Shape.Step step) {
    return step.from() == Shape.INITIAL ? initial(step.location()) : written(step.from());
  }

  /**
   * {@return whether a location is a pointer, as an address is computed from what is read there}
   */
  boolean isPointer(int location) {
    return pointers.containsKey(location);
  }

  /** {@return the location that a pointer is to, in the writes and reads that matter} */
  int pointee(int location) {
    return pointers.getOrDefault(location, -1);
  }

  /** {@return what a location with several writes holds at the end} */
  long last(int location) {
    List<Integer> writes = shape.locations().get(location).writes();
    return writes.isEmpty() ? initial(location) : written(writes.getLast());
  }
}
