package dev.lazymm.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes of the recording that are text: a task's comm, a file name, a marker.
 *
 * <p>A view, not a value: the reader reuses one object and its buffer for every event, so it is
 * valid only during the call of the {@link TraceSink} that received it. {@link #toString} makes a
 * String that lasts. Kernel text has no declared encoding; it is decoded as UTF-8, with the
 * replacement character for what is not.
 */
public final class TraceText {
  private byte[] bytes = {};
  private int from;
  private int to;

  TraceText() {}

  /** {@return a lasting text of its own, not tied to any reader} */
  public static TraceText of(String text) {
    TraceText made = new TraceText();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return made.set(bytes, 0, bytes.length);
  }

  TraceText set(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    return this;
  }

  /** {@return the length in bytes} */
  public int length() {
    return to - from;
  }

  /** {@return the byte at {@code index}, from 0} */
  public byte byteAt(int index) {
    return bytes[from + Objects.checkIndex(index, to - from)];
  }

  /** {@return whether this is exactly {@code other}, byte for byte, without making a String} */
  public boolean contentEquals(byte[] other) {
    return Arrays.equals(bytes, from, to, other, 0, other.length);
  }

  /** {@return a String of its own} */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
