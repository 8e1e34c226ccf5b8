package dev.lazymm.cli;

import dev.lazymm.check.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Under which memory models kernel code is judged: {@code --model}. */
final class MemoryModels {
  @Option(
      names = "--model",
      split = ",",
      paramLabel = "MODEL",
      description = "Memory models: sc, tso, armv8, power, riscv, lkmm (default: sc).")
  private List<String> names = new ArrayList<>();

  /** {@return the models, each once} */
  List<Model> all() {
    return names.isEmpty()
        ? List.of(Model.SC)
        : Choice.all("memory model", names, Model.NAMES, Function.identity()).stream()
            .map(Model::named)
            .toList();
  }

  /** {@return the model, where there can be but one} */
  Model one() {
    List<Model> all = all();
    if (all.size() > 1) {
      throw new UserError("there are %d memory models%n  expected one".formatted(all.size()));
    }
    return all.getFirst();
  }
}
