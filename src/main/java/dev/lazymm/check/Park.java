package dev.lazymm.check;

/** Ends the native run of a script that must wait; it will be run again from its start. */
final class Park extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** How the thread stands, a state of {@link Frame}. */
  final int state;

  /** The cell that is waited for; ~ its index in the memory if it is private to the CPU. */
  final int cell;

  /** What the thread waits for: a condition by ordinal. */
  final int op;

  final long operand;

  Park(int state, int cell, int op, long operand) {
    super("parked", null, false, false);
    this.state = state;
    this.cell = cell;
    this.op = op;
    this.operand = operand;
  }
}
