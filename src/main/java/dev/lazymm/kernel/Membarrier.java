package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/**
 * membarrier(2) as merged (kernel/sched/membarrier.c and kernel/sched/sched.h, v6.8 to v7.0, with
 * CONFIG_RSEQ, without nohz_full). A command sends IPIs only to CPUs whose {@code rq->curr->mm}, or
 * whose rq's copy of the state, says that they run what is meant. A CPU that is passed over has
 * been through the scheduler: the barriers before and after its change of mm do what the IPI would
 * have done. After a borrow that ends on the same mm, that barrier is the lazy drop's.
 */
public class Membarrier implements MembarrierDesign {
  /** Not registered. */
  public static final long EPERM = -1;

  /** No such command, or a flag that it does not have. */
  public static final long EINVAL = -22;

  /** Held by a caller of SYNC_CORE: the mm whose threads it is for. */
  public static final Hold SYNC_CORE_CALL = new Hold("membarrier sync-core");

  /** Held by a caller of RSEQ: the mm whose threads it is for. */
  public static final Hold RSEQ_CALL = new Hold("membarrier rseq");

  /** Held besides, with FLAG_CPU: the rq of the one CPU. */
  public static final Hold RSEQ_CALL_CPU = new Hold("membarrier rseq cpu");

  private static final String TSK_MM =
      "kernel/sched/membarrier.c: p->mm of another CPU's current task, without a lock. Whoever"
          + " changes it has barriers on both sides, so a value of before is as good as an IPI.";

  final Kernel kernel;
  private final Lock mutex;
  private final Ipi ipiMb = new Ipi("ipi_mb", this::ipiMb);
  private final Ipi ipiSyncCore = new Ipi("ipi_sync_core", this::ipiSyncCore);
  private final Ipi ipiRseq = new Ipi("ipi_rseq", this::ipiRseq);
  private final Ipi ipiSyncRqState = new Ipi("ipi_sync_rq_state", this::ipiSyncRqState);

  @SuppressWarnings("this-escape") // the handlers run only once we are done
  public Membarrier(Kernel kernel) {
    this.kernel = kernel;
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

  @Override
  public String name() {
    return "merged";
  }

  // ---- the system call -------------------------------------------------------------------------

  @Override
  public long sysMembarrier(Cpu cpu, long command, long flags, int cpuId) {
    cpu.step("membarrier");
    MembarrierCommand known = MembarrierCommand.numbered(command).orElse(null);
    boolean oneCpu = known == MembarrierCommand.PRIVATE_EXPEDITED_RSEQ;
    if (known == null || (flags != 0 && !(oneCpu && flags == MembarrierCommand.FLAG_CPU))) {
      return EINVAL;
    }
    return switch (known) {
      case QUERY -> commands();
      case GLOBAL -> global(cpu);
      case GLOBAL_EXPEDITED -> globalExpedited(cpu);
      case REGISTER_GLOBAL_EXPEDITED -> register(cpu, MembarrierState.GLOBAL_EXPEDITED);
      case PRIVATE_EXPEDITED -> privateExpedited(cpu, MembarrierState.PRIVATE_EXPEDITED, -1);
      case REGISTER_PRIVATE_EXPEDITED -> register(cpu, MembarrierState.PRIVATE_EXPEDITED);
      case PRIVATE_EXPEDITED_SYNC_CORE ->
          privateExpedited(cpu, MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE, -1);
      case REGISTER_PRIVATE_EXPEDITED_SYNC_CORE ->
          register(cpu, MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE);
      case PRIVATE_EXPEDITED_RSEQ ->
          privateExpedited(cpu, MembarrierState.PRIVATE_EXPEDITED_RSEQ, flags == 0 ? -1 : cpuId);
      case REGISTER_PRIVATE_EXPEDITED_RSEQ -> register(cpu, MembarrierState.PRIVATE_EXPEDITED_RSEQ);
      case GET_REGISTRATIONS -> getRegistrations(cpu);
    };
  }

  /** MEMBARRIER_CMD_BITMASK: the commands there are on this architecture. */
  private long commands() {
    long all = 0;
    for (MembarrierCommand command : MembarrierCommand.values()) {
      all |= command.number();
    }
    long syncCore =
        MembarrierCommand.PRIVATE_EXPEDITED_SYNC_CORE.number()
            | MembarrierCommand.REGISTER_PRIVATE_EXPEDITED_SYNC_CORE.number();
    return kernel.arch().hasMembarrierSyncCore() ? all : all & ~syncCore;
  }

  /** MEMBARRIER_CMD_GLOBAL: every CPU goes through a quiescent state. */
  protected long global(Cpu cpu) {
    if (kernel.smp().onlineCpus(cpu) > 1) {
      cpu.synchronizeRcu(Sites.MEMBARRIER_GLOBAL);
    }
    return 0;
  }

  /** membarrier_global_expedited; the caller need not be registered. */
  protected long globalExpedited(Cpu cpu) {
    if (kernel.smp().onlineCpus(cpu) == 1) {
      return 0;
    }
    cpu.step("membarrier_global_expedited");
    cpu.smpMb(Sites.G1);
    cpu.lock(mutex, Sites.MEMBARRIER_MUTEX);
    long[] mask = newMask(cpu);
    cpu.rcuReadLock();
    for (int i = 0; i < cpu.cpus(); i++) {
      if (i != cpu.id() && kernel.smp().isOnline(cpu, i) && isGlobalTarget(cpu, i)) {
        mask[i >>> 6] |= CpuMask.bit(i);
      }
    }
    cpu.rcuReadUnlock();
    kernel.smp().onEachCpuMask(cpu, mask, ipiMb, kernel.rq(cpu), true, Sites.MEMBARRIER_IPI);
    cpu.step("membarrier_global_expedited");
    cpu.unlock(mutex, Sites.MEMBARRIER_MUTEX);
    cpu.smpMb(Sites.G2);
    return 0;
  }

  /** Whether a CPU runs a registered process; a kernel thread that uses no mm is passed over. */
  protected boolean isGlobalTarget(Cpu cpu, int id) {
    RunQueue rq = kernel.cpuRq(id);
    return (cpu.readOnce(rq.membarrierState) & MembarrierState.GLOBAL_EXPEDITED.bit()) != 0
        && currMm(cpu, id) != null;
  }

  /**
   * membarrier_private_expedited.
   *
   * @param kind what the caller must be registered for
   * @param cpuId the one CPU that is meant; -1 for all
   */
  protected long privateExpedited(Cpu cpu, MembarrierState kind, int cpuId) {
    cpu.step("membarrier_private_expedited");
    Mm mm = currentMm(cpu);
    boolean syncCore = kind == MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE;
    if (syncCore && !kernel.arch().hasMembarrierSyncCore()) {
      return EINVAL;
    }
    if ((cpu.readOnce(mm.membarrierState) & kind.ready()) == 0) {
      return EPERM;
    }
    if (syncCore) {
      cpu.hold(SYNC_CORE_CALL, mm);
      kernel.arch().prepareSyncCoreCmd(cpu, mm);
      expedite(cpu, mm, ipiSyncCore, -1, syncsCaller());
      cpu.release(SYNC_CORE_CALL);
    } else if (kind == MembarrierState.PRIVATE_EXPEDITED_RSEQ) {
      cpu.hold(RSEQ_CALL, mm);
      if (cpuId >= 0 && cpuId < cpu.cpus()) {
        cpu.hold(RSEQ_CALL_CPU, kernel.cpuRq(cpuId));
      }
      expedite(cpu, mm, ipiRseq, cpuId, false);
      cpu.release(RSEQ_CALL);
      if (cpuId >= 0 && cpuId < cpu.cpus()) {
        cpu.release(RSEQ_CALL_CPU);
      }
    } else {
      expedite(cpu, mm, ipiMb, cpuId, false);
    }
    return 0;
  }

  /**
   * The rest of membarrier_private_expedited.
   *
   * @param only the one CPU that is meant; -1 for all
   * @param here whether the handler runs on the caller's CPU too, even if the caller is alone
   */
  private void expedite(Cpu cpu, Mm mm, Ipi handler, int only, boolean here) {
    if (!here && isAlone(cpu, mm)) {
      return;
    }
    cpu.smpMb(Sites.P1);
    cpu.lock(mutex, Sites.MEMBARRIER_MUTEX);
    long[] mask = running(cpu, mm, only);
    if (!here && only != cpu.id()) { // smp_call_function_single calls it here, too
      mask[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
    }
    kernel.smp().onEachCpuMask(cpu, mask, handler, mm, true, Sites.MEMBARRIER_IPI);
    cpu.step("membarrier_private_expedited");
    cpu.unlock(mutex, Sites.MEMBARRIER_MUTEX);
    cpu.smpMb(Sites.P2);
  }

  /**
   * {@return whether SYNC_CORE is for the caller's CPU too} A sibling may follow the caller on it
   * without a switch of mm.
   */
  protected boolean syncsCaller() {
    return true;
  }

  /** The CPUs whose current task has that mm. */
  private long[] running(Cpu cpu, Mm mm, int only) {
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

  /** membarrier_register_private_expedited and membarrier_register_global_expedited. */
  protected long register(Cpu cpu, MembarrierState kind) {
    cpu.step("membarrier_register");
    Mm mm = currentMm(cpu);
    if (kind == MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE
        && !kernel.arch().hasMembarrierSyncCore()) {
      return EINVAL;
    }
    if ((cpu.readOnce(mm.membarrierState) & kind.ready()) != 0) {
      return 0;
    }
    set(cpu, mm, kind.set());
    syncRunqueuesMembarrierState(cpu, mm);
    set(cpu, mm, kind.ready());
    return 0;
  }

  private static void set(Cpu cpu, Mm mm, long bits) { // atomic_or
    cpu.rmw(Rmw.OR, mm.membarrierState, bits, 0, Ordering.NO_RETURN, Sites.MEMBARRIER_STATE);
  }

  /**
   * sync_runqueues_membarrier_state: every switch from here on sees the state, and so does every rq
   * that is on the mm.
   */
  protected void syncRunqueuesMembarrierState(Cpu cpu, Mm mm) {
    cpu.step("sync_runqueues_membarrier_state");
    if (isAlone(cpu, mm)) {
      copyState(cpu, mm);
      cpu.smpMb(Sites.SYNC_RQ_SELF);
      return;
    }
    cpu.synchronizeRcu(Sites.SYNC_RQ_RCU);
    cpu.lock(mutex, Sites.MEMBARRIER_MUTEX);
    long[] mask = running(cpu, mm, -1);
    kernel.smp().onEachCpuMask(cpu, mask, ipiSyncRqState, mm, true, Sites.SYNC_RQ_IPI);
    cpu.unlock(mutex, Sites.MEMBARRIER_MUTEX);
  }

  /** membarrier_get_registrations. */
  private long getRegistrations(Cpu cpu) {
    long state = cpu.readOnce(currentMm(cpu).membarrierState);
    long registered = 0;
    for (MembarrierState kind : MembarrierState.values()) {
      if ((state & (kind.bit() | kind.ready())) != 0) {
        registered |= kind.register().number();
      }
    }
    return registered;
  }

  /** Whether nobody else can be meant: one user, or one CPU. */
  protected boolean isAlone(Cpu cpu, Mm mm) {
    return cpu.readOnce(mm.mmUsers) == 1 || kernel.smp().onlineCpus(cpu) == 1;
  }

  private Mm currentMm(Cpu cpu) {
    Mm mm = cpu.read(kernel.current(cpu).mm);
    if (mm == null) {
      throw new NullPointerException("membarrier: current->mm");
    }
    return mm;
  }

  private static long[] newMask(Cpu cpu) {
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

  private void copyState(Cpu cpu, Mm mm) {
    cpu.writeOnce(kernel.rq(cpu).membarrierState, cpu.readOnce(mm.membarrierState));
  }

  // ---- the scheduler's side --------------------------------------------------------------------

  @Override
  public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
    if (prev == next) {
      return;
    }
    long state = cpu.readOnce(next.membarrierState);
    if (cpu.readOnce(rq.membarrierState) != state) {
      cpu.writeOnce(rq.membarrierState, state);
    }
  }

  @Override
  public void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm) {
    if (cpu.read(kernel.current(cpu).mm) == mm) {
      syncCore(cpu, mm, Sites.SYNC_CORE_SWITCH);
    }
  }

  /** sync_core_before_usermode, if the mm is registered for it. */
  final void syncCore(Cpu cpu, Mm mm, Site site) {
    long state = cpu.readOnce(mm.membarrierState);
    if ((state & MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE.bit()) != 0) {
      kernel.arch().syncCoreBeforeUsermode(cpu, site);
    }
  }

  @Override
  public void execMmap(Cpu cpu, Mm next) {
    cpu.smpMb(Sites.B6);
    cpu.writeOnce(next.membarrierState, 0);
    cpu.writeOnce(kernel.rq(cpu).membarrierState, 0);
  }

  @Override
  public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {
    long state = next == null ? 0 : cpu.readOnce(next.membarrierState);
    cpu.writeOnce(kernel.rq(cpu).membarrierState, state);
  }

  /** membarrier_arch_switch_mm (powerpc, riscv): B2, if the next mm is registered. */
  @Override
  public void archSwitchMm(Cpu cpu, Mm next) {
    if (isExpedited(cpu, next)) {
      cpu.smpMb(Sites.B2);
    }
  }

  /** Whether other CPUs may count on what this one does with that mm. */
  final boolean isExpedited(Cpu cpu, Mm mm) {
    long bits = MembarrierState.PRIVATE_EXPEDITED.bit() | MembarrierState.GLOBAL_EXPEDITED.bit();
    return (cpu.readOnce(mm.membarrierState) & bits) != 0;
  }
}
