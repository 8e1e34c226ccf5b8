package dev.lazymm.check;

import java.util.concurrent.ExecutionException;

/** What work on another thread ended with. */
public final class Failures {
  private Failures() {}

  /**
   * {@return what the work threw, to be thrown here} The stack trace stays that of the work.
   *
   * @throws Error if it was one
   */
  public static RuntimeException of(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(e);
    };
  }
}
