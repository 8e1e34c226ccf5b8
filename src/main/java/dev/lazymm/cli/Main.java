package dev.lazymm.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command: knows the verbs, and turns whatever happens into an exit code. */
@Command(
    name = "lazymm",
    description = {
      "A laboratory for lazy TLB: is a design safe, is it minimal, is it fast?",
    },
    synopsisSubcommandLabel = "[VERB]",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:holds",
      "1:violated",
      "2:usage error or bad input",
      "3:inconclusive: a bound was reached",
      "70:a bug in lazymm",
      "78:no JDK 25 or no Maven found",
      "130:interrupted",
    },
    footer = {
      "%nFrom a source tree, ./lazymm test builds and runs the tests.",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {HelpCommand.class})
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs one command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args, writer(System.out), writer(System.err)));
  }

  /**
   * Runs one command line and returns its exit code; prints to {@code out} and {@code err} only.
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    try {
      return new CommandLine(new Main())
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler(Main::usageError)
          .setExecutionExceptionHandler((e, command, parsed) -> Bug.report(e, args, err))
          .execute(args);
    } catch (Throwable e) { // picocli lets an Error through
      return Bug.report(e, args, err);
    }
  }

  /** Without a verb: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("lazymm: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Exit.USAGE;
  }
}
