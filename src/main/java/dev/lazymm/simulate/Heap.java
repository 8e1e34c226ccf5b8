package dev.lazymm.simulate;

import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Slab;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The slots that one CPU has freed and those that it has taken. A slab hands out first what this
 * CPU freed last, as the per-CPU freelist does; then fresh slots, named as in {@code check}, so
 * that equal executions end with equal addresses.
 */
final class Heap {
  private final int cpu;
  private final Map<Slab<?>, ArrayDeque<KObject>> free = new HashMap<>();
  private final Map<Slab<?>, Integer> taken = new HashMap<>();

  Heap(int cpu) {
    this.cpu = cpu;
  }

  @SuppressWarnings("unchecked") // what was freed to a slab came from it
  <T extends KObject> T alloc(Slab<T> slab, String label) {
    ArrayDeque<KObject> own = free.get(slab);
    if (own != null && !own.isEmpty()) {
      return (T) own.pop();
    }
    return slab.slot(cpu, taken.merge(slab, 1, Integer::sum) - 1, label);
  }

  void free(KObject object) {
    Slab<?> slab = object.slab();
    if (slab != null) {
      free.computeIfAbsent(slab, s -> new ArrayDeque<>()).push(object);
    }
  }
}
