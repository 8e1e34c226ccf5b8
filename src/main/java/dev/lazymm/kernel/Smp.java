package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;

/**
 * Which CPUs are there (kernel/smp.c, kernel/cpu.c, kernel/stop_machine.c): cpu_online_mask, IPIs
 * to the CPUs in it alone, and how a CPU that leaves stops all others first.
 *
 * <p>stop_machine lets every CPU run its stopper, which comes when preemption is on. Here each CPU
 * has a lock instead, which it holds where it must not be stopped: who is being sent an IPI stays
 * online until it has answered. Where nothing is unplugged ({@link #enableHotplug}) there is no
 * lock and no mask, as without CONFIG_HOTPLUG_CPU.
 */
public class Smp {
  private final State state;

  public Smp(Memory memory) {
    state = new State(memory);
  }

  /** CONFIG_HOTPLUG_CPU: said before anything runs; every CPU is online then. */
  public final void enableHotplug(Cpu cpu) {
    cpu.writeOnce(state.hotplug, 1);
    for (int i = 0; i < cpu.cpus(); i++) {
      cpu.setCpu(state.onlineMask, i, Ordering.RELAXED, Sites.CPU_ONLINE);
    }
  }

  /** {@return IS_ENABLED(CONFIG_HOTPLUG_CPU)} */
  public final boolean hotplug(Cpu cpu) {
    return cpu.readOnce(state.hotplug) != 0;
  }

  /** {@return cpu_online_mask; empty if nothing is ever unplugged} */
  public final CpuMask onlineMask() {
    return state.onlineMask;
  }

  /** {@return cpu_online(id)} */
  public final boolean isOnline(Cpu cpu, int id) {
    return !hotplug(cpu) || cpu.testCpu(state.onlineMask, id);
  }

  /** {@return num_online_cpus()} */
  public final int onlineCpus(Cpu cpu) {
    if (!hotplug(cpu)) {
      return cpu.cpus();
    }
    int online = 0;
    for (int i = 0; i < (cpu.cpus() + 63) >>> 6; i++) {
      online += Long.bitCount(cpu.readOnce(state.onlineMask.word(i)));
    }
    return online;
  }

  /**
   * on_each_cpu_mask, or smp_call_function_many_cond where the mask leaves this CPU out: the CPUs
   * of the mask that are online.
   *
   * @param cpus one bit a CPU in words of 64
   * @param wait whether to wait until every handler has returned; interrupts must be on
   */
  public void onEachCpuMask(Cpu cpu, long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
    boolean held = preemptDisable(cpu);
    long[] mask = cpus.clone();
    if (hotplug(cpu)) {
      for (int i = 0; i < mask.length; i++) {
        mask[i] &= cpu.readOnce(state.onlineMask.word(i));
      }
    }
    cpu.onEachCpu(mask, ipi, info, wait, site);
    preemptEnable(cpu, held);
  }

  /**
   * preempt_disable: no stopper runs here until {@link #preemptEnable}; nor while interrupts are
   * off. Does not nest.
   *
   * @return what to give to {@link #preemptEnable}
   */
  public final boolean preemptDisable(Cpu cpu) {
    boolean holds = hotplug(cpu) && !cpu.irqsDisabled();
    if (holds) {
      cpu.lock(state.stopper[cpu.id()], Sites.STOP_MACHINE);
    }
    return holds;
  }

  /** preempt_enable. */
  public final void preemptEnable(Cpu cpu, boolean held) {
    if (held) {
      cpu.unlock(state.stopper[cpu.id()], Sites.STOP_MACHINE);
    }
  }

  /** stop_machine, as its function begins: all others are stopped, interrupts are off here. */
  protected void stopMachine(Cpu cpu) {
    cpu.step("multi_cpu_stop");
    for (int i = 0; i < cpu.cpus(); i++) {
      if (i != cpu.id()) {
        cpu.lock(state.stopper[i], Sites.STOP_MACHINE); // IPIs are answered meanwhile
      }
    }
    cpu.irqDisable(Sites.IRQ_STOP_MACHINE);
  }

  /** stop_machine, as its function ends; interrupts stay off. */
  protected void startMachine(Cpu cpu) {
    for (int i = cpu.cpus() - 1; i >= 0; i--) {
      if (i != cpu.id()) {
        cpu.unlock(state.stopper[i], Sites.STOP_MACHINE);
      }
    }
  }

  /** set_cpu_online, of this CPU. */
  protected void setCpuOnline(Cpu cpu, boolean online) {
    if (online) {
      cpu.setCpu(state.onlineMask, cpu.id(), Ordering.RELAXED, Sites.CPU_ONLINE);
    } else {
      cpu.clearCpu(state.onlineMask, cpu.id(), Ordering.RELAXED, Sites.CPU_OFFLINE);
    }
  }

  /** What there is once. */
  private static final class State extends KObject {
    final Cell hotplug;
    final CpuMask onlineMask;
    final Lock[] stopper;

    State(Memory memory) {
      super(memory, "smp");
      hotplug = memory.cell(this, "CONFIG_HOTPLUG_CPU", 0);
      onlineMask = memory.mask(this, "cpu_online_mask");
      stopper = new Lock[memory.cpus()];
      for (int i = 0; i < stopper.length; i++) {
        stopper[i] = memory.lock(this, "cpu_stopper[" + i + "]");
      }
    }

    @Override
    public String type() {
      return "smp";
    }
  }
}
