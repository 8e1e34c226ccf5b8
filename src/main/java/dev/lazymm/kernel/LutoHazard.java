package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.PerCpu;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.Site;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lutomirski's "lightweight hazard pointers to grab lazy mms" (patch 16 of 23, 8 January 2022;
 * kernel/sched/core.c, kernel/fork.c; not merged). A CPU says in {@code rq->lazy_mm} what it
 * borrows; nothing is counted. Who puts the last user looks at the CPUs that may borrow the mm and
 * makes each that does a present of one reference, in {@code rq->drop_mm}: the CPU gives it back at
 * its first switch after it has gone on. Nobody is interrupted, and each rq keeps at most one mm
 * longer than it needs.
 *
 * <p>The end of a borrow has no barrier of its own: patch 4 of the series has one that is asked for
 * by name and only where the mm is registered with membarrier(2), {@link
 * #membarrierFinishSwitchMm}.
 *
 * <p>exec, kthread_use_mm and kthread_unuse_mm change their mm in one place, {@link
 * ChangeCurrentMm}. exit_mm is as merged, and writes lazy_mm as they do; what became of it in the
 * series is {@code dev.lazymm.kernel.history.ExitMmGrabs}.
 */
public class LutoHazard extends NoRefcount {
  /** for_each_possible_lazymm_cpu: which CPUs are looked at when the last user goes. */
  public enum Lazy {
    /** Every CPU in cpu_online_mask: the default. */
    ONLINE("luto-hazard"),
    /** Those in mm_cpumask: for architectures on which the mask names every borrower. */
    MASK("luto-hazard-mask"),
    /** None: for those whose exit_mmap interrupts every borrower and moves its active_mm. */
    NONE("luto-hazard-empty");

    private final String design;

    Lazy(String design) {
      this.design = design;
    }
  }

  /** PRIVATE_EXPEDITED and GLOBAL_EXPEDITED in membarrier_state. */
  private static final long EXPEDITED = 1 << 1 | 1 << 3;

  private final Kernel kernel;
  private final Lazy lazy;
  private final PerCpu<Slot> slots;
  private final ChangeCurrentMm changeCurrentMm;

  @SuppressWarnings("this-escape") // what changes the mm runs only once we are done
  public LutoHazard(Kernel kernel, Lazy lazy) {
    this.kernel = kernel;
    this.lazy = lazy;
    slots = new PerCpu<>(kernel.memory(), cpu -> new Slot(kernel.memory(), cpu));
    changeCurrentMm = new ChangeCurrentMm(kernel, this);
  }

  /** What his series adds to struct rq. */
  public static final class Slot extends KObject {
    /** rq->lazy_mm, the hazard pointer: what this CPU borrows. Only this CPU writes it. */
    final Ref<Mm> lazyMm;

    /** rq->drop_mm: a reference that this CPU has to give back once it does not borrow the mm. */
    final Ref<Mm> dropMm;

    Slot(Memory memory, int cpu) {
      super(memory, "hazard" + cpu);
      lazyMm = memory.ref(this, "lazy_mm", Mm.class);
      dropMm = memory.ref(this, "drop_mm", Mm.class);
    }

    @Override
    public String type() {
      return "hazard";
    }
  }

  @Override
  public String name() {
    return lazy.design;
  }

  @Override
  public Optional<ChangeCurrentMm> changeCurrentMm() {
    return Optional.of(changeCurrentMm);
  }

  /** One each rq->drop_mm. */
  @Override
  public long references(Mm mm, ToLongFunction<Cell> value) {
    long n = 0;
    for (int i = 0; i < kernel.memory().cpus(); i++) {
      n += value.applyAsLong(slots.of(i).dropMm.cell()) == mm.handle() ? 1 : 0;
    }
    return n;
  }

  /** No barrier: this CPU holds a user still, and the mmput that takes it away is a release. */
  @Override
  public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
    if (kernel.startsBorrow(cpu, tsk)) {
      Slot slot = slots.of(cpu);
      cpu.warnOn(cpu.readOnce(slot.lazyMm) != null, "context_switch: rq->lazy_mm");
      cpu.writeOnce(slot.lazyMm, mm);
    }
    arch.enterLazyTlb(cpu, mm, tsk);
    return mm;
  }

  /**
   * Kernel to user. From the store of lazy_mm on nothing may touch the old mm: an NMI before
   * switch_to finds prev, and its active_mm is NULL.
   */
  @Override
  public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
    Task next = rq.curr.resolve(cpu.readOnce(rq.curr.cell()));
    if (next != null && cpu.read(next.mm) instanceof Mm owned) {
      membarrierFinishSwitchMm(cpu, owned);
    }
    cpu.write(prev.activeMm, null);
    cpu.release(Kernel.ACTIVE_MM);
    clearLazyMm(cpu);
  }

  @Override
  public void endLazyTlb(Cpu cpu, Mm mm) {
    clearLazyMm(cpu);
  }

  private void clearLazyMm(Cpu cpu) {
    Ref<Mm> lazyMm = slots.of(cpu).lazyMm;
    cpu.storeRelease(lazyMm.cell(), 0, Sites.LAZY_MM_CLEAR);
  }

  /**
   * The end of unlazy_mm_irqs_off, and of sched_force_init_mm, which has taken its place since:
   * this CPU may have been made a present of what it borrowed just now.
   */
  @Override
  public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    if (site == Sites.UNLAZY_DROP || site == Sites.FORCE_INIT_DROP) {
      finishTaskSwitch(cpu);
    }
  }

  /**
   * membarrier_finish_switch_mm (patch 4), behind the change of tsk->mm: a full barrier, if the new
   * mm is registered. Where the membarrier design is his too, that has it already.
   */
  final void membarrierFinishSwitchMm(Cpu cpu, Mm mm) {
    if (kernel.membarrier().needsDropBarrier()
        && (cpu.readOnce(mm.membarrierState) & EXPEDITED) != 0) {
      cpu.smpMb(Sites.FINISH_SWITCH_MM);
    }
  }

  /** mmdrop_lazy: gives back what this CPU was made a present of, if it is done with it. */
  @Override
  public void finishTaskSwitch(Cpu cpu) {
    cpu.step("mmdrop_lazy");
    Slot slot = slots.of(cpu);
    Mm mm = cpu.readOnce(slot.dropMm);
    while (mm != null && mm != cpu.readOnce(slot.lazyMm)) {
      long old = mm.handle();
      long now = cpu.cmpxchg(slot.dropMm.cell(), old, 0, Ordering.RELAXED, Sites.DROP_MM_TAKE);
      if (now == old) {
        kernel.lifetime().mmdrop(cpu, mm);
        return;
      }
      mm = slot.dropMm.resolve(now); // another one in its place
    }
  }

  /** mm_unlazy_mm_count: mm_users is 0, so no CPU starts to borrow the mm any more. */
  @Override
  public void unlazyMm(Cpu cpu, Mm mm) {
    cpu.step("mm_unlazy_mm_count");
    cpu.warnOn(cpu.readOnce(mm.mmUsers) != 0, "mm_unlazy_mm_count: mm_users");
    long[] mask = possibleLazymmCpus(cpu, mm);
    long unused = 0;
    for (int i = 0; i < cpu.cpus(); i++) {
      Slot slot = slots.of(i);
      if ((mask[i >>> 6] & CpuMask.bit(i)) == 0 || lazyMm(cpu, slot, Sites.LAZY_MM_READ) != mm) {
        continue;
      }
      if (unused == 0) { // the first hit: once for all CPUs
        unused = cpu.cpus();
        cpu.fetchAdd(mm.mmCount, unused, Ordering.NO_RETURN, Sites.UNLAZY_GRAB);
      }
      boolean done;
      do {
        done = tryMmDropRqRef(cpu, slot, mm);
      } while (!done);
      unused--;
    }
    if (unused > 0) {
      cpu.fetchAdd(mm.mmCount, -unused, Ordering.NO_RETURN, Sites.UNLAZY_UNGRAB);
    }
  }

  /** for_each_possible_lazymm_cpu: {@return the CPUs that may borrow the mm} */
  protected long[] possibleLazymmCpus(Cpu cpu, Mm mm) {
    long[] cpus = new long[mm.cpumask.words()];
    for (int i = 0; i < cpus.length && lazy == Lazy.MASK; i++) {
      cpus[i] = cpu.readOnce(mm.cpumask.word(i));
    }
    for (int i = 0; i < cpu.cpus() && lazy == Lazy.ONLINE; i++) {
      cpus[i >>> 6] |= kernel.smp().isOnline(cpu, i) ? CpuMask.bit(i) : 0;
    }
    return cpus;
  }

  /**
   * __try_mm_drop_rq_ref: {@return whether one reference has been handed to the CPU, or dropped}
   */
  protected boolean tryMmDropRqRef(Cpu cpu, Slot slot, Mm mm) {
    cpu.step("__try_mm_drop_rq_ref");
    Mm old = slot.dropMm.resolve(cpu.loadAcquire(slot.dropMm.cell(), Sites.DROP_MM_READ));
    cpu.warnOn(old == mm, "__try_mm_drop_rq_ref: old_drop_mm == mm");
    if (old == null) {
      return swapDropMm(cpu, slot, null, mm);
    }
    if (lazyMmNow(cpu, slot, mm) != mm) {
      kernel.lifetime().mmdrop(cpu, mm); // it has moved on
      return true;
    }
    // It borrows mm, hence not old, which has no users: it will never borrow that again.
    if (!swapDropMm(cpu, slot, old, mm)) {
      return false;
    }
    kernel.lifetime().mmdrop(cpu, old);
    return true;
  }

  /**
   * {@return what the CPU borrows now} It must be read again, after drop_mm: since it was read
   * first the CPU may have gone on to old and borrow that, and old have lost its last user.
   *
   * @param before what it was seen to borrow
   */
  protected @Nullable Mm lazyMmNow(Cpu cpu, Slot slot, Mm before) {
    return lazyMm(cpu, slot, Sites.LAZY_MM_RELOAD);
  }

  private static @Nullable Mm lazyMm(Cpu cpu, Slot slot, Site site) {
    return slot.lazyMm.resolve(cpu.loadAcquire(slot.lazyMm.cell(), site));
  }

  private static boolean swapDropMm(Cpu cpu, Slot slot, @Nullable Mm old, Mm mm) {
    long expected = old == null ? 0 : old.handle();
    Cell cell = slot.dropMm.cell();
    return cpu.cmpxchg(cell, expected, mm.handle(), Ordering.FULL, Sites.DROP_MM_SET) == expected;
  }
}
