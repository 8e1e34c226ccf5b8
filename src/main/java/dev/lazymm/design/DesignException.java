package dev.lazymm.design;

import dev.lazymm.machine.Refusal;

/** A design of one's own cannot be used; the message says where, what, and what was expected. */
public final class DesignException extends Refusal {
  private static final long serialVersionUID = 1;

  DesignException(String message) {
    super(message);
  }
}
