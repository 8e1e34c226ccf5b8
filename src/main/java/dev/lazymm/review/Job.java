package dev.lazymm.review;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One check to be done.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param scenario the scenario
 * @param spelled how a command line names the scenario: its name, or {@code FILE:NAME}
 * @param model the memory model
 * @param history the bug of the past that the kernel has; null for none
 */
public record Job(
    Designs.Entry design,
    Arches.Entry arch,
    Scenario scenario,
    String spelled,
    Model model,
    @Nullable PastBug history) {
  /**
   * A scenario and how a command line names it.
   *
   * @param scenario the scenario
   * @param spelled its name, or {@code FILE:NAME}
   */
  public record Named(Scenario scenario, String spelled) {
    /** {@return a scenario of the library} */
    public static Named of(Scenario scenario) {
      return new Named(scenario, scenario.name());
    }
  }

  /** A check of a kernel without bugs of the past. */
  public Job(
      Designs.Entry design, Arches.Entry arch, Scenario scenario, String spelled, Model model) {
    this(design, arch, scenario, spelled, model, null);
  }

  /**
   * {@return every design on every architecture over every scenario under sequential consistency,
   * in this order}
   */
  public static List<Job> all(
      List<Designs.Entry> designs, List<Arches.Entry> arches, List<Named> scenarios) {
    return all(designs, arches, List.of(Model.SC), scenarios);
  }

  /**
   * {@return every design on every architecture under every model over every scenario, in this
   * order}
   */
  public static List<Job> all(
      List<Designs.Entry> designs,
      List<Arches.Entry> arches,
      List<Model> models,
      List<Named> scenarios) {
    List<Job> jobs = new ArrayList<>();
    for (Designs.Entry design : designs) {
      for (Arches.Entry arch : arches) {
        for (Model model : models) {
          for (Named named : scenarios) {
            jobs.add(new Job(design, arch, named.scenario(), named.spelled(), model));
          }
        }
      }
    }
    return jobs;
  }

  /**
   * {@return whether this asks what would be if the code of one architecture ran on the hardware of
   * another}
   */
  public boolean isWhatIf() {
    return model.isWhatIf(arch.name());
  }

  /** {@return the same check of a kernel with a bug of the past; null for without} */
  public Job with(@Nullable PastBug bug) {
    return new Job(design, arch, scenario, spelled, model, bug);
  }

  /** {@return what tells this check from others: two with the same key are the same check} */
  String key() {
    return String.join(
        " ",
        design.name(),
        arch.name(),
        model.name(),
        spelled,
        history == null ? "" : history.id());
  }

  KernelFactory kernel() {
    PastBug bug = history;
    return bug == null
        ? KernelFactory.of(arch, design)
        : memory -> bug.with().make(memory, arch.make(), design.make());
  }
}
