package dev.lazymm.cli;

import dev.lazymm.barriers.Analysis;
import dev.lazymm.barriers.Drawn;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Question;
import dev.lazymm.barriers.Subject;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.report.BarriersJson;
import dev.lazymm.report.BarriersText;
import dev.lazymm.report.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazymm barriers}. */
@Command(
    name = "barriers",
    description = {
      "Is it minimal? Weakens every named barrier, atomic, irq-off region and IPI alone, and says",
      "which are needed, with what breaks without, and which are not within the bound.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every site is needed or not, within the bound",
      "2:usage error or bad input",
      "3:a bound was reached before it was clear",
      "130:interrupted; what was answered until then is printed",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm barriers --design shootdown --arch powerpc-hash",
      "  ./lazymm barriers --design refcount --arch x86-lazy --sites B3,mask-set --model lkmm",
      "  ./lazymm barriers --design MyDesign.java --arch powerpc-hash --deep",
    },
    mixinStandardHelpOptions = true)
final class BarriersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private OneKernel kernel;

  @Option(
      names = {"--model", "--models"},
      split = ",",
      paramLabel = "MODEL",
      description = {
        "Memory models: sc, tso, armv8, power, riscv, lkmm",
        "(default: all but riscv)."
      })
  private List<String> models = List.of("sc", "tso", "armv8", "power", "lkmm");

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME|FILE",
      description = {
        "Scenarios: NAME or PREFIX* of the library, FILE, or FILE:NAME (default: the library)."
      })
  private List<String> scenarios = new ArrayList<>();

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites by name (default: all that are come by).")
  private List<String> sites = new ArrayList<>();

  @Option(
      names = "--deep",
      description = {
        "Looks at every scenario, for all that show a site to be needed and the shortest witness;",
        "adds scenarios that are drawn, unless --scenario names some."
      })
  private boolean deep;

  @Option(
      names = "--max-executions",
      paramLabel = "N",
      description = "Give up on a scenario after N executions (default: ${DEFAULT-VALUE}).")
  private long maxExecutions = Checker.Options.defaults().maxExecutions();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Sites at a time (default: ${DEFAULT-VALUE}, one a processor).")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Stop after so long; what is open then is called inconclusive.")
  private @Nullable Double timeout;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Analysis analysis = Analysis.asking(question());
    try (Interruption.Work _ = Main.interruption(spec).during(analysis::stop)) {
      Necessity found = answer(analysis);
      if (!found.cut()) {
        known(found);
      }
      new Output(spec.commandLine().getOut())
          .print(json ? Json.write(BarriersJson.of(found)) : BarriersText.of(found));
      return found.inconclusive() ? Exit.INCONCLUSIVE : Exit.HOLDS;
    }
  }

  private static Necessity answer(Analysis analysis) {
    try (Bar bar = Bar.forChecks()) {
      return analysis.answer(bar::done);
    }
  }

  private Question question() {
    Values values = new Values(spec);
    values.requireOne(maxExecutions, "--max-executions");
    values.requireOne(jobs, "--jobs");
    Duration time = values.time(timeout, "--timeout");
    Designs.Entry own = kernel.design();
    sites.forEach(site -> WeakenOptions.requireSite(site, List.of(own)));
    Arches.Entry on = kernel.arch();
    List<Model> under =
        Choice.all("memory model", models, Model.NAMES, Function.identity()).stream()
            .map(Model::named)
            .toList();
    List<Subject> subjects = new ArrayList<>();
    new Scenarios(List.of(own))
        .find(scenarios)
        .forEach(named -> subjects.add(Subject.of(named.scenario(), named.spelled())));
    if (deep && scenarios.isEmpty()) {
      subjects.addAll(Drawn.subjects());
    }
    Question.Effort effort = deep ? Question.Effort.EVERY : Question.Effort.USUAL;
    return new Question(
        own, on, under, subjects, Set.copyOf(sites), effort, maxExecutions, time, jobs);
  }

  /** Every site that was asked for is one that the kernel comes by. */
  private void known(Necessity found) {
    Set<String> seen = new LinkedHashSet<>();
    found.baselines().forEach(b -> seen.addAll(b.uses().keySet()));
    List<String> all = seen.stream().sorted().toList();
    sites.forEach(site -> Choice.one("site that these scenarios come by", site, all, s -> s));
  }
}
