package dev.lazymm.cat;

/**
 * What is known of a set or relation that is not complete yet: all of {@code lo} is in it, and
 * nothing outside {@code hi}. It is exact when both are the same object.
 *
 * @param lo what is in it for certain
 * @param hi what may be in it
 * @param <T> {@link EventSet} or {@link Relation}
 */
public record Bounds<T>(T lo, T hi) {
  /** {@return bounds of what is known whole} */
  public static <T> Bounds<T> exact(T value) {
    return new Bounds<>(value, value);
  }

  /** {@return whether it is known whole} */
  @SuppressWarnings("ReferenceEquality") // the same object on purpose: it is cheap to ask
  public boolean isExact() {
    return lo == hi;
  }
}
