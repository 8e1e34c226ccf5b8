package dev.lazymm.cli;

/** Nobody reads what we write any more: there is no use in going on. */
final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1;
}
