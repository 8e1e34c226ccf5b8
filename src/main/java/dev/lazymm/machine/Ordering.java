package dev.lazymm.machine;

/** How strongly an atomic read-modify-write orders its neighbours (Linux: atomic_t.rst). */
public enum Ordering {
  /** An atomic without a return value: {@code atomic_inc}. Not even its own read is ordered. */
  NO_RETURN,
  /** {@code _relaxed}. */
  RELAXED,
  /** {@code _acquire}. */
  ACQUIRE,
  /** {@code _release}. */
  RELEASE,
  /** No suffix: a full barrier before and after, if the operation succeeds. */
  FULL;

  /** {@return the ordering of the same operation if nobody is given its result} */
  Ordering withoutReturn() {
    return this == RELAXED ? NO_RETURN : this;
  }
}
