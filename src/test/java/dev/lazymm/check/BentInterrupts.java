package dev.lazymm.check;

import dev.lazymm.check.faults.ForwardingCpu;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;

/** Machines that get interrupts wrong, each in one way, to show that the tests would see it. */
enum BentInterrupts {
  /** An IPI is taken before all that a CPU does, or after it. */
  AT_BOTH_ENDS {
    @Override
    void start(Cpu cpu) {
      cpu.irqDisable(SITE);
    }
  },
  /** local_irq_disable does nothing. */
  NEVER_OFF {
    @Override
    void irqDisable(Cpu cpu, Site site) {}
  },
  /** local_irq_restore turns interrupts on, whatever they were. */
  RESTORES_ON {
    @Override
    void irqRestore(Cpu cpu, boolean on, Site site) {
      cpu.irqEnable(site);
    }
  },
  /** local_irq_restore leaves interrupts on if they have been turned on in between. */
  RESTORES_NOT_OFF {
    @Override
    void irqRestore(Cpu cpu, boolean on, Site site) {
      if (on) {
        cpu.irqEnable(site);
      }
    }
  },
  /** A sender does not wait. */
  WAITS_FOR_NOBODY {
    @Override
    void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
      super.onEachCpu(cpu, mask, ipi, info, false, site);
    }
  },
  /** Every sender waits. */
  ALWAYS_WAITS {
    @Override
    void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
      super.onEachCpu(cpu, mask, ipi, info, true, site);
    }
  },
  /** A CPU that is in its own mask does nothing about it. */
  FORGETS_ITSELF {
    @Override
    void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
      super.onEachCpu(cpu, mask & ~CpuMask.bit(cpu.id()), ipi, info, wait, site);
    }
  },
  /** The handler that a CPU runs for itself can be interrupted. */
  OWN_HANDLER_WITH_INTERRUPTS_ON {
    @Override
    void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
      FORGETS_ITSELF.onEachCpu(cpu, mask, ipi, info, wait, site);
      ipi.handler().run(cpu, info);
    }
  },
  /** What CPU 1 sends merges with what CPU 0 has sent, and its function is lost. */
  LOSES_THE_SECOND {
    @Override
    void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
      if (cpu.id() != 1) {
        super.onEachCpu(cpu, mask, ipi, info, wait, site);
      }
    }
  };

  private static final Site SITE = new Site("bent", "a machine that is wrong");

  void start(Cpu cpu) {}

  void irqDisable(Cpu cpu, Site site) {
    cpu.irqDisable(site);
  }

  void irqRestore(Cpu cpu, boolean on, Site site) {
    cpu.irqRestore(on, site);
  }

  void onEachCpu(Cpu cpu, long mask, Ipi ipi, KObject info, boolean wait, Site site) {
    cpu.onEachCpu(new long[] {mask}, ipi, info, wait, site);
  }

  /** {@return this CPU, bent} */
  Cpu of(Cpu straight) {
    start(straight);
    BentInterrupts how = this;
    return new ForwardingCpu(straight) {
      @Override
      public void irqDisable(Site site) {
        how.irqDisable(cpu, site);
      }

      @Override
      public boolean irqSave(Site site) {
        boolean were = !cpu.irqsDisabled();
        how.irqDisable(cpu, site);
        return were;
      }

      @Override
      public void irqRestore(boolean on, Site site) {
        how.irqRestore(cpu, on, site);
      }

      @Override
      public void onEachCpu(long[] mask, Ipi ipi, KObject info, boolean wait, Site site) {
        how.onEachCpu(cpu, mask[0], ipi, info, wait, site);
      }
    };
  }
}
