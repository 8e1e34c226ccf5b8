package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import java.util.Objects;

/**
 * CPU hotplug as far as address spaces go (kernel/cpu.c and kernel/sched/core.c, v6.13 to v7.0: the
 * form H3). A CPU that leaves goes to init_mm while it is still online, on its hotplug thread; what
 * its idle task still borrows then is init_mm, and another CPU gives that back once it is dead.
 *
 * <p>The leaving CPU does its part in its idle task: its hotplug thread and its stopper are kernel
 * threads on the mm that idle borrows, and would only hand it on. That no user task can be there
 * any more (cpu_active_mask, balance_push) is for the scenario to see to.
 */
public class Hotplug {
  /** Held by a CPU from when it is sent no IPIs any more to when it is sent IPIs again. */
  public static final Hold OFFLINE = new Hold("offline");

  /** Why the look of sched_force_init_mm may race with a handler. */
  private static final String FORCE_READ =
      "kernel/sched/core.c, sched_force_init_mm(): current->active_mm is read with interrupts on. "
          + "do_shoot_lazy_tlb() may come before they are off and go to init_mm first; then the "
          + "same is done once more, and of the old mm only the address is used. Where a handler "
          + "gives back a counted borrow it does harm, which other invariants find.";

  private static final long CPU_DEAD = 1;
  private static final long CPU_UP_PREPARE = 2;

  private final Kernel kernel;
  private final CpuState[] states;

  public Hotplug(Kernel kernel) {
    this.kernel = kernel;
    states = new CpuState[kernel.memory().cpus()];
    for (int i = 0; i < states.length; i++) {
      states[i] = new CpuState(kernel.memory(), i);
    }
  }

  // ---- down ------------------------------------------------------------------------------------

  /** What the CPU that leaves does itself, from its hotplug thread to its last instruction. */
  public final void offline(Cpu cpu) {
    schedCpuWaitEmpty(cpu);
    takeCpuDown(cpu);
    archCpuIdleDead(cpu);
  }

  /** sched_cpu_wait_empty, on the hotplug thread: no user task is left here or comes any more. */
  protected void schedCpuWaitEmpty(Cpu cpu) {
    cpu.step("sched_cpu_wait_empty");
    schedForceInitMm(cpu);
  }

  /** sched_force_init_mm. */
  protected void schedForceInitMm(Cpu cpu) {
    cpu.step("sched_force_init_mm");
    Task current = kernel.current(cpu);
    Mm initMm = kernel.initMm();
    Mm mm = Objects.requireNonNull(cpu.dataRace(current.activeMm, FORCE_READ), "active_mm");
    if (mm == initMm) {
      return;
    }
    kernel.lazyMm().mmgrabLazyTlb(cpu, initMm);
    cpu.step("sched_force_init_mm");
    cpu.irqDisable(Sites.IRQ_FORCE_INIT);
    cpu.write(current.activeMm, initMm);
    kernel.arch().switchMmIrqsOff(cpu, mm, initMm, current);
    cpu.hold(Kernel.ACTIVE_MM, initMm);
    kernel.lazyMm().endLazyTlb(cpu, mm);
    cpu.irqEnable(Sites.IRQ_FORCE_INIT);
    kernel.arch().finishArchPostLockSwitch(cpu);
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.FORCE_INIT_DROP);
  }

  /** take_cpu_down, on the stopper thread while all other CPUs are stopped. */
  protected void takeCpuDown(Cpu cpu) {
    kernel.smp().stopMachine(cpu);
    cpu.step("take_cpu_down");
    kernel.smp().setCpuOnline(cpu, false);
    kernel.arch().cpuDisable(cpu); // __cpu_disable
    cpu.hold(OFFLINE, kernel.initMm());
    kernel.smp().startMachine(cpu);
  }

  /**
   * arch_cpu_idle_dead, in the idle task: the CPU is dead when this returns. Interrupts are on, for
   * grace periods, which do not ask in a machine who is offline; any other that comes is a fault.
   */
  protected void archCpuIdleDead(Cpu cpu) {
    cpu.step("arch_cpu_idle_dead");
    if (!kernel.arch().believed().equals(Arch.NOTHING)) {
      cpu.release(kernel.arch().believed());
    }
    cpu.release(Kernel.ACTIVE_MM);
    cpu.dropRoot(Sites.ROOT);
    cpu.storeRelease(states[cpu.id()].state, CPU_DEAD, Sites.CPU_DEAD);
    cpu.irqEnable(Sites.IRQ_STOP_MACHINE);
  }

  /** The end of cpu_down on the CPU that asked for it: waits until {@code target} is dead. */
  public void cpuDown(Cpu cpu, int target) {
    cpu.step("__cpu_die");
    cpu.await(states[target].state, Cond.EQ, CPU_DEAD, Ordering.ACQUIRE, Sites.CPU_DIE);
    finishCpu(cpu, target);
  }

  /** finish_cpu: gives back what the idle task of the dead CPU borrows. */
  protected void finishCpu(Cpu cpu, int target) {
    cpu.step("finish_cpu");
    Task idle = kernel.cpuRq(target).idle;
    Mm mm = kernel.activeMm(cpu, idle);
    cpu.warnOn(mm != kernel.initMm(), "finish_cpu: idle->active_mm != &init_mm");
    cpu.write(idle.activeMm, null);
    kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.FINISH_CPU_DROP);
  }

  // ---- up --------------------------------------------------------------------------------------

  /** bringup_cpu, on the CPU that asked for it: lets {@code target} start. */
  public void cpuUp(Cpu cpu, int target) {
    cpu.step("bringup_cpu");
    cpu.storeRelease(states[target].state, CPU_UP_PREPARE, Sites.CPU_UP);
  }

  /** start_secondary: the CPU is back, in its idle task, which borrows init_mm. */
  public void startSecondary(Cpu cpu) {
    cpu.step("start_secondary");
    Mm initMm = kernel.initMm();
    CpuState mine = states[cpu.id()];
    cpu.await(mine.state, Cond.EQ, CPU_UP_PREPARE, Ordering.ACQUIRE, Sites.CPU_START);
    cpu.irqDisable(Sites.IRQ_START_SECONDARY);
    kernel.lazyMm().mmgrabLazyTlb(cpu, initMm);
    cpu.write(kernel.rq(cpu).idle.activeMm, initMm);
    cpu.hold(Kernel.ACTIVE_MM, initMm);
    kernel.arch().cpuInit(cpu, initMm);
    cpu.release(OFFLINE);
    kernel.smp().setCpuOnline(cpu, true);
    cpu.irqEnable(Sites.IRQ_START_SECONDARY);
  }

  // ---- the list of all processes ---------------------------------------------------------------

  /** The end of copy_process: from here {@link #clearTasksMmCpumask} finds the task. */
  public void linkTask(Cpu cpu, Task task) {
    if (kernel.smp().hotplug(cpu)) {
      cpu.storeRelease(task.pid.task, 1, Sites.TASK_LINK);
    }
  }

  /** release_task: nobody finds the task any more, which is freed when nobody looks at it. */
  public void releaseTask(Cpu cpu, Task task) {
    if (kernel.smp().hotplug(cpu)) {
      cpu.writeOnce(task.pid.task, 0);
    }
    cpu.freeRcu(task); // put_task_struct_rcu_user
  }

  /**
   * clear_tasks_mm_cpumask: takes this CPU, which nothing runs on any more, out of mm_cpumask of
   * every process.
   */
  public void clearTasksMmCpumask(Cpu cpu) {
    cpu.step("clear_tasks_mm_cpumask");
    cpu.rcuReadLock();
    for (Task task : kernel.tasks().slots()) { // for_each_process
      if (cpu.loadAcquire(task.pid.task, Sites.TASK_LINK) != 0) {
        cpu.lock(task.allocLock, Sites.TASK_LOCK); // find_lock_task_mm
        Mm mm = cpu.read(task.mm);
        if (mm != null) {
          kernel.arch().clearMmCpumaskCpu(cpu, mm);
        }
        cpu.unlock(task.allocLock, Sites.TASK_LOCK);
      }
    }
    cpu.rcuReadUnlock();
  }

  /** What the two CPUs of a hotplug operation tell each other. */
  private static final class CpuState extends KObject {
    final Cell state;

    CpuState(Memory memory, int cpu) {
      super(memory, "cpuhp_state" + cpu);
      state = memory.cell(this, "state", 0);
    }

    @Override
    public String type() {
      return "cpuhp_cpu_state";
    }
  }
}
