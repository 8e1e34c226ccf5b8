package dev.lazymm.cli;

import dev.lazymm.report.ClaimsJson;
import dev.lazymm.report.ClaimsText;
import dev.lazymm.report.Json;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Claim;
import dev.lazymm.review.ClaimResult;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.review.Claims;
import dev.lazymm.review.Commands;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazymm claims}. */
@Command(
    name = "claims",
    description = "Runs published claims as experiments: what was expected, what is found.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is found as expected",
      "1:something is not",
      "2:usage error or bad input",
      "3:a bound was reached before it was clear",
    },
    mixinStandardHelpOptions = true)
final class ClaimsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CLAIM", description = "Claims, as E07 (default: all).")
  private List<String> names = new ArrayList<>();

  @Mixin private ExploreOptions explore;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    List<Claim> chosen =
        names.isEmpty() ? Claims.ALL : Choice.all("claim", names, Claims.ALL, Claim::id);
    Checks.Options options = explore.options();
    Claims claims = new Claims(ScenarioLibrary.builtIn(), new Commands(options));
    List<ClaimResult> results;
    try (Bar bar = Bar.forChecks()) {
      results =
          claims.run(chosen, weakened -> new Checks(options.withWeakened(weakened, null), bar));
    }
    new Output(spec.commandLine().getOut())
        .print(json ? Json.write(ClaimsJson.of(results)) : ClaimsText.of(results));
    return results.stream().anyMatch(r -> r.agreement() == Agreement.NO)
        ? Exit.VIOLATED
        : results.stream().anyMatch(r -> r.agreement() == Agreement.UNKNOWN)
            ? Exit.INCONCLUSIVE
            : Exit.HOLDS;
  }
}
