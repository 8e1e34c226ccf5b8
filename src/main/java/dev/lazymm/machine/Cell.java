package dev.lazymm.machine;

/**
 * A place in memory that holds one 64-bit value: a final handle without the value, which the
 * running machine keeps under {@link #index}.
 */
public final class Cell {
  private final int index;
  private final KObject owner;
  private final String field;
  private final long line;
  private final boolean pointer;

  Cell(int index, KObject owner, String field, long line, boolean pointer) {
    this.index = index;
    this.owner = owner;
    this.field = field;
    this.line = line;
    this.pointer = pointer;
  }

  /** {@return the dense number of this cell in its memory, from 0} */
  public int index() {
    return index;
  }

  /** {@return the object this cell is a field of} */
  public KObject owner() {
    return owner;
  }

  /** {@return the kernel's name of the field} */
  public String field() {
    return field;
  }

  /** {@return the number of the cache line, unique in the memory} */
  public long line() {
    return line;
  }

  /** {@return whether values of this cell are object handles (0 is NULL)} */
  public boolean isPointer() {
    return pointer;
  }

  @Override
  public String toString() {
    return field + "(" + owner.name() + ")";
  }
}
