package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;

/**
 * arch/powerpc, 64-bit Book3S with the hash MMU (paravirt), v6.4: mm_cpumask holds every CPU that
 * ever ran the mm and is never trimmed; flushes are hypercalls, so no flush moves a lazy CPU; the
 * MMU is loaded with a context and walks no page tables of the mm. switch_mm trusts its first
 * argument, that is active_mm.
 */
public class PowerpcHash implements Arch {
  private final Kernel kernel;

  public PowerpcHash(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "powerpc-hash";
  }

  @Override
  public void bringUp(Cpu cpu) {
    cpu.setCpu(kernel.initMm().cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
  }

  @Override
  public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
    cpu.step("switch_mm_irqs_off");
    cpu.warnOn(!cpu.irqsDisabled(), "switch_mm_irqs_off: irqs on");
    boolean newOnCpu = markUsed(cpu, next);
    if (prev == next) {
      return;
    }
    if (!newOnCpu) { // else its barrier has done it
      kernel.membarrier().archSwitchMm(cpu, next);
    }
    cpu.loadRoot(next.context, Sites.ROOT); // switch_slb
  }

  /** Marks this context as used on this CPU: {@return whether it was new here} */
  protected boolean markUsed(Cpu cpu, Mm next) {
    if (cpu.testCpu(next.cpumask, cpu.id())) {
      return false;
    }
    cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
    cpu.smpMb(Sites.MASK_MB);
    return true;
  }

  @Override
  public void activateMm(Cpu cpu, Mm prev, Mm next) {
    switchMmIrqsOff(cpu, prev, next, kernel.current(cpu));
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return true;
  }

  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("flush_tlb_mm");
    cpu.smpMb(Sites.B4);
    cpu.flushTlbBroadcast(Sites.FLUSH_HCALL);
  }

  @Override
  public void destroyContext(Cpu cpu, Mm mm) {
    cpu.free(mm.context);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.context;
  }

  @Override
  public Hold believed() {
    return Kernel.ACTIVE_MM;
  }
}
