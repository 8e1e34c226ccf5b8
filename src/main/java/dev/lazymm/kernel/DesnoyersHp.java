package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.PerCpu;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.Site;

/**
 * Desnoyers's "Track lazy active mm existence with hazard pointers" (RFC v3, October 2024; not
 * merged). A CPU has one slot, in which it says what it borrows. Nothing is counted. Who drops the
 * last reference looks at all slots and interrupts those CPUs alone that show the mm; so mm_cpumask
 * need not name anybody.
 *
 * <p>A slot is written behind a full barrier and cleared behind one: the latter serves as B2a. It
 * is written with interrupts off, which is what v3 changed ({@code
 * dev.lazymm.kernel.history.GrabTooEarly}, R28).
 */
public class DesnoyersHp extends NoRefcount {
  private final Kernel kernel;
  private final PerCpu<Slot> slots;
  private final Ipi endBorrow = new Ipi("do_shoot_lazy_tlb", this::doShootLazyTlb);

  @SuppressWarnings("this-escape") // the handler runs only once we are done
  public DesnoyersHp(Kernel kernel) {
    this.kernel = kernel;
    slots = new PerCpu<>(kernel.memory(), cpu -> new Slot(kernel.memory(), cpu));
  }

  /** DEFINE_PER_CPU(struct hp_slot, mm_lazy_tlb). */
  private static final class Slot extends KObject {
    final Ref<Mm> mm;

    Slot(Memory memory, int cpu) {
      super(memory, "hp" + cpu);
      mm = memory.ref(this, "slot", Mm.class);
    }

    @Override
    public String type() {
      return "hp_slot";
    }
  }

  @Override
  public String name() {
    return "desnoyers-hp";
  }

  /**
   * Where a borrow starts, interrupts are off and this CPU is still a user of the mm. A borrow that
   * one kernel context takes over from another is in the slot already.
   */
  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    if (kernel.startsBorrow(cpu, tsk)) {
      publish(cpu, mm);
    }
    return super.enterLazyTlb(cpu, arch, mm, tsk);
  }

  /** mmgrab_lazy_tlb of v3, smp_mb and the slot; {@link #mmgrabLazyTlb} itself comes too early. */
  protected final void publish(Cpu cpu, Mm mm) {
    cpu.smpMb(Sites.HP_PUBLISH);
    cpu.writeOnce(slots.of(cpu).mm, mm);
  }

  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    cpu.smpMb(site);
    cpu.writeOnce(slots.of(cpu).mm, null);
  }

  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    mmdropLazyTlb(cpu, mm, Sites.HP_CLEAR);
  }

  /** The slot is cleared as well, whatever membarrier(2) counts on. */
  @Override
  public boolean dropIsBarrierAlone() {
    return false;
  }

  /**
   * hp_scan: whoever shows the mm may borrow it; who does not can no more begin to. One that has
   * moved on but not yet cleared its slot is waited for. The RFC interrupts one CPU after the
   * other, here it is all at once.
   */
  @Override
  public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
    cpu.step("hp_scan");
    cpu.smpMb(Sites.HP_SCAN);
    long[] borrowers = new long[mm.cpumask.words()];
    for (int i = 0; i < cpu.cpus(); i++) {
      if (cpu.loadAcquire(slots.of(i).mm.cell(), Sites.HP_READ) == mm.handle()) {
        borrowers[i >>> 6] |= CpuMask.bit(i);
      }
    }
    kernel.smp().onEachCpuMask(cpu, borrowers, endBorrow, mm, true, Sites.HP_IPI);
    cpu.step("hp_scan");
    for (int i = 0; i < cpu.cpus(); i++) {
      if ((borrowers[i >>> 6] & CpuMask.bit(i)) != 0) {
        Cell slot = slots.of(i).mm.cell();
        cpu.await(slot, Cond.NE, mm.handle(), Ordering.ACQUIRE, Sites.HP_WAIT);
      }
    }
  }

  /** do_shoot_lazy_tlb: moves a borrower to init_mm; one that has moved on is left alone. */
  protected void doShootLazyTlb(Cpu cpu, KObject info) {
    cpu.step("do_shoot_lazy_tlb");
    Mm mm = (Mm) info;
    Task current = kernel.current(cpu);
    if (cpu.read(current.activeMm) == mm) {
      kernel.shotLazyTlb(cpu);
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
      cpu.writeOnce(slots.of(cpu).mm, kernel.initMm());
    }
  }
}
