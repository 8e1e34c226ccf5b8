package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;

/**
 * membarrier(2) as merged (kernel/sched/membarrier.c and kernel/sched/sched.h, v6.8 to v7.0, with
 * CONFIG_RSEQ, without nohz_full). A command sends IPIs only to CPUs whose {@code rq->curr->mm}, or
 * whose rq's copy of the state, says that they run what is meant. A CPU that is passed over has
 * been through the scheduler: the barriers before and after its change of mm do what the IPI would
 * have done. After a borrow that ends on the same mm, that barrier is the lazy drop's.
 *
 * <p>Here are the commands; the registrations are in {@link MembarrierRegistry}, the IPIs in {@link
 * MembarrierIpis}, the scheduler's side in {@link MembarrierScheduler}.
 */
public class Membarrier extends MembarrierRegistry {
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

  public Membarrier(Kernel kernel) {
    super(kernel);
  }

  @Override
  public String name() {
    return "merged";
  }

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
    lockIpis(cpu);
    long[] mask = newMask(cpu);
    cpu.rcuReadLock();
    for (int i = 0; i < cpu.cpus(); i++) {
      if (i != cpu.id() && kernel.smp().isOnline(cpu, i) && isGlobalTarget(cpu, i)) {
        mask[i >>> 6] |= CpuMask.bit(i);
      }
    }
    cpu.rcuReadUnlock();
    send(cpu, mask, ipiMb, kernel.rq(cpu), Sites.MEMBARRIER_IPI);
    cpu.step("membarrier_global_expedited");
    cpu.smpMb(Sites.G2);
    unlockIpis(cpu);
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
   * @param cpuId the one CPU that is meant; less than 0 for all
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
      boolean oneCpu = cpuId >= 0 && cpuId < cpu.cpus();
      cpu.hold(RSEQ_CALL, mm);
      if (oneCpu) {
        cpu.hold(RSEQ_CALL_CPU, kernel.cpuRq(cpuId));
      }
      expedite(cpu, mm, ipiRseq, cpuId, false);
      cpu.release(RSEQ_CALL);
      if (oneCpu) {
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
   * @param only the one CPU that is meant; less than 0 for all
   * @param here whether the handler runs on the caller's CPU too, even if the caller is alone
   */
  private void expedite(Cpu cpu, Mm mm, Ipi handler, int only, boolean here) {
    if (!here && isAlone(cpu, mm)) {
      return;
    }
    cpu.smpMb(Sites.P1);
    lockIpis(cpu);
    long[] mask = running(cpu, mm, only);
    if (!here && only != cpu.id()) { // smp_call_function_single calls it here, too
      mask[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
    }
    send(cpu, mask, handler, mm, Sites.MEMBARRIER_IPI);
    cpu.step("membarrier_private_expedited");
    cpu.smpMb(Sites.P2);
    unlockIpis(cpu);
  }

  /**
   * {@return whether SYNC_CORE is for the caller's CPU too} A sibling may follow the caller on it
   * without a switch of mm.
   */
  protected boolean syncsCaller() {
    return true;
  }
}
