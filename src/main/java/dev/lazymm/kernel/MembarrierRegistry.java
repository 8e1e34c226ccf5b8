package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;

/**
 * Registrations for membarrier(2) (kernel/sched/membarrier.c, v6.8 to v7.0): first the bit that the
 * scheduler looks at, then word to every rq, and at last the READY bit, which allows the command.
 */
public abstract class MembarrierRegistry extends MembarrierIpis {
  MembarrierRegistry(Kernel kernel) {
    super(kernel);
  }

  /** membarrier_register_private_expedited and membarrier_register_global_expedited. */
  protected long register(Cpu cpu, MembarrierState kind) {
    cpu.step("membarrier_register");
    Mm mm = currentMm(cpu);
    if (kind == MembarrierState.PRIVATE_EXPEDITED_SYNC_CORE
        && !kernel.arch().hasMembarrierSyncCore()) {
      return Membarrier.EINVAL;
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
   * sync_runqueues_membarrier_state: every switch of mm from here on sees the state, and so does
   * every rq whose current task has the mm. A CPU that borrows it is neither.
   */
  protected void syncRunqueuesMembarrierState(Cpu cpu, Mm mm) {
    cpu.step("sync_runqueues_membarrier_state");
    if (isAlone(cpu, mm)) {
      copyState(cpu, mm);
      cpu.smpMb(Sites.SYNC_RQ_SELF);
      return;
    }
    cpu.synchronizeRcu(Sites.SYNC_RQ_RCU);
    lockIpis(cpu);
    send(cpu, running(cpu, mm, -1), ipiSyncRqState, mm, Sites.SYNC_RQ_IPI);
    unlockIpis(cpu);
  }

  /** membarrier_get_registrations. */
  final long getRegistrations(Cpu cpu) {
    long state = cpu.readOnce(currentMm(cpu).membarrierState);
    long registered = 0;
    for (MembarrierState kind : MembarrierState.values()) {
      if ((state & (kind.bit() | kind.ready())) != 0) {
        registered |= kind.register().number();
      }
    }
    return registered;
  }
}
