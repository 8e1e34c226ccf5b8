package dev.lazymm.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of herd7 that change nothing that is printed here: about pictures, and about how herd7
 * goes about its work. They are taken with their arguments and passed over.
 */
@SuppressWarnings("UnusedVariable") // picocli sees to some, nobody to the others
final class HerdIgnored {
  @Option(
      names = {"-v", "-q", "-c", "-gv", "-evince", "-nshow", "-no-show"},
      arity = "0",
      hidden = true)
  private boolean[] alone = {};

  @Option(
      names = {
        "-show",
        "-graph",
        "-suffix",
        "-view",
        "-dotcom",
        "-dotheader",
        "-optace",
        "-archcheck",
        "-candidates",
        "-showinitwrites",
        "-showevents",
        "-showkind",
        "-showthread",
        "-showlegend",
        "-doshow",
        "-unshow",
        "-debug",
        "-dumpes",
        "-outputdir",
        "-statelessrc11",
        "-set-libdir",
        "-libdir"
      },
      arity = "1",
      hidden = true)
  private List<String> withValue = List.of();

  @Option(
      names = {"-h", "-help", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "-version", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(names = "-o", hidden = true)
  private @Nullable String folder;

  /** Says so where a user would wait for a file in vain. */
  void warn(PrintWriter err) {
    if (folder != null) {
      err.println("Warning: -o " + folder + ": no pictures here; see lazymm litmus --svg, --dot");
    }
  }
}
