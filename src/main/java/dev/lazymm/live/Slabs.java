package dev.lazymm.live;

import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Slab;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;

/**
 * What one CPU allocates and frees in a round: first what it freed last, as the per-CPU freelist
 * does, then fresh slots in a fixed order. The checker does the same, so both find the same
 * addresses. Owned by the CPU's thread.
 */
final class Slabs {
  private final int cpu;
  private final IdentityHashMap<Slab<?>, ArrayDeque<KObject>> free = new IdentityHashMap<>();
  private final IdentityHashMap<Slab<?>, Integer> taken = new IdentityHashMap<>();

  Slabs(int cpu) {
    this.cpu = cpu;
  }

  /** A new round: nothing is free, no slot is taken. */
  void begin() {
    free.clear();
    taken.clear();
  }

  @SuppressWarnings("unchecked") // what was freed to a slab came from it
  <T extends KObject> T alloc(Slab<T> slab, String label) {
    ArrayDeque<KObject> own = free.get(slab);
    if (own != null && !own.isEmpty()) {
      return (T) own.pop();
    }
    int n = taken.merge(slab, 1, Integer::sum) - 1;
    return slab.slot(cpu, n, label);
  }

  void free(KObject object) {
    Slab<?> slab = object.slab();
    if (slab != null) {
      free.computeIfAbsent(slab, s -> new ArrayDeque<>()).push(object);
    }
  }
}
