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
 * WRONG ON PURPOSE: hazard pointers as the second version of Desnoyers's RFC had them. The slot is
 * written in mmgrab_lazy_tlb, which looks like the right place: a borrow begins there.
 *
 * <p>But exit_mm calls it with preemption on. A task that is preempted between the grab and {@code
 * mm = NULL} leaves the CPU to a kernel thread, which borrows the same mm through the same slot; and
 * when the task comes back, the end of that borrow clears it. The dying task then borrows what no
 * slot tells of. {@code r28.scenarios} has the scenario, {@code DesnoyersHazard.java} the remedy.
 */
public class HazardTooEarly implements LazyMm {
  static final Site PUBLISH = new Site("hp-publish", "after the slot is written");
  static final Site CLEAR = new Site("hp-clear", "before the slot is cleared");
  static final Site SCAN = new Site("hp-scan", "before the slots are read");
  static final Site SHOOT = new Site("hp-shoot", "IPIs to borrowers, which wait");

  private final Kernel kernel;
  private final PerCpu<Slot> slots;
  private final Ipi endBorrow = new Ipi("end_borrow", this::endBorrow);

  public HazardTooEarly(Kernel kernel) {
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
    return "hazard-too-early";
  }

  @Override
  public boolean refcounts() {
    return false;
  }

  /** Too early in exit_mm: whoever preempts us there uses the slot as well. */
  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    cpu.step("mmgrab_lazy_tlb");
    cpu.writeOnce(slots.of(cpu).mm, mm);
    cpu.smpMb(PUBLISH);
  }

  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    cpu.step("mmdrop_lazy_tlb");
    cpu.smpMb(site);
    cpu.writeOnce(slots.of(cpu).mm, null);
  }

  @Override
  public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    mmdropLazyTlb(cpu, mm, CLEAR);
  }

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
