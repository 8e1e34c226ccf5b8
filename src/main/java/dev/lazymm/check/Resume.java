package dev.lazymm.check;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where an exploration is kept, so that it can go on after whatever ended it.
 *
 * @param file the file; it need not exist
 * @param every how often to write it
 */
public record Resume(Path file, Duration every) {
  /** How often to write it, unless told otherwise. */
  public static final Duration USUAL = Duration.ofSeconds(10);

  /** The file cannot be gone on from. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(Path file, String what, String expected) {
      super(file + " " + what + "\n  " + expected, null, false, false);
    }

    /** {@return the file, what is wrong with it, and what was expected} */
    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
