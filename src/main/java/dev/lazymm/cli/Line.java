package dev.lazymm.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The line of stderr that a {@link Bar} is drawn in, again and again, from a thread of its own. */
final class Line implements ProgressBarConsumer {
  private static final int WIDTH = 79;

  private final ConsoleProgressBarConsumer console =
      new ConsoleProgressBarConsumer(System.err, WIDTH);

  /** Empties the line for something else that goes to the same terminal. */
  synchronized void aside(Runnable print) {
    console.clear();
    print.run();
  }

  @Override
  public int getMaxRenderedLength() {
    return WIDTH;
  }

  @Override
  public synchronized void accept(String drawn) {
    console.accept(drawn);
  }

  @Override
  public synchronized void close() {
    console.close();
  }
}
