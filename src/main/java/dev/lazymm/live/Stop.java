package dev.lazymm.live;

/** Ends the script of a CPU in the middle: its round, or the whole run, is given up. */
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1;

  Stop() {
    super("the round is given up", null, false, false);
  }
}
