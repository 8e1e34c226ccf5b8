package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A scenario on a kernel that has booted: what a machine runs, and what its names stand for. */
public final class Prepared {
  private final Scenario scenario;
  private final Outline outline;
  private final Kernel kernel;
  private final Program program;
  private final ScenarioObjects objects;
  private final List<Mm> startMms;
  private final List<Expectation> expectations;
  private final boolean hotplug;

  Prepared(
      Scenario scenario, Outline outline, Kernel kernel, Program program, ScenarioObjects objects) {
    this.scenario = scenario;
    this.outline = outline;
    this.kernel = kernel;
    this.program = program;
    this.objects = objects;
    startMms = outline.startMms().stream().map(objects::startMm).toList();
    expectations =
        scenario.expectations().stream()
            .filter(e -> e.appliesTo(kernel.arch().name(), kernel.lazyMm().name()))
            .toList();
    hotplug = scenario.hasHotplug();
  }

  /** {@return the scenario} */
  public Scenario scenario() {
    return scenario;
  }

  /** {@return what is known of the scenario without running it} */
  public Outline outline() {
    return outline;
  }

  /** {@return the kernel} */
  public Kernel kernel() {
    return kernel;
  }

  /** {@return the kernel's memory} */
  public Memory memory() {
    return program.memory();
  }

  /** {@return one script a CPU, from the state at the start} */
  public Program program() {
    return program;
  }

  /** {@return the task of that name, alive or not yet} */
  public Task task(String name) {
    return objects.task(name);
  }

  /** {@return the mms of the start, in the order of the outline} */
  public List<Mm> startMms() {
    return startMms;
  }

  /**
   * {@return the mm that a letter, or {@code init}, stands for at the end of an execution; empty if
   * the execution stopped before it made it}
   */
  public Optional<Mm> mm(String name, FinalState state) {
    return objects.mm(kernel, name, state);
  }

  /** {@return a user cell of the scenario} */
  public Cell userCell(String name) {
    return objects.userCell(name);
  }

  /** {@return the cell that keeps what the {@code n}-th load of a CPU saw, from 1; -1 before} */
  public Cell load(int cpu, int n) {
    return objects.load(cpu, n);
  }

  /** {@return the cell that keeps what the {@code n}-th membarrier of a CPU returned, from 1} */
  Cell result(int cpu, int n) {
    return objects.result(cpu, n);
  }

  /** {@return what the scenario says of this kernel's executions} */
  public List<Expectation> expectations() {
    return expectations;
  }

  /** {@return whether CPUs of the scenario go offline} */
  public boolean hasHotplug() {
    return hotplug;
  }

  /** {@return whether an execution that ended in {@code state} ended in {@code condition}} */
  public boolean holds(Condition condition, FinalState state) {
    return new ConditionEvaluator(this, state).holds(condition);
  }

  /** {@return how many pins of an mm are left at the end of every execution} */
  public int pinsAtEnd(String mm) {
    return Objects.requireNonNull(outline.pins().get(mm), mm);
  }

  /** {@return what is left in mm_users of an mm at the end of every execution} */
  public int usersAtEnd(String mm) {
    return Objects.requireNonNull(outline.users().get(mm), mm);
  }

  /** {@return the actions as calls of the kernel, for a machine that goes action by action} */
  ActionRunner runner() {
    return new ActionRunner(kernel, objects);
  }
}
