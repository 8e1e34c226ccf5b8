package dev.lazymm.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Holds the values of a command's options to what they may be. */
final class Values {
  private static final double MOST_SECONDS = 1e9;
  private static final double MILLIS = 1000;

  private final CommandSpec command;

  Values(CommandSpec command) {
    this.command = command;
  }

  /**
   * Goes on if a value is as it may be.
   *
   * @param option whose value
   * @param expected what it may be, in words
   */
  void require(boolean ok, String option, String expected) {
    if (!ok) {
      throw new ParameterException(
          command.commandLine(), "Invalid value for option '" + option + "': expected " + expected);
    }
  }

  /** Goes on if there is at least one. */
  void requireOne(long n, String option) {
    require(n >= 1, option, "a number from 1 on");
  }

  /** {@return so many seconds, which must be more than none; null for null} */
  @Nullable Duration time(@Nullable Double seconds, String option) {
    return seconds == null ? null : time(seconds.doubleValue(), option);
  }

  /** {@return so many seconds, which must be more than none} */
  Duration time(double seconds, String option) {
    require(seconds > 0 && seconds <= MOST_SECONDS, option, "more than 0 seconds");
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }
}
