package dev.lazymm.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kernel object: an address, with cells at fixed places on its cache lines. It has no values of
 * its own, so the same Java object serves every run and every machine. A slab slot is one such
 * object: freeing and allocating again may give the same object, so {@code ==} compares addresses,
 * as in C.
 */
public abstract class KObject {
  private final int handle;
  private final String name;
  private final List<Cell> cells = new ArrayList<>();
  private final List<KObject> parts = new ArrayList<>();
  private @Nullable Slab<?> slab;
  private int slotCpu;
  private int slotNumber;

  /** Makes an object known to {@code memory}; {@code name} is what reports call it. */
  @SuppressWarnings("this-escape") // only the registry sees it before the subclass is done
  protected KObject(Memory memory, String name) {
    this.name = name;
    this.handle = memory.register(this);
  }

  /** {@return the kernel's name of the type, for layouts: {@code mm_struct}, {@code rq}} */
  public abstract String type();

  /** {@return the value of a pointer to this object; positive, stable for the memory's life} */
  public final int handle() {
    return handle;
  }

  /** {@return what reports call this object} */
  public final String name() {
    return name;
  }

  /** {@return this object's own cells, in the order they were made} */
  public final List<Cell> cells() {
    return Collections.unmodifiableList(cells);
  }

  /** {@return objects that are allocated together with this one but freed on their own} */
  public final List<KObject> parts() {
    return Collections.unmodifiableList(parts);
  }

  /** Adds a part, see {@link #parts}. */
  protected final <T extends KObject> T part(T part) {
    parts.add(part);
    return part;
  }

  /** {@return the slab this object is a slot of; null if it is never allocated again} */
  public final @Nullable Slab<?> slab() {
    return slab;
  }

  /** {@return the CPU that first took this slot; meaningless without a slab} */
  public final int slotCpu() {
    return slotCpu;
  }

  /** {@return how many slots of the slab that CPU had taken before; meaningless without a slab} */
  public final int slotNumber() {
    return slotNumber;
  }

  final void slotOf(Slab<?> cache, int cpu, int number) {
    slab = cache;
    slotCpu = cpu;
    slotNumber = number;
  }

  final void add(Cell cell) {
    cells.add(cell);
  }

  @Override
  public final String toString() {
    return name;
  }
}
