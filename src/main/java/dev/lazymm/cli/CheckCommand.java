package dev.lazymm.cli;

import dev.lazymm.check.Resume;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.report.CheckJson;
import dev.lazymm.report.CheckJunit;
import dev.lazymm.report.CheckMatrix;
import dev.lazymm.report.CheckSarif;
import dev.lazymm.report.CheckTable;
import dev.lazymm.report.CheckText;
import dev.lazymm.report.Json;
import dev.lazymm.report.html.Pages;
import dev.lazymm.review.Checks;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.review.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lazymm check}. */
@Command(
    name = "check",
    description = {
      "Checks designs on architectures over scenarios: every execution up to a bound.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything holds",
      "1:something is violated",
      "2:usage error or bad input",
      "3:nothing is violated, but a bound was reached",
    },
    footer = {
      "%nExamples:",
      "  ./lazymm check",
      "  ./lazymm check --scenario 'e07-*' --design no-refcount --arch x86-eager",
      "  ./lazymm check --design MyDesign.java",
      "  ./lazymm check --model sc,tso,lkmm --format table",
      "  ./lazymm check --scenario my.scenarios --format html > my.html",
      "  ./lazymm check --model lkmm --arch x86-lazy --weaken mask-set=relaxed,B3",
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  /** In which form. */
  enum Format {
    TEXT,
    TABLE,
    MATRIX,
    JSON,
    HTML,
    JUNIT,
    SARIF
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME|FILE",
      description = {
        "Scenarios: NAME or PREFIX* of the library, FILE, or FILE:NAME (default: the library)."
      })
  private List<String> scenarios = new ArrayList<>();

  @Mixin private KernelOptions kernels;
  @Mixin private HistoryOption history;
  @Mixin private MemoryModels models;
  @Mixin private ExploreOptions explore;
  @Mixin private ResumeOptions kept;
  @Mixin private WeakenOptions weaken;

  @Option(names = "--brief", description = "Draw no counterexamples (text only).")
  private boolean brief;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "text, table, matrix, json, html, junit (XML) or sarif (default: text).")
  private Format format = Format.TEXT;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Override
  public Integer call() {
    Resume resume = kept.resume();
    PastBug bug = history.bug();
    List<Designs.Entry> designs = kernels.designs(bug);
    WeakenOptions.Chosen weakened = weaken.chosen(designs);
    Checks.Options options = weakened.apply(explore.options().withResume(resume));
    List<Job> jobs =
        history.in(
            Job.all(
                designs,
                kernels.arches(bug),
                models.all(),
                new Scenarios(designs).find(history.scenarios(scenarios))));
    if (resume != null && jobs.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume is of one check, and these are "
              + jobs.size()
              + ": expected one scenario, one design, one architecture, one model");
    }
    Commands commands = new Commands(options);
    Format form = json ? Format.JSON : format;
    boolean isText = form == Format.TEXT;
    Output out = new Output(spec.commandLine().getOut());
    CheckText text = new CheckText(commands);
    List<Done> done = new ArrayList<>();
    try (Bar bar = Bar.forChecks()) {
      new Checks(options, bar)
          .run(
              jobs,
              d -> {
                done.add(d);
                if (isText) {
                  bar.aside(() -> out.print(text.line(d)));
                }
              });
    } catch (Resume.Refused e) {
      throw new UserError(e.text());
    }
    weakened.check();
    out.print(
        switch (form) {
          case TEXT -> rest(text, done);
          case TABLE -> CheckTable.of(done, commands);
          case MATRIX -> CheckMatrix.of(done);
          case JSON -> Json.write(CheckJson.of(done, commands));
          case HTML -> Pages.check(done, commands, Runs.of(spec));
          case JUNIT -> CheckJunit.of(done, commands);
          case SARIF -> Json.writeWithoutNulls(CheckSarif.of(done, commands, Version.lazymm()));
        });
    return code(done);
  }

  private String rest(CheckText text, List<Done> done) {
    StringBuilder out = new StringBuilder();
    if (!brief) {
      done.forEach(d -> out.append(d.violations().isEmpty() ? "" : "\n" + text.counterexample(d)));
    }
    out.append('\n').append(CheckText.summary(done)).append(CheckText.leftOut(done));
    return out.toString();
  }

  static int code(List<Done> done) {
    return done.stream().anyMatch(d -> !d.violations().isEmpty())
        ? Exit.VIOLATED
        : done.stream().anyMatch(Done::inconclusive) ? Exit.INCONCLUSIVE : Exit.HOLDS;
  }
}
