package dev.lazymm.cli;

import dev.lazymm.litmus.run.Batch;
import dev.lazymm.litmus.run.Input;
import dev.lazymm.litmus.run.Outcome;
import dev.lazymm.litmus.run.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the same tests under several models: {@code --models}. */
final class LitmusModels {
  /** So many tests are held in memory at a time. */
  private static final int PART = 200;

  private final List<Tools> models;
  private final Batch.Options first;
  private final Batch.Options options;

  /**
   * Runs under models.
   *
   * @param first how to run under the first of them
   * @param options how to run under the others
   */
  LitmusModels(List<Tools> models, Batch.Options first, Batch.Options options) {
    this.models = List.copyOf(models);
    this.first = first;
    this.options = options;
  }

  /** Runs the tests part by part, model by model; shows what became of each under all models. */
  void run(List<Input> tests, Consumer<List<Outcome>> consumer) {
    int[] done = {0};
    try (Bar bar = Bar.forTests(true)) {
      for (int from = 0; from < tests.size(); from += PART) {
        List<Input> part = tests.subList(from, Math.min(from + PART, tests.size()));
        List<List<Outcome>> all = new ArrayList<>();
        for (Tools tools : models) {
          List<Outcome> outcomes = new ArrayList<>();
          new Batch(tools, all.isEmpty() ? first : options)
              .run(
                  part,
                  outcome -> {
                    outcomes.add(outcome);
                    bar.done(++done[0], tests.size() * models.size());
                  });
          all.add(outcomes);
        }
        for (int i = 0; i < part.size(); i++) {
          int test = i;
          consumer.accept(all.stream().map(o -> o.get(test)).toList());
        }
      }
    }
  }
}
