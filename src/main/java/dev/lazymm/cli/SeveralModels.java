package dev.lazymm.cli;

import dev.lazymm.litmus.run.Batch;
import dev.lazymm.litmus.run.Finding;
import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Soundness;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.report.Json;
import dev.lazymm.report.LitmusJson;
import dev.lazymm.report.LitmusModelsText;
import dev.lazymm.report.SoundnessText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The same tests under several models, one row a model: {@code --models}, {@code --sound}. */
final class SeveralModels {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--models",
      paramLabel = "MODEL",
      split = ",",
      description = "One row a model or mapping, separated by commas, instead of --model.")
  private List<String> several = List.of();

  @Option(
      names = "--sound",
      description = "With --models: does one allow what the first forbids? Show only that.")
  private boolean sound;

  boolean isWanted() {
    return !several.isEmpty();
  }

  /**
   * Checks what stands beside these options.
   *
   * @param ofOne whether something else is asked for that is of one model
   * @throws UserError if they do not go together
   */
  void check(boolean ofOne) {
    if (sound && several.size() < 2) {
      throw new UserError("--sound\n  expected --models with at least two beside it");
    }
    if (isWanted() && ofOne) {
      throw new UserError(
          "--models: expected no --expected, --against, --junit or picture beside it");
    }
  }

  /** Runs tests under all models, prints what becomes of each, and {@return the exit code} */
  int run(List<Input> tests, ModelOptions models, Batch.Options options, boolean json) {
    List<Tools> all = several.stream().map(m -> models.under(tests, m)).toList();
    LitmusSummary summary = new LitmusSummary();
    Soundness soundness = new Soundness(several);
    LitmusJson.Builder document = new LitmusJson.Builder();
    Output out = new Output(spec.commandLine().getOut());
    new LitmusModels(all, sound ? options.all() : options, options)
        .run(
            tests,
            outcomes -> {
              boolean shown = soundness.add(outcomes) || !sound;
              outcomes.forEach(outcome -> count(outcome, summary));
              if (shown && json) {
                document.add(several, outcomes);
              } else if (shown) {
                out.print(LitmusModelsText.of(several, outcomes));
              }
            });
    if (json) {
      out.print(Json.write(document.build(sound ? soundness : null)));
    } else if (sound) {
      out.print(SoundnessText.of(soundness));
    }
    boolean broken = sound && !soundness.holds();
    return broken && summary.code() != Exit.USAGE ? Exit.VIOLATED : summary.code();
  }

  /** That a mapping has no instructions for a test is no error here. */
  private void count(Outcome outcome, LitmusSummary summary) {
    if (!(outcome instanceof Outcome.NotMapped)) {
      Finding finding = new Finding(outcome, Optional.empty(), Optional.empty());
      summary.add(finding);
      LitmusFiles.complain(finding, spec.commandLine().getErr());
    }
  }
}
