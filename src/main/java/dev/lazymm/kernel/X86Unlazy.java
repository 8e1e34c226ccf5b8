package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;
import org.jspecify.annotations.Nullable;

/**
 * {@link X86Lazy} with patches 20 to 23 of Lutomirski's series of January 2022: unlazy_mm_irqs_off
 * takes the place of leave_mm and of the move to init_mm in a flush IPI. It moves active_mm along
 * with CR3, so the two never part. His series counts no borrows; where the design does, the borrow
 * is given back here, as powerpc does when a flush un-lazies a CPU. And exec activates its mm with
 * interrupts off: an IPI must not find active_mm and CR3 apart.
 */
public class X86Unlazy extends X86Lazy {
  public X86Unlazy(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  public String name() {
    return "x86-unlazy";
  }

  @Override
  public boolean wantIrqsOffActivateMm() {
    return true;
  }

  /** The flusher has a reference of its own, so the borrow is not the last one. */
  @Override
  protected void unlazy(Cpu cpu, Mm loaded) {
    Mm borrowed = unlazyMmIrqsOff(cpu);
    if (borrowed != null) {
      kernel.lazyMm().mmdropLazyTlb(cpu, borrowed, Sites.UNLAZY_DROP);
    }
  }

  @Override
  public void leaveMm(Cpu cpu) {
    cpu.step("leave_mm");
    cpu.irqDisable(Sites.IRQ_LEAVE);
    Mm borrowed = unlazyMmIrqsOff(cpu);
    cpu.irqEnable(Sites.IRQ_LEAVE);
    if (borrowed != null) {
      kernel.lazyMm().mmdropLazyTlb(cpu, borrowed, Sites.UNLAZY_DROP); // may be the last
    }
  }

  /** unlazy_mm_irqs_off: {@return the mm whose borrow has ended; null for init_mm} */
  private @Nullable Mm unlazyMmIrqsOff(Cpu cpu) {
    cpu.step("unlazy_mm_irqs_off");
    Task current = kernel.current(cpu);
    Mm initMm = kernel.initMm();
    Mm mm = kernel.activeMm(cpu, current);
    cpu.warnOn(cpu.read(current.mm) != null, "unlazy_mm_irqs_off: current->mm");
    if (mm == initMm) {
      return null;
    }
    kernel.lazyMm().mmgrabLazyTlb(cpu, initMm);
    cpu.write(current.activeMm, initMm);
    switchMmIrqsOff(cpu, mm, initMm, current);
    cpu.hold(Kernel.ACTIVE_MM, initMm);
    kernel.lazyMm().endLazyTlb(cpu, mm);
    return mm;
  }
}
