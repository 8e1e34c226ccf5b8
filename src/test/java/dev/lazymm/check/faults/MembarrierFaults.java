package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.membarrier;

import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's side of membarrier(2), broken in ways that show without the system call: what it
 * promises to callers is I9's business.
 */
final class MembarrierFaults {
  private static final KernelMethod SWITCH_MM =
      new KernelMethod("membarrier_switch_mm", Membarrier.class, "switchMm");
  private static final KernelMethod EXEC_MMAP =
      new KernelMethod("membarrier_exec_mmap", Membarrier.class, "execMmap");
  private static final KernelMethod UPDATE =
      new KernelMethod("membarrier_update_current_mm", Membarrier.class, "updateCurrentMm");

  private static final KernelMethod ARCH_SWITCH_MM =
      new KernelMethod("membarrier_arch_switch_mm", Membarrier.class, "archSwitchMm");

  static final List<Fault> ALL =
      List.of(
          Fault.in(SWITCH_MM, "follows rq->curr->mm of other CPUs")
              .as("R11")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) exit; run B1", "cpu 1: run C1")
              .by(
                  membarrier(k ->
                      new Membarrier(k) {
                        @Override
                        public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {
                          super.switchMm(cpu, rq, prev, next);
                          for (int i = 0; i < cpu.cpus(); i++) {
                            Task remote = cpu.readOnce(k.cpuRq(i).curr);
                            if (remote != null && cpu.readOnce(remote.mm) instanceof Mm mm) {
                              cpu.readOnce(mm.membarrierState);
                            }
                          }
                        }
                      }))
              .foundBy("UAF"),
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
              .foundBy("RACE"));

  private MembarrierFaults() {}
}
