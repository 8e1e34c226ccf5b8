package dev.lazymm.litmus.run;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import java.nio.file.Path;
import java.util.Optional;

/** What became of one test of a batch. */
public sealed interface Outcome {
  /** {@return the test's file} */
  Path file();

  /** {@return why it was not judged, and where in the test; nothing if it was} */
  default Optional<String> message() {
    return Optional.empty();
  }

  /**
   * It was searched through.
   *
   * @param seconds how long that took, reading included
   */
  record Judged(Path file, LitmusTest test, Result result, double seconds) implements Outcome {}

  /** Its time was up; the result is of what was looked at until then. */
  record TimedOut(Path file, LitmusTest test, Result result, double seconds) implements Outcome {}

  /**
   * It is in C, and the mapping that it was to be converted by has no instructions for it.
   *
   * @param what what it has none for, in a word or two: {@code rcu_read_lock()}
   * @param why the same in full, and where
   */
  record NotMapped(Path file, String what, String why) implements Outcome {
    @Override
    public Optional<String> message() {
      return Optional.of(why);
    }
  }

  /** It is not as it should be; {@code why} says where, too. */
  record Failed(Path file, String why) implements Outcome {
    @Override
    public Optional<String> message() {
      return Optional.of(why);
    }
  }
}
