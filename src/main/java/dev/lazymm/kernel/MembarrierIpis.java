package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/**
 * The IPIs of membarrier(2) (kernel/sched/membarrier.c, v6.8 to v7.0): who is sent one, one caller
 * at a time (membarrier_ipi_mutex), and what the handlers do.
 *
 * <p>cpus_read_lock is left out: {@link Smp#onEachCpuMask} sends to CPUs that are online still, and
 * one that has left since it was looked at runs nobody who is meant.
 */
public abstract class MembarrierIpis extends MembarrierScheduler {
  private static final String TSK_MM =
      "kernel/sched/membarrier.c: p->mm of another CPU's current task, without a lock. Whoever"
          + " changes it has barriers on both sides, so a value of before is as good as an IPI.";

  final Ipi ipiMb = new Ipi("ipi_mb", this::ipiMb);
  final Ipi ipiSyncCore = new Ipi("ipi_sync_core", this::ipiSyncCore);
  final Ipi ipiRseq = new Ipi("ipi_rseq", this::ipiRseq);
  final Ipi ipiSyncRqState = new Ipi("ipi_sync_rq_state", this::ipiSyncRqState);

  private final Lock mutex;

  @SuppressWarnings("this-escape") // the handlers run only once we are done
  MembarrierIpis(Kernel kernel) {
    super(kernel);
    mutex = new Globals(kernel).mutex;
  }

  /** What the file has of its own: membarrier_ipi_mutex. */
  private static final class Globals extends KObject {
    final Lock mutex;

    Globals(Kernel kernel) {
      super(kernel.memory(), "membarrier");
      mutex = kernel.memory().lock(this, "membarrier_ipi_mutex");
    }

    @Override
    public String type() {
      return "membarrier";
    }
  }

  // ---- who -------------------------------------------------------------------------------------

  /** {@return whether one caller at a time sends IPIs: since v6.8} */
  protected boolean serializesIpis() {
    return true;
  }

  /** SERIALIZE_IPI: a guard, held to the end of the function, behind its last barrier. */
  final void lockIpis(Cpu cpu) {
    if (serializesIpis()) {
      cpu.lock(mutex, Sites.MEMBARRIER_MUTEX);
    }
  }

  /** The end of what {@link #lockIpis} began. */
  final void unlockIpis(Cpu cpu) {
    if (serializesIpis()) {
      cpu.unlock(mutex, Sites.MEMBARRIER_MUTEX);
    }
  }

  /** Interrupts the CPUs of a mask that are online, and waits. */
  final void send(Cpu cpu, long[] mask, Ipi handler, KObject info, Site site) {
    kernel.smp().onEachCpuMask(cpu, mask, handler, info, true, site);
  }

  /** The CPUs whose current task has that mm; all are asked, or {@code only} that one. */
  final long[] running(Cpu cpu, Mm mm, int only) {
    long[] mask = newMask(cpu);
    cpu.rcuReadLock();
    for (int i = 0; i < cpu.cpus(); i++) {
      if ((only < 0 || only == i) && kernel.smp().isOnline(cpu, i) && currMm(cpu, i) == mm) {
        mask[i >>> 6] |= CpuMask.bit(i);
      }
    }
    cpu.rcuReadUnlock();
    return mask;
  }

  /** rcu_dereference(cpu_rq(cpu)->curr)->mm; the task is there until a grace period has passed. */
  protected @Nullable Mm currMm(Cpu cpu, int id) {
    Task task = cpu.rcuDereference(kernel.cpuRq(id).curr);
    return task == null ? null : cpu.dataRace(task.mm, TSK_MM);
  }

  /** Whether nobody else can be meant: one user, or one CPU. */
  protected boolean isAlone(Cpu cpu, Mm mm) {
    return cpu.readOnce(mm.mmUsers) == 1 || kernel.smp().onlineCpus(cpu) == 1;
  }

  /** current->mm, of whoever made the system call. */
  final Mm currentMm(Cpu cpu) {
    Mm mm = cpu.read(kernel.current(cpu).mm);
    if (mm == null) {
      throw new NullPointerException("membarrier: current->mm");
    }
    return mm;
  }

  /** A mask of no CPUs. */
  static long[] newMask(Cpu cpu) {
    return new long[(cpu.cpus() + 63) >>> 6];
  }

  // ---- handlers --------------------------------------------------------------------------------

  /** ipi_mb: "IPIs should be serializing but paranoid". */
  protected void ipiMb(Cpu cpu, KObject info) {
    cpu.step("ipi_mb");
    cpu.smpMb(Sites.IPI_MB);
  }

  /** ipi_sync_core: the barrier is there as well because the core sync may come later. */
  protected void ipiSyncCore(Cpu cpu, KObject info) {
    cpu.step("ipi_sync_core");
    cpu.smpMb(Sites.IPI_SYNC_CORE_MB);
    kernel.arch().syncCoreBeforeUsermode(cpu, Sites.SYNC_CORE_IPI);
  }

  /** ipi_rseq. */
  protected void ipiRseq(Cpu cpu, KObject info) {
    cpu.step("ipi_rseq");
    cpu.smpMb(Sites.IPI_RSEQ_MB);
    cpu.rseqPreempt(Sites.RSEQ_PREEMPT_IPI);
  }

  /** ipi_sync_rq_state. */
  protected void ipiSyncRqState(Cpu cpu, KObject info) {
    cpu.step("ipi_sync_rq_state");
    Mm mm = (Mm) info;
    if (cpu.read(kernel.current(cpu).mm) == mm) {
      copyState(cpu, mm);
      cpu.smpMb(Sites.IPI_SYNC_RQ_MB);
    }
  }

  /** this_cpu_write(runqueues.membarrier_state, atomic_read(&mm->membarrier_state)). */
  final void copyState(Cpu cpu, Mm mm) {
    cpu.writeOnce(kernel.rq(cpu).membarrierState, cpu.readOnce(mm.membarrierState));
  }
}
