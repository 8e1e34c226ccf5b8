package dev.lazymm.machine;

import org.jspecify.annotations.Nullable;

/** A cell that holds a pointer to a {@code T}; its value is the object's handle, 0 is NULL. */
public final class Ref<T extends KObject> {
  private final Cell cell;
  private final Memory memory;
  private final Class<T> type;

  Ref(Cell cell, Memory memory, Class<T> type) {
    this.cell = cell;
    this.memory = memory;
    this.type = type;
  }

  /** {@return the cell underneath} */
  public Cell cell() {
    return cell;
  }

  /** {@return the object that {@code handle} points to, null for 0} */
  public @Nullable T resolve(long handle) {
    return handle == 0 ? null : type.cast(memory.object(handle));
  }

  @Override
  public String toString() {
    return cell.toString();
  }
}
