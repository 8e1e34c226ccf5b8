package dev.lazymm.trace;

import java.nio.charset.StandardCharsets;

/** A fixed piece of the format, such as {@code " prev_pid="}. */
final class Label {
  final byte[] bytes;

  /** As errors show it. */
  final String quoted;

  private Label(String text) {
    bytes = text.getBytes(StandardCharsets.US_ASCII);
    quoted = '"' + text + '"';
  }

  static Label label(String text) {
    return new Label(text);
  }

  /** {@return whether this stands at {@code from}, in a line of {@link Lines}} */
  boolean isAt(byte[] line, int from) {
    for (int i = 0; i < bytes.length; i++) {
      if (line[from + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
