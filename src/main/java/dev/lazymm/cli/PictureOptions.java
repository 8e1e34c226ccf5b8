package dev.lazymm.cli;

import dev.lazymm.litmus.Execution;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.report.LitmusDot;
import dev.lazymm.report.LitmusPicture;
import dev.lazymm.report.LitmusSvg;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how to draw an execution of a litmus test. */
final class PictureOptions {
  @Option(names = "--show", description = "Draw an execution that satisfies the condition.")
  private boolean show;

  @Option(
      names = "--show-any",
      description = "The same; if there is none, one that does not satisfy it.")
  private boolean any;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw it into an SVG file.")
  private @Nullable Path svg;

  @Option(names = "--dot", paramLabel = "FILE", description = "Draw it for Graphviz.")
  private @Nullable Path dot;

  /** {@return whether anything is to be drawn} */
  boolean isWanted() {
    return show || any || svg != null || dot != null;
  }

  /** {@return whether something is to be drawn on stdout} */
  boolean isOnStdout() {
    return show || any;
  }

  /** Draws into files; {@return what is to be drawn on stdout, or why nothing is} */
  String draw(Outcome outcome, Tools tools) {
    if (!(outcome instanceof Outcome.Judged judged)) {
      return "";
    }
    Result result = judged.result();
    Execution witness = result.witness();
    String title = "\n";
    if (witness == null && any) {
      title = "\nnothing to show; an execution of the others:\n\n";
      witness = tools.otherExecution(judged.test());
    }
    if (witness == null) {
      return "\nnothing to show: no execution "
          + switch (judged.test().quantifier()) {
            case EXISTS, NOT_EXISTS -> "satisfies the condition\n";
            case FORALL -> "breaks the condition\n";
          };
    }
    if (svg != null) {
      LitmusInputs.write(svg, LitmusSvg.of(witness));
    }
    if (dot != null) {
      LitmusInputs.write(dot, LitmusDot.of(witness));
    }
    return isOnStdout() ? title + LitmusPicture.draw(witness) : "";
  }
}
