package dev.lazymm.machine;

/** How strongly an atomic read-modify-write orders its neighbours (Linux: atomic_t.rst). */
public enum Ordering {
  /** {@code _relaxed}, and every atomic without a return value. */
  RELAXED,
  /** {@code _acquire}. */
  ACQUIRE,
  /** {@code _release}. */
  RELEASE,
  /** No suffix: a full barrier before and after, if the operation succeeds. */
  FULL
}
