package dev.lazymm.cli;

import dev.lazymm.report.html.Run;
import dev.lazymm.review.Commands;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What reports say of how they were made. */
final class Runs {
  private Runs() {}

  /** {@return this run: the version, the JVM, and the command line as it was typed} */
  static Run of(CommandSpec spec) {
    List<String> words = new ArrayList<>();
    words.add("./lazymm");
    words.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return new Run(Version.lazymm(), Version.jdk(), Commands.join(words));
  }
}
