package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.exitMm;
import static dev.lazymm.check.faults.Variant.membarrier;
import static dev.lazymm.check.faults.Variant.scheduler;

import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierByState;
import dev.lazymm.kernel.MembarrierScheduler;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Scheduler;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.history.UnorderedExitMm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What membarrier(2) counts on where a CPU changes its mm: barriers, and the rq's state. */
final class MembarrierSwitchFaults {
  private static final KernelMethod SCHEDULE =
      new KernelMethod("__schedule", Scheduler.class, "schedule");
  private static final KernelMethod SWITCH_MM =
      membarrierMethod("membarrier_switch_mm", "switchMm");
  private static final KernelMethod SWITCH_MM_BY_STATE =
      new KernelMethod("membarrier_switch_mm", MembarrierByState.class, "switchMm");
  private static final KernelMethod EXEC_MMAP =
      membarrierMethod("membarrier_exec_mmap", "execMmap");
  private static final KernelMethod UPDATE =
      membarrierMethod("membarrier_update_current_mm", "updateCurrentMm");
  private static final KernelMethod ARCH_SWITCH_MM =
      membarrierMethod("membarrier_arch_switch_mm", "archSwitchMm");
  private static final KernelMethod SYNC_CORE =
      membarrierMethod("membarrier_mm_sync_core_before_usermode", "mmSyncCoreBeforeUsermode");
  private static final KernelMethod FINISH_TASK_SWITCH =
      new KernelMethod("finish_task_switch", Scheduler.class, "finishTaskSwitch");
  private static final KernelMethod EXIT_MM = new KernelMethod("exit_mm", ExitMm.class, "exitMm");
  private static final KernelMethod USE =
      new KernelMethod("kthread_use_mm", KthreadUseMm.class, "kthreadUseMm");
  private static final KernelMethod UNUSE =
      new KernelMethod("kthread_unuse_mm", KthreadUseMm.class, "kthreadUnuseMm");

  static final List<Fault> ALL =
      List.of(
          Fault.in(SCHEDULE, "rq->curr is not stored")
              .on("refcount", "x86-eager")
              .under("tso")
              .over("membarrier-c2-first")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        public void schedule(Cpu cpu, Task next) {
                          super.schedule(withoutCurr(cpu, k.rq(cpu)), next);
                        }
                      }))
              .foundBy("never"),
          power(SCHEDULE, "B1 is left out", "c1-out").byWeakening(Sites.B1),
          power(FINISH_TASK_SWITCH, "B2a is left out", "c1-in").byWeakening(Sites.B2A_DROP),
          power(EXIT_MM, "B5 is left out", "d").as("R10").by(exitMm(UnorderedExitMm::new)),
          power(USE, "B7 is left out", "e-same").as("R10").byWeakening(Sites.B7),
          power(UNUSE, "B8 is left out", "e-unuse").as("R10").byWeakening(Sites.B8),
          Fault.in(kernel("mmdrop_lazy_tlb", "mmdropLazyTlb"), "is left out if it counts nothing")
              .on("shootdown", "powerpc-hash")
              .under("power")
              .over("membarrier-e-same")
              .by(membarrier(NoDropBarrier::new))
              .foundBy("never"),
          Fault.in(
                  kernel("mmdrop_lazy_tlb_sched", "mmdropLazyTlbSched"),
                  "is left out if it counts nothing")
              .on("shootdown", "powerpc-hash")
              .under("power")
              .over("membarrier-c1-in")
              .by(membarrier(NoDropBarrier::new))
              .foundBy("never"),
          Fault.in(SWITCH_MM, "does nothing")
              .on("refcount", "x86-eager")
              .over("start: A register-global-expedited", "cpu 0: (B1) run A1")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {}
                      }))
              .foundBy("I9"),
          power(EXEC_MMAP, "B6 is left out", "x").byWeakening(Sites.B6),
          power(EXEC_MMAP, "does nothing", "x-private")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void execMmap(Cpu cpu, Mm next) {}
                      })),
          Fault.in(EXEC_MMAP, "clears the old mm's state, under a sibling's fork")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) exec B", "cpu 1: (A2) fork C1")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void execMmap(Cpu cpu, Mm next) {
                          super.execMmap(cpu, next);
                          Mm old = k.activeMm(cpu, k.current(cpu));
                          cpu.write(old.membarrierState, 0);
                        }
                      }))
              .foundBy("RACE"),
          Fault.in(UPDATE, "does nothing")
              .as("R10")
              .on("refcount", "x86-eager")
              .under("tso")
              .over(
                  "start: A register-global-expedited",
                  "start: cpu 1 pins A",
                  "cpu 0: (A1) store x 1; membarrier global-expedited; load y",
                  "cpu 1: (k1) use A; store y 1; load x; unuse",
                  "never: cpu0.r1 = 0 & cpu1.r1 = 0")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {}
                      }))
              .foundBy("never"),
          Fault.in(UPDATE, "clears the state of the mm that is left, under a sibling's fork")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) exit", "cpu 1: (A2) fork B1")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {
                          super.updateCurrentMm(cpu, next);
                          Mm left = k.activeMm(cpu, k.current(cpu));
                          cpu.write(left.membarrierState, 0);
                        }
                      }))
              .foundBy("RACE"),
          power(ARCH_SWITCH_MM, "does nothing", "c2-in")
              .as("R09, on riscv")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void archSwitchMm(Cpu cpu, Mm next) {}
                      })),
          Fault.in(ARCH_SWITCH_MM, "uses the state up, under a sibling's fork")
              .on("refcount", "powerpc-hash")
              .over("cpu 0: (A1) run B1; run A1", "cpu 1: (A2) fork C1")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void archSwitchMm(Cpu cpu, Mm next) {
                          super.archSwitchMm(cpu, next);
                          cpu.write(next.membarrierState, 0);
                        }
                      }))
              .foundBy("RACE"),
          Fault.in(SYNC_CORE, "does nothing")
              .on("refcount", "x86-eager")
              .over("membarrier-sync-core-lazy")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void mmSyncCoreBeforeUsermode(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I9"),
          Fault.in(SWITCH_MM_BY_STATE, "looks at the mms first, as merged")
              .on("refcount+by-state", "x86-eager")
              .over(
                  "start: A register-global-expedited",
                  "start: cpu 0 gets A",
                  "cpu 0: (B1)",
                  "cpu 1: (A1) exit; run A2")
              .by(membarrier(Membarrier::new))
              .foundBy("I9"));

  /** Takes the end of an uncounted borrow for nothing at all, though it counts on its barrier. */
  private static final class NoDropBarrier extends Membarrier {
    NoDropBarrier(Kernel kernel) {
      super(kernel);
    }

    @Override
    public boolean needsDropBarrier() {
      return false;
    }
  }

  private MembarrierSwitchFaults() {}

  private static KernelMethod membarrierMethod(String kernelName, String javaName) {
    return new KernelMethod(kernelName, MembarrierScheduler.class, javaName);
  }

  private static KernelMethod kernel(String kernelName, String javaName) {
    return new KernelMethod(kernelName, Kernel.class, javaName);
  }

  /** A barrier that is missing where powerpc has no other one. */
  private static Fault power(KernelMethod method, String broken, String scenario) {
    return Fault.in(method, broken)
        .on("shootdown", "powerpc-hash")
        .under("power")
        .over("membarrier-" + scenario)
        .foundBy("never");
  }

  private static Cpu withoutCurr(Cpu cpu, RunQueue rq) {
    return new ForwardingCpu(cpu) {
      @Override
      public void writeOnce(Cell cell, long value) {
        if (cell != rq.curr.cell()) {
          super.writeOnce(cell, value);
        }
      }
    };
  }
}
