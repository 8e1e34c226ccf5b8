package dev.lazymm.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that leaves nothing half written: what is written goes out in one piece when it
 * is flushed, and {@link #end} waits for a piece on its way before the JVM dies of a signal.
 */
final class Stdout extends OutputStream {
  private static final long PATIENCE_S = 2;

  private final OutputStream to;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable IOException failure;

  Stdout(OutputStream to) {
    this.to = to;
  }

  @Override
  public void write(int b) {
    piece.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    piece.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      byte[] bytes = piece.toByteArray();
      piece.reset();
      to.write(bytes);
      to.flush();
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Lets no more output through; what is being written is written to its end. */
  void end() {
    try {
      if (!lock.tryLock(PATIENCE_S, TimeUnit.SECONDS)) {
        return; // the reader is stuck; it is not worth waiting for
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return why nothing more can be written; null if it can} */
  @Nullable IOException failure() {
    return failure;
  }
}
