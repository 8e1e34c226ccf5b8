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
import org.jspecify.annotations.Nullable;

/** One run of a scenario action by action, in an order given by the number of the CPU. */
final class SequentialRun implements FinalState {
  final Prepared prepared;
  final List<String> warnings = new ArrayList<>();
  final Set<KObject> doublyFreed = new HashSet<>();
  private final Set<KObject> free = new HashSet<>();
  private final Sequence sequence;

  SequentialRun(Scenario scenario, KernelFactory factory) {
    sequence =
        Sequence.begin(
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
    prepared = sequence.prepared();
  }

  boolean done() {
    return sequence.isDone();
  }

  void step(int cpu) {
    sequence.step(cpu);
    for (KObject object : List.copyOf(free)) {
      if (object instanceof Mm mm && value(mm.mmCount) != 0) { // allocated again
        free.remove(mm);
        mm.parts().forEach(free::remove);
      }
    }
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
    List<Integer> ready = run.sequence.ready();
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
    prepared.program().scripts().get(cpu).preempted(sequence.cpu(cpu), point);
  }

  Cpu cpu(int id) {
    return sequence.cpu(id);
  }

  /** How many CPUs borrow the mm. */
  int borrowers(Mm mm) {
    int n = 0;
    for (int i = 0; i < prepared.scenario().cpus().size(); i++) {
      Task current = sequence.cpu(i).readOnce(prepared.kernel().cpuRq(i).curr);
      if (current != null
          && sequence.value(current.mm.cell()) == 0
          && sequence.value(current.activeMm.cell()) == mm.handle()) {
        n++;
      }
    }
    return n;
  }

  @Override
  public long value(Cell cell) {
    return sequence.value(cell);
  }

  @Override
  public @Nullable KObject root(int cpu) {
    return sequence.root(cpu);
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
