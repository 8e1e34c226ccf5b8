package dev.lazymm.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A slab cache (kmem_cache): slots of one type, made when first needed and reused for ever after.
 * Which slot an allocation gets is the machine's business; a slot is named by the CPU that first
 * took it and how many it had taken before, so that a run that is repeated finds the same
 * addresses. Thread-safe.
 */
public final class Slab<T extends KObject> {
  private final String name;
  private final Function<String, T> constructor;
  private final List<List<T>> slots = new ArrayList<>();

  /**
   * @param name the kernel's name of the cache, {@code mm_struct}
   * @param constructor makes a slot with the given name
   */
  public Slab(String name, Function<String, T> constructor) {
    this.name = name;
    this.constructor = constructor;
  }

  /** {@return the name of the cache} */
  public String name() {
    return name;
  }

  /** {@return all slots there are, in the order of the CPUs that took them} */
  public synchronized List<T> slots() {
    return slots.stream().flatMap(List::stream).toList();
  }

  /**
   * {@return the {@code n}-th fresh slot that {@code cpu} takes}
   *
   * @param label what reports call the object, if the slot is made now
   */
  public synchronized T slot(int cpu, int n, String label) {
    while (slots.size() <= cpu) {
      slots.add(new ArrayList<>());
    }
    List<T> own = slots.get(cpu);
    while (own.size() <= n) {
      T slot = constructor.apply(label);
      slot.slotOf(this, cpu, own.size());
      own.add(slot);
    }
    return own.get(n);
  }
}
