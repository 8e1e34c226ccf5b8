package dev.lazymm.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code lazymm train}: runs some command lines in one JVM, which notes meanwhile which classes it
 * loads, for a faster start. The launcher's, not a user's.
 */
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is made from.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TESTS", description = "A folder of litmus tests.")
  private String tests = "";

  @Override
  public Integer call() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    List<List<String>> lines =
        List.of(
            List.of("litmus", tests, "--expected", tests + "/expected.csv"),
            List.of("litmus", tests, "--models", "lkmm,tso,armv8,power,riscv"),
            List.of(
                "review", "--design", "shootdown", "--arch", "x86-eager", "--html", "/dev/null"));
    int code = Exit.HOLDS;
    for (List<String> line : lines) {
      code = Math.max(code, Main.run(line.toArray(String[]::new), nowhere, nowhere));
    }
    return code;
  }
}
