package dev.lazymm.cli;

import dev.lazymm.litmus.run.Batch;
import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.report.HerdText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm herd}: herd7's command line and report, for scripts that call it. */
@Command(
    name = "herd",
    description = {
      "Runs litmus tests with herd7's options and prints herd7's report.",
      "%nTo let a script that calls herd7 run on it, put this on its PATH as herd7:",
      "  #!/bin/sh",
      "  exec /path/to/lazymm herd \"$@\"",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every test was run, or its time was up",
      "2:usage error, or a test or model is at fault; the other tests are run",
    },
    footer = {
      "%nExample:",
      "  ./lazymm herd -conf linux-kernel.cfg SB+mbonceonces.litmus",
    },
    versionProvider = Version.class)
final class HerdCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Litmus tests. A file whose name begins with @ is a list of them.")
  private List<String> files = List.of();

  @Option(names = "-conf", paramLabel = "FILE", description = "A configuration file.")
  private @Nullable String conf;

  @Option(
      names = "-model",
      paramLabel = "MODEL",
      description = "A .cat file, or a built-in model: lkmm (default), sc.")
  private @Nullable String model;

  @Option(names = "-bell", paramLabel = "FILE", description = "A .bell file.")
  private @Nullable String bell;

  @Option(names = "-macros", paramLabel = "FILE", description = "A .def file.")
  private @Nullable String macros;

  @Option(names = "-I", paramLabel = "DIR", description = "Where to look for files, too.")
  private List<Path> folders = List.of();

  @Option(
      names = "-variant",
      paramLabel = "NAME",
      split = ",",
      description = "Variants of the model, separated by commas.")
  private List<String> variants = List.of();

  @Option(
      names = "-unroll",
      paramLabel = "N",
      description = "Unroll loops so often. Default: ${DEFAULT-VALUE}")
  private int unroll = Request.UNROLL;

  @Option(
      names = "-speedcheck",
      paramLabel = "WHAT",
      description = "true or fast: only executions that decide the condition. Default: false")
  private String speedcheck = "false";

  @Option(names = "-timeout", paramLabel = "SECONDS", description = "Limit for each test.")
  private @Nullable Double timeout;

  @Mixin private HerdIgnored ignored;

  @Override
  public Integer call() {
    if (!Set.of("true", "false", "fast").contains(speedcheck)) {
      throw new UserError("-speedcheck " + speedcheck + ": expected false, true or fast");
    }
    List<Input> tests = LitmusFiles.listed(files).stream().map(Input::of).toList();
    Tools tools =
        LitmusFiles.tools(
            new Request(conf, model, bell, macros, folders, new TreeSet<>(variants), unroll),
            tests);
    Duration limit = LitmusOptions.limit(spec, "-timeout", timeout);
    Output out = new Output(spec.commandLine().getOut());
    PrintWriter err = spec.commandLine().getErr();
    ignored.warn(err);
    Batch.Options options =
        new Batch.Options(LitmusFiles.workers(), limit, !speedcheck.equals("false"));
    int[] code = {Exit.HOLDS};
    new Batch(tools, options)
        .run(
            tests,
            outcome -> {
              out.print(text(outcome));
              warning(outcome).ifPresent(err::println);
              LitmusFiles.strays(outcome).forEach(stray -> err.println("Warning: " + stray));
              if (outcome.message().isPresent()) {
                code[0] = Exit.USAGE;
              }
            });
    return code[0];
  }

  private static String text(Outcome outcome) {
    return outcome instanceof Outcome.Judged j
        ? HerdText.of(j.test(), j.result(), j.seconds())
        : "";
  }

  private Optional<String> warning(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Judged j ->
          j.result().cut()
              ? Optional.of(
                  "Warning: File \"%s\": unrolling limit exceeded at %d, legal outcomes may be missing."
                      .formatted(j.file(), unroll))
              : Optional.empty();
      case Outcome.TimedOut t ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "Warning: File \"%s\": timeout after %.1f s",
                  t.file(),
                  t.seconds()));
      case Outcome.Failed _, Outcome.NotMapped _ ->
          outcome
              .message()
              .map(m -> "Warning: " + m.replaceFirst("(Unknown macro \\w+)", "$1 (User error)"));
    };
  }
}
