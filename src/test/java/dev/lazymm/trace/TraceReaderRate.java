package dev.lazymm.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Prints how many lines the reader does in a second of CPU time of its thread, from memory:
 * unpacked, and in gzip as on the disk. The first round has the compilation in it.
 *
 * <pre>taskset -c 1 java -XX:+UseSerialGC -cp target/classes:target/test-classes \
 *     dev.lazymm.trace.TraceReaderRate x86-612-idle.trace.txt.gz</pre>
 */
final class TraceReaderRate {
  private static final int ROUNDS = 6;
  private static final long ROUND_NANOS = 2_000_000_000L;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TraceReaderRate() {}

  public static void main(String[] args) throws IOException {
    byte[] packed = Files.readAllBytes(Path.of(args[0]));
    byte[] text;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      text = in.readAllBytes();
    }
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf(
          "round %d: text %,d lines/s, gzip %,d lines/s%n",
          round, linesPerSecond(text), linesPerSecond(packed));
    }
  }

  private static long linesPerSecond(byte[] file) throws IOException {
    Touch touch = new Touch();
    long lines = 0;
    long begin = THREADS.getCurrentThreadCpuTime();
    long nanos;
    do {
      InputStream in = new ByteArrayInputStream(file);
      lines +=
          FtraceTextReader.read(in, "memory", FtraceTextReader.CpuNumbers.BELOW_COUNT, touch)
              .lines();
      nanos = THREADS.getCurrentThreadCpuTime() - begin;
    } while (nanos < ROUND_NANOS);
    if (touch.sum == 0) {
      throw new IllegalStateException("no switch in the recording");
    }
    return (long) (lines * 1e9 / nanos);
  }

  /** Looks at what a replayer would look at. */
  private static final class Touch implements TraceSink {
    private long sum;

    @Override
    public void schedSwitch(
        long ts,
        int cpu,
        int pid,
        int prevPid,
        TraceText prevComm,
        int prevState,
        int nextPid,
        TraceText nextComm) {
      sum += ts ^ cpu ^ prevPid ^ prevState ^ nextPid;
    }

    @Override
    public void other(long ts, int cpu, int pid, TraceText name) {
      sum += name.length();
    }
  }
}
