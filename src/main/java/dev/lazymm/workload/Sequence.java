package dev.lazymm.workload;

import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.SequentialMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario that is done action by action on the sequential machine, in any order that its waits
 * allow: for whoever counts what an action does. Owned by one thread.
 */
public final class Sequence {
  private final Prepared prepared;
  private final SequentialMachine machine;
  private final ActionRunner runner;
  private final List<Progress> progress = new ArrayList<>();
  private final int[] next;

  private Sequence(Prepared prepared, SequentialMachine machine) {
    this.prepared = prepared;
    this.machine = machine;
    runner = prepared.runner();
    next = new int[prepared.scenario().cpus().size()];
    prepared.program().scripts().forEach(s -> progress.add(((ActionScript) s).begin()));
  }

  /**
   * {@return a scenario at its start}
   *
   * @param observer told of what the actions do, and of the boot and what makes the start before
   */
  public static Sequence begin(
      Scenario scenario, KernelFactory factory, SequentialMachine.Observer observer) {
    Setup.Sequential sequential = Setup.sequential(scenario, factory, observer);
    return new Sequence(sequential.prepared(), sequential.machine());
  }

  /**
   * Does a scenario in every order of its actions, each time from its start.
   *
   * @param begin the scenario at its start, each time anew
   * @param done told of each run that is done
   */
  public static void all(Supplier<Sequence> begin, Consumer<Sequence> done) {
    all(begin, done, List.of());
  }

  private static void all(Supplier<Sequence> begin, Consumer<Sequence> done, List<Integer> order) {
    Sequence run = begin.get();
    order.forEach(run::step);
    if (run.isDone()) {
      done.accept(run);
      return;
    }
    List<Integer> ready = run.ready();
    if (ready.isEmpty()) {
      throw new IllegalStateException(run.prepared.scenario().name() + " stuck after " + order);
    }
    for (int cpu : ready) {
      List<Integer> longer = new ArrayList<>(order);
      longer.add(cpu);
      all(begin, done, longer);
    }
  }

  /** {@return the scenario on its kernel} */
  public Prepared prepared() {
    return prepared;
  }

  /** {@return the CPUs that can do their next action now} */
  public List<Integer> ready() {
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      Action action = peek(i);
      if (action != null && !waits(i, action)) {
        ready.add(i);
      }
    }
    return ready;
  }

  private boolean waits(int cpu, Action action) {
    return switch (action) {
      case Action.Run(String name) -> {
        Task task = prepared.task(name);
        yield !name.equals(progress.get(cpu).current)
            && (machine.value(task.onCpu) != 0 || machine.value(task.state) == Task.TASK_NEW);
      }
      case Action.Unplug(int other) ->
          done(other, new Action.Offline()) == done(new Action.Unplug(other));
      case Action.Online _ -> done(cpu, action) == done(new Action.Plug(cpu));
      default -> false;
    };
  }

  /** How often a CPU has done an action. */
  private long done(int cpu, Action action) {
    List<Action> actions = prepared.scenario().cpus().get(cpu).actions();
    return actions.subList(0, next[cpu]).stream().filter(action::equals).count();
  }

  private long done(Action action) {
    return IntStream.range(0, next.length).mapToLong(cpu -> done(cpu, action)).sum();
  }

  /** {@return whether every CPU has done its actions} */
  public boolean isDone() {
    for (int i = 0; i < next.length; i++) {
      if (peek(i) != null) {
        return false;
      }
    }
    return true;
  }

  /** A CPU does its next action. */
  public void step(int cpu) {
    Action action = peek(cpu);
    if (action == null) {
      throw new IllegalArgumentException("CPU " + cpu + " is done");
    }
    next[cpu]++;
    runner.run(machine.cpu(cpu), action, progress.get(cpu));
  }

  private @Nullable Action peek(int cpu) {
    List<Action> actions = prepared.scenario().cpus().get(cpu).actions();
    return next[cpu] < actions.size() ? actions.get(next[cpu]) : null;
  }

  /** {@return a CPU, for what no action does} */
  public Cpu cpu(int id) {
    return machine.cpu(id);
  }

  /** {@return the value of a cell now} */
  public long value(Cell cell) {
    return machine.value(cell);
  }

  /** {@return what the MMU of a CPU translates through now, null if nothing} */
  public @Nullable KObject root(int cpu) {
    return machine.root(cpu);
  }
}
