package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.membarrier;

import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierCommand;
import dev.lazymm.kernel.MembarrierIpis;
import dev.lazymm.kernel.MembarrierRegistry;
import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.history.RemoteMmState;
import dev.lazymm.kernel.history.SyncCoreByIpi;
import dev.lazymm.kernel.history.SyncCoreOfOthers;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system call membarrier(2) and the handlers of its IPIs, broken. */
final class MembarrierFaults {
  private static final String[] REGISTERS = {
    "cpu 0: (A1) membarrier register-global-expedited", "cpu 1: (A2)"
  };

  static final List<Fault> ALL =
      List.of(
          in("membarrier", "sysMembarrier", "returns at once")
              .on("refcount", "x86-eager")
              .under("tso")
              .over("membarrier-a")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public long sysMembarrier(Cpu cpu, long command, long flags, int cpuId) {
                          return 0;
                        }
                      }))
              .foundBy("never"),
          in("membarrier", "sysMembarrier", "no command has flags")
              .on("refcount", "x86-eager")
              .over("membarrier-rseq-cpu")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public long sysMembarrier(Cpu cpu, long command, long flags, int cpuId) {
                          return flags == MembarrierCommand.FLAG_CPU
                              ? EINVAL
                              : super.sysMembarrier(cpu, command, flags, cpuId);
                        }
                      }))
              .foundBy("always"),
          in("MEMBARRIER_CMD_GLOBAL", "global", "waits for no grace period")
              .on("refcount", "x86-eager")
              .under("tso")
              .over("membarrier-global")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected long global(Cpu cpu) {
                          return 0;
                        }
                      }))
              .foundBy("never"),
          in("membarrier_global_expedited", "globalExpedited", "G1 is left out")
              .on("refcount", "powerpc-hash")
              .under("power")
              .over("membarrier-f-in")
              .byWeakening(Sites.G1)
              .foundBy("never"),
          in("membarrier_global_expedited", "globalExpedited", "G2 is left out")
              .on("refcount", "powerpc-hash")
              .under("power")
              .over("membarrier-f-b")
              .byWeakening(Sites.G2)
              .foundBy("never"),
          in("global_expedited (scan)", "isGlobalTarget", "follows rq->curr->mm")
              .as("R11")
              .on("refcount", "x86-eager")
              .over("membarrier-x-freed")
              .by(membarrier(RemoteMmState::new))
              .foundBy("UAF"),
          in("membarrier_private_expedited", "privateExpedited", "asks for no registration")
              .on("refcount", "x86-eager")
              .over("membarrier-perm")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected long privateExpedited(Cpu cpu, MembarrierState kind, int cpuId) {
                          Mm mm = k.activeMm(cpu, k.current(cpu));
                          return super.privateExpedited(registered(cpu, mm), kind, cpuId);
                        }
                      }))
              .foundBy("always"),
          in("membarrier_private_expedited", "privateExpedited", "P1 is left out")
              .on("shootdown", "powerpc-hash")
              .under("power")
              .over("membarrier-c1-in")
              .byWeakening(Sites.P1)
              .foundBy("never"),
          in("membarrier_private_expedited", "privateExpedited", "P2 is left out")
              .on("shootdown", "powerpc-hash")
              .under("power")
              .over("membarrier-c1-out")
              .byWeakening(Sites.P2)
              .foundBy("never"),
          in("private_expedited (here)", "syncsCaller", "passes over the caller's CPU")
              .as("R24")
              .on("refcount", "x86-eager")
              .over("membarrier-sync-core-caller")
              .by(membarrier(SyncCoreOfOthers::new))
              .foundBy("I9"),
          ipis("private_expedited (scan)", "currMm", "every CPU is idle")
              .on("refcount", "x86-eager")
              .under("tso")
              .over("membarrier-a")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected @Nullable Mm currMm(Cpu cpu, int id) {
                          return null;
                        }
                      }))
              .foundBy("never"),
          ipis("private_expedited (alone)", "isAlone", "two users are alone")
              .on("refcount", "x86-eager")
              .under("tso")
              .over("membarrier-a")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected boolean isAlone(Cpu cpu, Mm mm) {
                          return cpu.readOnce(mm.mmUsers) <= 2;
                        }
                      }))
              .foundBy("never"),
          registry(
                  "membarrier_register_private_expedited",
                  "register",
                  "READY is set, and no rq is told")
              .on("refcount", "x86-eager")
              .over(REGISTERS)
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected long register(Cpu cpu, MembarrierState kind) {
                          Cell state = k.activeMm(cpu, k.current(cpu)).membarrierState;
                          long bits = kind.set() | kind.ready();
                          cpu.rmw(
                              Rmw.OR, state, bits, 0, Ordering.NO_RETURN, Sites.MEMBARRIER_STATE);
                          return super.register(cpu, kind);
                        }
                      }))
              .foundBy("I9"),
          registry(
                  "sync_runqueues_membarrier_state",
                  "syncRunqueuesMembarrierState",
                  "does nothing")
              .on("refcount", "x86-eager")
              .over(REGISTERS)
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected void syncRunqueuesMembarrierState(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I9"),
          registry(
                  "sync_runqueues_membarrier_state",
                  "syncRunqueuesMembarrierState",
                  "waits for no grace period")
              .on("refcount", "powerpc-hash")
              .under("power")
              .over("cpu 0: (A1) membarrier register-global-expedited", "cpu 1: (B1) run A2")
              .byWeakening(Sites.SYNC_RQ_RCU)
              .foundBy("I9"),
          ipis("ipi_sync_rq_state", "ipiSyncRqState", "does nothing")
              .on("refcount", "x86-eager")
              .over(REGISTERS)
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected void ipiSyncRqState(Cpu cpu, KObject info) {}
                      }))
              .foundBy("I9"),
          ipis("ipi_mb", "ipiMb", "ends what the rq knows of the registration")
              .on("refcount", "x86-eager")
              .over("membarrier-a")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected void ipiMb(Cpu cpu, KObject info) {
                          super.ipiMb(cpu, info);
                          cpu.writeOnce(k.rq(cpu).membarrierState, 0);
                        }
                      }))
              .foundBy("I9"),
          ipis("ipi_sync_core", "ipiSyncCore", "is no more than ipi_mb")
              .as("R24")
              .on("refcount", "x86-eager")
              .over("membarrier-sync-core")
              .by(membarrier(SyncCoreByIpi::new))
              .foundBy("I9"),
          ipis("ipi_rseq", "ipiRseq", "is no more than ipi_mb")
              .on("refcount", "x86-eager")
              .over("membarrier-rseq")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        protected void ipiRseq(Cpu cpu, KObject info) {
                          ipiMb(cpu, info);
                        }
                      }))
              .foundBy("I9"));

  private MembarrierFaults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, Membarrier.class, javaName), broken);
  }

  private static Fault ipis(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, MembarrierIpis.class, javaName), broken);
  }

  private static Fault registry(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, MembarrierRegistry.class, javaName), broken);
  }

  /** A CPU to which an mm is registered for everything. */
  private static Cpu registered(Cpu cpu, Mm mm) {
    return new ForwardingCpu(cpu) {
      @Override
      public long readOnce(Cell cell) {
        return cell == mm.membarrierState ? -1 : super.readOnce(cell);
      }
    };
  }
}
