package dev.lazymm.cli;

/** The exit codes, as {@code --help} lists them. The launcher itself uses 70, 78 and 1 likewise. */
final class Exit {
  static final int HOLDS = 0;
  static final int VIOLATED = 1;
  static final int USAGE = 2;
  static final int INCONCLUSIVE = 3;
  static final int INTERNAL = 70;
  static final int UNWRITABLE = 74;
  static final int INTERRUPTED = 130;
  static final int CLOSED_PIPE = 141;

  private Exit() {}
}
