package dev.lazymm.litmus.run;

import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A test of a batch that is still to be read.
 *
 * @param file its file, or what it would be called as one
 * @param reader reads it
 */
public record Input(Path file, Reader reader) {
  /** Reads a test. */
  @FunctionalInterface
  public interface Reader {
    /** {@return the text of the test} */
    Source read() throws IOException;
  }

  /** {@return the test in a file} */
  public static Input of(Path file) {
    return new Input(file, () -> Source.read(file));
  }

  /** {@return a test that is in no file} */
  public static Input of(String name, String text) {
    return new Input(Path.of(name), () -> Source.of(name, text));
  }
}
