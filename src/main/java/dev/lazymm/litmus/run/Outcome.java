package dev.lazymm.litmus.run;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import java.nio.file.Path;

/** What became of one test of a batch. */
public sealed interface Outcome {
  /** {@return the test's file} */
  Path file();

  /**
   * It was searched through.
   *
   * @param seconds how long that took, reading included
   */
  record Judged(Path file, LitmusTest test, Result result, double seconds) implements Outcome {}

  /** Its time was up; the result is of what was looked at until then. */
  record TimedOut(Path file, LitmusTest test, Result result, double seconds) implements Outcome {}

  /** It is not as it should be; the message says where and why. */
  record Failed(Path file, String message) implements Outcome {}
}
