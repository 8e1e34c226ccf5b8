package dev.lazymm.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a stream into lines inside one reused buffer.
 *
 * <p>The current line is {@code bytes[start, end)}, without its line end. {@code bytes[end]} is
 * always readable and is {@code \n} or {@code \r}: scanners need no bounds check, because no digit,
 * label or space matches it.
 */
final class Lines {
  /** No event outgrows the kernel's 8 KiB of text; a longer line is not from there. */
  static final int LONGEST = 1 << 16;

  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long NEWLINES = EACH_BYTE * '\n';

  private final String name;
  private final InputStream in;
  private final ByteBuffer words;
  private int next;
  private int limit;

  final byte[] bytes = new byte[LONGEST];
  int start;
  int end;
  long number;

  /**
   * @param in text, from {@link TraceInput} if it may be packed
   */
  Lines(InputStream in, String name) {
    this.in = in;
    this.name = name;
    this.words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the file
   */
  boolean advance() throws IOException {
    int searched = next;
    int newline;
    while ((newline = indexOfNewline(searched)) < 0) {
      searched = limit;
      if (next > 0) {
        System.arraycopy(bytes, next, bytes, 0, limit - next);
        limit -= next;
        searched -= next;
        next = 0;
      }
      if (!fill()) {
        return false;
      }
    }
    start = next;
    end = newline > start && bytes[newline - 1] == '\r' ? newline - 1 : newline;
    next = newline + 1;
    number++;
    return true;
  }

  /** {@return a fault at byte {@code at} of the current line} */
  TraceFormatException error(int at, String problem, String expected) {
    return TraceFormatException.inLine(name, number, bytes, start, end, at, problem, expected);
  }

  private boolean fill() throws IOException {
    if (limit == bytes.length) {
      throw TraceFormatException.inLine(
          name,
          number + 1,
          bytes,
          0,
          limit,
          0,
          "the line is longer than " + LONGEST + " bytes",
          "lines of text; is this a binary file?");
    }
    int read;
    try {
      read = in.read(bytes, limit, bytes.length - limit);
    } catch (TraceInput.Damage e) {
      throw TraceFormatException.afterLine(
          name,
          number,
          e.what() + (number == 0 ? "" : " after line " + number),
          "a whole gzip file; check it with `gzip -t`");
    }
    if (read >= 0) {
      limit += read;
      return true;
    }
    if (limit > 0) {
      throw TraceFormatException.inLine(
          name,
          number + 1,
          bytes,
          0,
          limit,
          limit,
          "the file ends in the middle of a line",
          "a line end; if the line is whole, add one");
    }
    return false;
  }

  /**
   * Eight bytes at a time: subtracting 1 borrows from the top bit of exactly the lowest zero byte.
   */
  private int indexOfNewline(int from) {
    int i = from;
    for (int last = limit - 8; i <= last; i += 8) {
      long differing = words.getLong(i) ^ NEWLINES;
      long zeros = (differing - EACH_BYTE) & ~differing & (EACH_BYTE << 7);
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
