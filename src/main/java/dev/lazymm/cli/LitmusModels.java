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
  /**
   * A test under each of the models.
   *
   * @param models their names
   * @param outcomes what became of it under each, in their order
   */
  record Row(List<String> models, List<Outcome> outcomes) {}

  private final List<Tools> models;
  private final Batch.Options options;

  LitmusModels(List<Tools> models, Batch.Options options) {
    this.models = List.copyOf(models);
    this.options = options;
  }

  /** Runs the tests model by model, then shows them in their order. */
  void run(List<Input> tests, Consumer<Row> consumer) {
    List<List<Outcome>> all = new ArrayList<>();
    int[] done = {0};
    try (Bar bar = Bar.forTests(false)) {
      for (Tools tools : models) {
        List<Outcome> outcomes = new ArrayList<>();
        new Batch(tools, options)
            .run(
                tests,
                outcome -> {
                  outcomes.add(outcome);
                  bar.done(++done[0], tests.size() * models.size());
                });
        all.add(outcomes);
      }
    }
    List<String> names = models.stream().map(Tools::name).toList();
    for (int i = 0; i < tests.size(); i++) {
      int test = i;
      consumer.accept(new Row(names, all.stream().map(o -> o.get(test)).toList()));
    }
  }
}
