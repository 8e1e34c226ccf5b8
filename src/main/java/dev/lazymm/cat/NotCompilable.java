package dev.lazymm.cat;

/** Something that only the interpreter can do: the model is right, and will be interpreted. */
final class NotCompilable extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotCompilable(Place at, String what) {
    super(at + ": " + what, null, false, false);
  }
}
