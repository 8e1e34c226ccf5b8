package dev.lazymm.cli;

import dev.lazymm.check.Estimate;
import dev.lazymm.report.EstimateText;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Job;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr, if that is a terminal; else nothing at all. */
final class Bar implements Checks.Progress, AutoCloseable {
  private static final int REFRESH_MS = 200;

  /** How long a message may be, for the bar before it to have room. */
  private static final int MESSAGE = 44;

  private final Line line;
  private final @Nullable ProgressBar bar;
  private final Map<Job, Estimate> estimates = new ConcurrentHashMap<>();

  private Bar(boolean wanted, Line line, ProgressBarBuilder builder) {
    this.line = line;
    bar = wanted ? builder.build() : null;
  }

  /**
   * {@return a bar for checks; to be closed before anything else goes to the terminal, but for what
   * is printed {@link #aside}}
   */
  static Bar forChecks() {
    return of("checking", false);
  }

  /** Prints something, which may go to the same terminal. */
  void aside(Runnable print) {
    if (bar == null) {
      print.run();
    } else {
      line.aside(print);
    }
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
    Line line = new Line();
    return new Bar(
        Terminal.is(Terminal.STDERR),
        line,
        builder("proving", line).startsFrom(done, Duration.ZERO));
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
    Line line = new Line();
    return new Bar(wanted, line, builder(task, line));
  }

  /** {@return {@code in}, with a bar that shows how much of {@code bytes} has been read} */
  static InputStream reading(InputStream in, long bytes) {
    return Terminal.is(Terminal.STDERR)
        ? ProgressBar.wrap(
            in, builder("reading", new Line()).setInitialMax(bytes).setUnit(" MB", 1_000_000))
        : in;
  }

  private static ProgressBarBuilder builder(String task, Line line) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MS)
        .setMaxRenderedLength(line.getMaxRenderedLength())
        .clearDisplayOnFinish()
        .continuousUpdate()
        .setConsumer(line);
  }

  @Override
  public void running(Job job, long executions) {
    if (bar != null) {
      Estimate all = estimates.get(job);
      String of = all == null || executions > all.most() ? "" : " of " + EstimateText.of(all);
      String message = executions + of + " executions";
      String named = job.spelled() + " " + message;
      bar.setExtraMessage(" " + (named.length() > MESSAGE ? message : named));
    }
  }

  @Override
  public @Nullable Consumer<Estimate> estimates(Job job) {
    return bar == null ? null : estimate -> estimates.put(job, estimate);
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
