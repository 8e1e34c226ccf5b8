package dev.lazymm.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whether and where a page is written: {@code --html} and {@code --no-html}. */
final class HtmlOptions {
  private static final Path DEFAULT = Path.of("report.html");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Where to write the page (default: report.html).")
  private @Nullable Path file;

  @Option(names = "--no-html", description = "Write no page.")
  private boolean none;

  /** Refuses what contradicts itself; to be called before the work. */
  void check() {
    if (none && file != null) {
      throw new ParameterException(
          spec.commandLine(), "--html and --no-html: expected one of them");
    }
  }

  /** Writes the page if it is wanted, and says where it went. */
  void write(String page, PrintWriter err) {
    if (!none) {
      Path to = file == null ? DEFAULT : file;
      OutFile.write(to, page);
      err.println("lazymm: the report with pictures is in " + to);
    }
  }

  /** {@return whether a page is wanted} */
  boolean isWanted() {
    return !none;
  }
}
