package dev.lazymm.machine;

/**
 * Which fields of an object share a cache line. False sharing is an input of every experiment, so
 * it is never read off the Java classes.
 */
@FunctionalInterface
public interface Layout {
  /**
   * {@return the cache line of a field, counted from the start of its object; below 2^20}
   *
   * @param type the kernel's name of the type, as {@link KObject#type}
   * @param field the kernel's name of the field, as {@link Cell#field}
   * @param ordinal how many cells the object had before this one
   */
  int lineOf(String type, String field, int ordinal);

  /** {@return a layout without false sharing: each field has a line of its own} */
  static Layout lineEach() {
    return (type, field, ordinal) -> ordinal;
  }

  /** {@return a layout with one line an object: as much false sharing as there can be} */
  static Layout lineAnObject() {
    return (type, field, ordinal) -> 0;
  }
}
