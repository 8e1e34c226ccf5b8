package dev.lazymm.prove;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be proved.
 *
 * @param size how large scenarios may be
 * @param vocabulary what may happen in them
 * @param kernels what each of them is checked on
 * @param maxExecutions after how many executions a scenario is given up, from 1
 * @param orderedIncrements whether increments whose results nobody uses are ordered like all else
 * @param version of lazymm: another may count otherwise
 */
public record Question(
    Size size,
    Vocabulary vocabulary,
    List<Kernel> kernels,
    long maxExecutions,
    boolean orderedIncrements,
    String version) {
  /**
   * A kernel under a memory model.
   *
   * @param design the lifetime design
   * @param source what tells its code from another of the same name; empty for built-in ones
   * @param arch the architecture
   * @param model the memory model's name
   */
  public record Kernel(Designs.Entry design, String source, Arches.Entry arch, String model) {
    /** {@return whether the architecture's code runs on other hardware than the model is of} */
    public boolean isWhatIf() {
      return Model.named(model).isWhatIf(arch.name());
    }

    /** {@return as reports name it} */
    public String text() {
      return "%s on %s, model %s".formatted(design.name(), arch.name(), model);
    }
  }

  public Question {
    kernels = List.copyOf(kernels);
  }

  /** {@return the question in lines; two that differ in nothing else have the same counts} */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("version " + version);
    lines.add(
        "cpus %d, tasks %d, mms %d, actions %d"
            .formatted(size.cpus(), size.tasks(), size.mms(), size.actions()));
    lines.add("vocabulary " + vocabulary);
    lines.add("at most %d executions a scenario".formatted(maxExecutions));
    lines.add("increments " + (orderedIncrements ? "ordered" : "unordered"));
    for (Kernel kernel : kernels) {
      lines.add(kernel.text() + (kernel.source().isEmpty() ? "" : ", source " + kernel.source()));
    }
    return lines;
  }
}
