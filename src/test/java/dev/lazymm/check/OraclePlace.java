package dev.lazymm.check;

import org.jspecify.annotations.Nullable;

/** The name of an event: its thread and how many events the thread had before it. */
record OraclePlace(int thread, int index) {
  /** {@return the place in the canonical key, "init" for null} */
  static String text(@Nullable OraclePlace place) {
    return place == null ? "init" : place.toString();
  }

  /** {@return a number that no other place and not null has} */
  static long code(@Nullable OraclePlace place) {
    return place == null ? 0 : 1 + place.thread + ((long) place.index << 8);
  }

  @Override
  public String toString() {
    return thread + "." + index;
  }
}
