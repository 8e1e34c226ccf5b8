package dev.lazymm.cli;

import dev.lazymm.review.Checks;
import dev.lazymm.review.Job;
import java.io.InputStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr, if that is a terminal; else nothing at all. */
final class Bar implements Checks.Progress, AutoCloseable {
  private static final int REFRESH_MS = 200;
  private static final int WIDTH = 79;

  private final @Nullable ProgressBar bar;

  private Bar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * {@return a bar for checks; to be closed before anything else goes to the terminal}
   *
   * @param lines whether results are printed meanwhile: on a terminal they are progress enough
   */
  static Bar forChecks(boolean lines) {
    return of("checking", lines);
  }

  /**
   * {@return a bar for litmus tests}
   *
   * @param lines whether results are printed meanwhile: on a terminal they are progress enough
   */
  static Bar forTests(boolean lines) {
    return of("testing", lines);
  }

  /**
   * {@return a bar for runs of a machine}
   *
   * @param lines whether results are printed meanwhile: on a terminal they are progress enough
   */
  static Bar forRuns(boolean lines) {
    return of("running", lines);
  }

  /**
   * {@return a bar for a proof, whose result comes at its end}
   *
   * @param done how many scenarios were done before
   */
  static Bar forProof(long done) {
    boolean wanted = Terminal.is(Terminal.STDERR);
    return new Bar(wanted ? builder("proving").startsFrom(done, Duration.ZERO).build() : null);
  }

  /** {@return whether there is anything to see} */
  boolean isShown() {
    return bar != null;
  }

  /** There are so many scenarios in all; from now on the bar says how long the rest will take. */
  void total(long scenarios) {
    if (bar != null) {
      bar.maxHint(scenarios);
    }
  }

  /** So many scenarios and executions are done. */
  void proved(long scenarios, long executions) {
    if (bar != null) {
      bar.stepTo(scenarios).setExtraMessage(" scenarios, " + executions + " executions");
    }
  }

  private static Bar of(String task, boolean lines) {
    boolean wanted = Terminal.is(Terminal.STDERR) && !(lines && Terminal.is(Terminal.STDOUT));
    return new Bar(wanted ? builder(task).build() : null);
  }

  /** {@return {@code in}, with a bar that shows how much of {@code bytes} has been read} */
  static InputStream reading(InputStream in, long bytes) {
    return Terminal.is(Terminal.STDERR)
        ? ProgressBar.wrap(in, builder("reading").setInitialMax(bytes).setUnit(" MB", 1_000_000))
        : in;
  }

  private static ProgressBarBuilder builder(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MS)
        .setMaxRenderedLength(WIDTH)
        .clearDisplayOnFinish()
        .continuousUpdate()
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
  }

  @Override
  public void running(Job job, long executions) {
    if (bar != null) {
      bar.setExtraMessage(" " + job.spelled() + " " + executions + " executions");
    }
  }

  @Override
  public void done(int some, int of) {
    if (bar != null) {
      bar.maxHint(of).stepTo(some);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
