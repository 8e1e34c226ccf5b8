package dev.lazymm.workload;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.SequentialMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of a scenario action by action, in an order given by the number of the CPU. */
final class SequentialRun implements FinalState {
  final Prepared prepared;
  final List<String> warnings = new ArrayList<>();
  final Set<KObject> doublyFreed = new HashSet<>();
  private final Set<KObject> free = new HashSet<>();
  private final SequentialMachine machine;
  private final List<Progress> progress = new ArrayList<>();
  private final int[] next;

  SequentialRun(Scenario scenario, KernelFactory factory) {
    Setup.Sequential sequential =
        Setup.sequential(
            scenario,
            factory,
            new SequentialMachine.Observer() {
              @Override
              public void free(int cpu, KObject object) {
                if (!free.add(object)) {
                  doublyFreed.add(object);
                }
              }

              @Override
              public void warn(int cpu, String what) {
                warnings.add(what);
              }
            });
    prepared = sequential.prepared();
    machine = sequential.machine();
    next = new int[scenario.cpus().size()];
    prepared.program().scripts().forEach(s -> progress.add(((ActionScript) s).begin()));
  }

  /** The CPUs that can do their next action now. */
  List<Integer> ready() {
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      Action action = peek(i);
      if (action == null) {
        continue;
      }
      if (action instanceof Action.Run run && !run.task().equals(progress.get(i).current)) {
        Task task = prepared.task(run.task());
        if (machine.value(task.onCpu) != 0 || machine.value(task.state) == Task.TASK_NEW) {
          continue;
        }
      }
      if (action instanceof Action.Unplug(int cpu)
          && done(cpu, new Action.Offline()) == done(new Action.Unplug(cpu))) {
        continue;
      }
      if (action instanceof Action.Online && done(i, action) == done(new Action.Plug(i))) {
        continue;
      }
      ready.add(i);
    }
    return ready;
  }

  /** How often a CPU has done an action. */
  private long done(int cpu, Action action) {
    List<Action> actions = prepared.scenario().cpus().get(cpu).actions();
    return actions.subList(0, next[cpu]).stream().filter(action::equals).count();
  }

  private long done(Action action) {
    return IntStream.range(0, next.length).mapToLong(cpu -> done(cpu, action)).sum();
  }

  boolean done() {
    for (int i = 0; i < next.length; i++) {
      if (peek(i) != null) {
        return false;
      }
    }
    return true;
  }

  void step(int cpu) {
    Action action = peek(cpu);
    if (action == null) {
      throw new IllegalArgumentException("CPU " + cpu + " is done");
    }
    next[cpu]++;
    prepared.runner().run(machine.cpu(cpu), action, progress.get(cpu));
    for (KObject object : List.copyOf(free)) {
      if (object instanceof Mm mm && value(mm.mmCount) != 0) { // allocated again
        free.remove(mm);
        mm.parts().forEach(free::remove);
      }
    }
  }

  private @Nullable Action peek(int cpu) {
    List<Action> actions = prepared.scenario().cpus().get(cpu).actions();
    return next[cpu] < actions.size() ? actions.get(next[cpu]) : null;
  }

  /** Runs a scenario in every order of its actions. */
  static void all(Scenario scenario, KernelFactory factory, Consumer<SequentialRun> check) {
    all(scenario, factory, List.of(), check);
  }

  private static void all(
      Scenario scenario,
      KernelFactory factory,
      List<Integer> order,
      Consumer<SequentialRun> check) {
    SequentialRun run = new SequentialRun(scenario, factory);
    order.forEach(run::step);
    if (run.done()) {
      check.accept(run);
      return;
    }
    List<Integer> ready = run.ready();
    if (ready.isEmpty()) {
      throw new IllegalStateException(scenario.name() + " is stuck after " + order);
    }
    for (int cpu : ready) {
      List<Integer> longer = new ArrayList<>(order);
      longer.add(cpu);
      all(scenario, factory, longer, check);
    }
  }

  /** What a machine does at a preemption point. */
  void preempt(int cpu, String point) {
    prepared.program().scripts().get(cpu).preempted(machine.cpu(cpu), point);
  }

  Cpu cpu(int id) {
    return machine.cpu(id);
  }

  /** How many CPUs borrow the mm. */
  int borrowers(Mm mm) {
    int n = 0;
    for (int i = 0; i < next.length; i++) {
      Task current = machine.cpu(i).readOnce(prepared.kernel().cpuRq(i).curr);
      if (current != null
          && machine.value(current.mm.cell()) == 0
          && machine.value(current.activeMm.cell()) == mm.handle()) {
        n++;
      }
    }
    return n;
  }

  @Override
  public long value(Cell cell) {
    return machine.value(cell);
  }

  @Override
  public @Nullable KObject root(int cpu) {
    return machine.snapshot().cpus().get(cpu).root();
  }

  @Override
  public boolean freed(KObject object) {
    return free.contains(object);
  }

  @Override
  public boolean live(Mm mm) {
    return !freed(mm);
  }
}
