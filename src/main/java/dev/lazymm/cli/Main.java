package dev.lazymm.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
      "3:inconclusive: a bound was reached, or a recording has gaps",
      "70:a bug in lazymm",
      "74:the output cannot be written",
      "78:no JDK 25 or no Maven found",
      "130:interrupted",
      "141:nobody reads the output any more (a closed pipe)",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm review",
      "  ./lazymm check --scenario e07-idle-exit --design no-refcount",
      "  ./lazymm replay trace.txt.gz --tasks tasks.txt",
      "%nFrom a source tree, ./lazymm test builds and runs the tests.",
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {

  private static final Map<String, Supplier<Object>> VERBS = verbs();

  @Spec private CommandSpec spec;

  private final Interruption interruption;

  private Main(Interruption interruption) {
    this.interruption = interruption;
  }

  /** {@return what has the verb of a command line print when it is interrupted} */
  static Interruption interruption(CommandSpec verb) {
    return ((Main) verb.root().userObject()).interruption;
  }

  private static Map<String, Supplier<Object>> verbs() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("review", ReviewCommand::new);
    all.put("check", CheckCommand::new);
    all.put("prove", ProveCommand::new);
    all.put("barriers", BarriersCommand::new);
    all.put("explain", ExplainCommand::new);
    all.put("claims", ClaimsCommand::new);
    all.put("count", CountCommand::new);
    all.put("regressions", RegressionsCommand::new);
    all.put("simulate", SimulateCommand::new);
    all.put("replay", ReplayCommand::new);
    all.put("live", LiveCommand::new);
    all.put("litmus", LitmusCommand::new);
    all.put("herd", HerdCommand::new);
    all.put("convert", ConvertCommand::new);
    all.put("export", ExportCommand::new);
    all.put("list", ListCommand::new);
    all.put("probe", ProbeCommand::new);
    all.put("train", TrainCommand::new);
    all.put("help", () -> new HelpCommand()); // a reference breaks the start-up cache
    return all;
  }

  /**
   * {@return the command line}, with the verb that is asked for alone if there is one: to look at
   * all of them costs half of the start
   */
  private static CommandLine commandLine(String[] args, Interruption interruption) {
    CommandLine line = new CommandLine(new Main(interruption));
    boolean named = args.length > 0 && !args[0].equals("help") && VERBS.containsKey(args[0]);
    for (var verb : VERBS.entrySet()) {
      if (!named || verb.getKey().equals(args[0])) {
        line.addSubcommand(verb.getKey(), verb.getValue().get());
      }
    }
    return line;
  }

  /** {@return the command line with all verbs, to look at} */
  static CommandLine allVerbs() {
    return commandLine(new String[0], new Interruption());
  }

  /** Runs one command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    Stdout stdout = new Stdout(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(stdout, true, System.out.charset());
    PrintWriter err = writer(System.err);
    AtomicBoolean finished = new AtomicBoolean();
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              boolean early = !finished.get();
              interruption.interrupt();
              stdout.end();
              if (early) {
                err.println("lazymm: interrupted");
              }
            }));
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
      if (!(e instanceof OutOfMemoryError)) { // that, who does the work will notice
        int _ = Bug.report(e, args, err);
      }
    });
    int code = run(args, out, err, interruption);
    IOException failure = stdout.failure();
    if (failure != null && !isClosedPipe(failure)) {
      err.println("lazymm: the output cannot be written: " + failure.getMessage());
      code = Exit.UNWRITABLE;
    }
    finished.set(true);
    System.exit(code);
  }

  /**
   * Runs one command line and returns its exit code; prints to {@code out} and {@code err} only.
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, out, err, new Interruption());
  }

  private static int run(
      String[] args, PrintWriter out, PrintWriter err, Interruption interruption) {
    int code;
    try {
      code =
          commandLine(args, interruption)
              .setOut(out)
              .setErr(err)
              .setExpandAtFiles(false) // herd has its own lists of tests
              .setCaseInsensitiveEnumValuesAllowed(true)
              .setParameterExceptionHandler(Main::usageError)
              .setExecutionExceptionHandler((e, command, parsed) -> failed(e, args, err))
              .execute(args);
    } catch (Throwable e) { // picocli lets an Error through
      code = failed(e, args, err);
    }
    return out.checkError() ? Exit.CLOSED_PIPE : code;
  }

  /** Without a verb: the help. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static boolean isClosedPipe(IOException e) {
    return String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  private static int failed(Throwable e, String[] args, PrintWriter err) {
    if (e instanceof OutputClosed) {
      return Exit.CLOSED_PIPE;
    }
    if (e instanceof OutOfMemoryError) {
      err.println("lazymm: the memory is full: LAZYMM_JAVA_OPTS=-XmxSIZE gives more");
      return Exit.INCONCLUSIVE;
    }
    return UserError.message(e)
        .map(message -> {
          err.println("lazymm: " + message);
          return Exit.USAGE;
        })
        .orElseGet(() -> Bug.report(e, args, err));
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
