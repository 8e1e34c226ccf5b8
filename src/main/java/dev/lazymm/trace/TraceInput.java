package dev.lazymm.trace;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Opens a recording whatever it is packed in: looks at the first bytes, unpacks gzip, and names the
 * files that people pass here by mistake.
 */
final class TraceInput {
  private static final int PEEKED = 10;

  private TraceInput() {}

  /** {@return the unpacked text of {@code in}; closing it leaves {@code in} open} */
  static InputStream open(InputStream in, String name) throws IOException {
    PushbackInputStream source = new Unclosed(in);
    byte[] head = source.readNBytes(PEEKED);
    source.unread(head);
    String other = binaryFormat(head);
    if (!other.isEmpty()) {
      throw TraceFormatException.ofFile(
          name,
          "this is " + other + ", not text",
          "the text of /sys/kernel/tracing/trace, or of `perf script` or `trace-cmd report`");
    }
    if (!startsWith(head, 0x1f, 0x8b)) {
      return source;
    }
    try {
      return new NamedDamage(new GZIPInputStream(source, 1 << 16));
    } catch (EOFException e) {
      throw noGzip(name, Damage.cutOff(e));
    } catch (ZipException e) {
      throw noGzip(name, Damage.corrupt(e));
    }
  }

  private static TraceFormatException noGzip(String name, Damage damage) {
    return TraceFormatException.ofFile(name, damage.what(), "a whole gzip file");
  }

  private static String binaryFormat(byte[] head) {
    if (startsWith(head, 0x17, 0x08, 'D', 't', 'r', 'a', 'c', 'i', 'n', 'g')) {
      return "a trace.dat file of trace-cmd";
    } else if (startsWith(head, 'P', 'E', 'R', 'F', 'I', 'L', 'E', '2')) {
      return "a perf.data file";
    } else if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
      return "zstd-compressed data (unpack it with `zstd -d`)";
    } else if (startsWith(head, 0xfd, '7', 'z', 'X', 'Z')) {
      return "xz-compressed data (unpack it with `xz -d`)";
    }
    return "";
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || head[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Packed data that does not unpack, as opposed to a disk that does not read. */
  static final class Damage extends IOException {
    private static final long serialVersionUID = 1L;

    private Damage(String what, IOException cause) {
      super(what, cause);
    }

    static Damage cutOff(EOFException cause) {
      return new Damage("the gzip data is truncated", cause);
    }

    static Damage corrupt(ZipException cause) {
      return new Damage("the gzip data is damaged (" + cause.getMessage() + ")", cause);
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  /** A stream that is not ours to close. */
  private static final class Unclosed extends PushbackInputStream {
    Unclosed(InputStream in) {
      super(in, PEEKED);
    }

    @Override
    public void close() {}
  }

  private static final class NamedDamage extends FilterInputStream {
    NamedDamage(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return super.read(b, off, len);
      } catch (EOFException e) {
        throw Damage.cutOff(e);
      } catch (ZipException e) {
        throw Damage.corrupt(e);
      }
    }
  }
}
