package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.SequentialMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the program of a scenario: boots a kernel on a {@link SequentialMachine}, makes the tasks
 * and mms of the start, schedules what runs at the start, and takes the state from there.
 */
public final class Setup {
  private final Scenario scenario;
  private final Outline outline;
  private final Kernel kernel;
  private final SequentialMachine machine;

  private Setup(Scenario scenario, KernelFactory factory, SequentialMachine.Observer observer) {
    this.scenario = scenario;
    outline = Outline.of(scenario);
    Memory memory = new Memory(Layout.lineEach(), scenario.cpus().size());
    kernel = factory.make(memory);
    machine = new SequentialMachine(memory, observer);
  }

  /**
   * {@return the scenario, ready to run on a kernel from {@code factory}}
   *
   * @throws InvalidScenarioException if the scenario makes no sense
   */
  public static Prepared prepare(Scenario scenario, KernelFactory factory) {
    return sequential(scenario, factory, new SequentialMachine.Observer() {}).prepared();
  }

  /**
   * Runs a scenario of one CPU on the sequential machine.
   *
   * @param observer is told of all that is done, the boot included
   */
  public static void runAlone(
      Scenario scenario, KernelFactory factory, SequentialMachine.Observer observer) {
    Sequential ready = sequential(scenario, factory, observer);
    ready.prepared().program().scripts().getFirst().run(ready.machine().cpu(0));
  }

  /** A prepared scenario together with the sequential machine that stands at its start. */
  record Sequential(Prepared prepared, SequentialMachine machine) {}

  static Sequential sequential(
      Scenario scenario, KernelFactory factory, SequentialMachine.Observer observer) {
    Setup setup = new Setup(scenario, factory, observer);
    return new Sequential(setup.run(), setup.machine);
  }

  private Prepared run() {
    kernel.boot(machine.cpus());
    Cpu bsp = machine.cpu(0);
    if (scenario.hasHotplug()) {
      kernel.smp().enableHotplug(bsp);
    }
    Map<String, Task> tasks = new HashMap<>();
    Map<String, Mm> mms = new HashMap<>();
    for (String name : outline.startTasks()) {
      Task task = bsp.alloc(kernel.tasks(), name);
      tasks.put(name, task);
      if (Names.isKernelThread(name)) {
        kernel.fork().kthread(bsp, task);
        kernel.hotplug().linkTask(bsp, task);
      } else {
        start(bsp, task, Names.mmOf(name), mms);
      }
    }
    for (Scenario.Registration registration : scenario.registrations()) {
      Mm mm = mms.get(registration.mm());
      if (mm == null) {
        throw new AssertionError(registration);
      }
      MembarrierState kind = MembarrierState.of(registration.command());
      bsp.writeOnce(
          mm.membarrierState, machine.value(mm.membarrierState) | kind.set() | kind.ready());
    }
    for (String name : outline.bornTasks()) {
      tasks.put(name, bsp.alloc(kernel.tasks(), name)); // TASK_NEW until it is born
    }
    for (Scenario.Reference reference : scenario.references()) {
      Mm mm = mms.get(reference.mm());
      if (mm == null) {
        throw new AssertionError(reference);
      }
      if (reference.user()) {
        kernel.lifetime().mmget(machine.cpu(reference.cpu()), mm);
      } else {
        kernel.lifetime().mmgrab(machine.cpu(reference.cpu()), mm);
      }
    }
    ScenarioObjects objects = new ScenarioObjects(kernel.memory(), outline, tasks, mms);
    ActionRunner runner = new ActionRunner(kernel, objects);
    List<ActionScript> scripts = new ArrayList<>();
    for (int i = 0; i < scenario.cpus().size(); i++) {
      String running = scenario.cpus().get(i).running();
      if (running != null) {
        kernel.scheduler().schedule(machine.cpu(i), objects.task(running));
      }
      scripts.add(new ActionScript(runner, scenario, objects, i));
    }
    Program program = new Program(kernel.memory(), machine.snapshot(), scripts);
    return new Prepared(scenario, outline, kernel, program, objects);
  }

  /** A user task that is asleep; the first of an mm brings the mm into being. */
  private void start(Cpu cpu, Task task, String name, Map<String, Mm> mms) {
    Mm mm = mms.get(name);
    if (mm == null) {
      mm = cpu.alloc(kernel.mms(), name);
      kernel.lifetime().mmInit(cpu, mm);
      mms.put(name, mm);
    } else {
      kernel.lifetime().mmget(cpu, mm);
    }
    cpu.writeOnce(task.flags, 0);
    cpu.write(task.mm, mm);
    cpu.write(task.activeMm, mm);
    cpu.writeOnce(task.onCpu, 0);
    cpu.writeOnce(task.state, Task.TASK_RUNNING);
    kernel.hotplug().linkTask(cpu, task);
  }
}
