import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.PerCpu;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.Site;

/**
 * Hazard pointers, after Desnoyers's RFC of October 2024: each CPU has one slot in which it says
 * what mm it borrows. Nothing is counted. Who does the final mmdrop looks at all slots and sends an
 * IPI to those CPUs alone that may still borrow the mm; so no mm_cpumask has to be right.
 *
 * <p>The slot is written where enter_lazy_tlb is called: with interrupts off, while the borrower is
 * a user of the mm, or takes over from one that borrows it.
 */
public class DesnoyersHazard implements LazyMm {
  /** What the slot says is known before the borrowed mm is used. */
  static final Site PUBLISH = new Site("hp-publish", "after the slot is written");

  /** The mm is not used any more when the slot no longer says so; also B2a. */
  static final Site CLEAR = new Site("hp-clear", "before the slot is cleared");

  static final Site SCAN = new Site("hp-scan", "before the slots are read");
  static final Site SHOOT = new Site("hp-shoot", "IPIs to borrowers, which wait");

  private final Kernel kernel;
  private final PerCpu<Slot> slots;
  private final Ipi endBorrow = new Ipi("end_borrow", this::endBorrow);

  public DesnoyersHazard(Kernel kernel) {
    this.kernel = kernel;
    slots = new PerCpu<>(kernel.memory(), cpu -> new Slot(kernel.memory(), cpu));
  }

  /** DEFINE_PER_CPU(struct mm_struct *, lazy_mm). */
  static final class Slot extends KObject {
    final Ref<Mm> mm;

    Slot(Memory memory, int cpu) {
      super(memory, "hazard" + cpu);
      mm = memory.ref(this, "lazy_mm", Mm.class);
    }

    @Override
    public String type() {
      return "hazard_slot";
    }
  }

  @Override
  public String name() {
    return "desnoyers-hazard";
  }

  @Override
  public boolean refcounts() {
    return false;
  }

  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    cpu.writeOnce(slots.of(cpu).mm, mm);
    cpu.smpMb(PUBLISH);
    arch.enterLazyTlb(cpu, mm, tsk);
    return mm;
  }

  /** Nothing to count: {@link #enterLazyTlb} has told, or is about to. */
  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {}

  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    cpu.smpMb(site);
    cpu.writeOnce(slots.of(cpu).mm, null);
  }

  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    mmdropLazyTlb(cpu, mm, CLEAR);
  }

  /** The final mmdrop: whoever has not cleared the slot may still borrow. */
  @Override
  public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
    cpu.step("scan_hazards");
    cpu.smpMb(SCAN);
    long[] borrowers = new long[mm.cpumask.words()];
    for (int i = 0; i < cpu.cpus(); i++) {
      if (cpu.readOnce(slots.of(i).mm) == mm) {
        borrowers[i >>> 6] |= CpuMask.bit(i);
      }
    }
    kernel.smp().onEachCpuMask(cpu, borrowers, endBorrow, mm, true, SHOOT);
  }

  /** Moves a borrower to init_mm; one that has gone on in the meantime is left alone. */
  private void endBorrow(Cpu cpu, KObject info) {
    cpu.step("end_borrow");
    Mm mm = (Mm) info;
    Task current = kernel.current(cpu);
    if (cpu.read(current.activeMm) == mm) {
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
      cpu.writeOnce(slots.of(cpu).mm, kernel.initMm());
    }
  }
}
