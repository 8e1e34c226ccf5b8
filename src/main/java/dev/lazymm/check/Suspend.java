package dev.lazymm.check;

/** Stops the native run of a script; it will be run again from its start. */
final class Suspend extends RuntimeException {
  private static final long serialVersionUID = 1;

  Suspend() {
    super("suspended", null, false, false);
  }
}
