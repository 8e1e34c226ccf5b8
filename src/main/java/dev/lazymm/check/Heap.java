package dev.lazymm.check;

import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one CPU allocates and frees in a run. A slab hands out first what this CPU freed last, as
 * the per-CPU freelist does, so that an address can come back; then fresh slots, in a fixed order,
 * so that runs that are repeated find the same addresses. Memory freed on another CPU is not handed
 * out here.
 */
final class Heap {
  private final int cpu;
  private final List<Slab<?>> slabs = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();
  private final List<KObject> free = new ArrayList<>();
  private final List<Slab<?>> freeOf = new ArrayList<>();
  private long[] freedIn = new long[0];
  private long run;

  Heap(int cpu) {
    this.cpu = cpu;
  }

  /** A new run: nothing is freed, no slot is taken. */
  void beginRun(long number) {
    run = number;
    slabs.clear();
    taken.clear();
    free.clear();
    freeOf.clear();
  }

  /** {@return whether this CPU has freed an object in this run, and not allocated it again} */
  boolean isFreed(KObject object) {
    return object.handle() < freedIn.length && freedIn[object.handle()] == run;
  }

  private void mark(KObject object, long freed) {
    if (object.handle() >= freedIn.length) {
      freedIn = Arrays.copyOf(freedIn, 2 * object.handle());
    }
    freedIn[object.handle()] = freed;
  }

  <T extends KObject> T alloc(Slab<T> slab, String label) {
    T object = take(slab, label);
    mark(object, 0);
    for (KObject part : object.parts()) {
      mark(part, 0);
    }
    return object;
  }

  @SuppressWarnings("unchecked") // what was freed to a slab came from it
  private <T extends KObject> T take(Slab<T> slab, String label) {
    int last = freeOf.lastIndexOf(slab);
    if (last >= 0) {
      freeOf.remove(last);
      return (T) free.remove(last);
    }
    int s = slabs.indexOf(slab);
    if (s < 0) {
      s = slabs.size();
      slabs.add(slab);
      taken.add(0);
    }
    int n = taken.get(s);
    taken.set(s, n + 1);
    return slab.slot(cpu, n, label);
  }

  /** Frees an object; its slab, if it has one, may hand it out again. */
  void free(KObject object) {
    mark(object, run);
    Slab<?> slab = object.slab();
    if (slab != null) {
      free.add(object);
      freeOf.add(slab);
    }
  }
}
