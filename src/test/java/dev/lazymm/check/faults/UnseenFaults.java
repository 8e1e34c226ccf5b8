package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;
import static dev.lazymm.check.faults.Variant.membarrier;
import static dev.lazymm.check.faults.Variant.scheduler;

import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.S390;
import dev.lazymm.kernel.Scheduler;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faults that nothing finds yet, and what is missing. When one is found, the test fails: then it
 * belongs to the others.
 */
final class UnseenFaults {
  /**
   * A fault that is not found.
   *
   * @param needs what would find it
   */
  record Unseen(Fault fault, String needs) {}

  private static final String I9 = "I9, membarrier(2)";
  private static final String WEAK = "I9 under a model weaker than SC";

  static final List<Unseen> ALL =
      List.of(
          new Unseen(
              in(Membarrier.class, "archSwitchMm", "membarrier_arch_switch_mm", "does nothing")
                  .as("R09, on riscv")
                  .on("refcount", "powerpc-hash")
                  .over("switch-user-user")
                  .by(
                      membarrier(k ->
                          new Membarrier(k) {
                            @Override
                            public void archSwitchMm(Cpu cpu, Mm next) {}
                          })),
              WEAK),
          new Unseen(
              in(Scheduler.class, "schedule", "__schedule", "rq->curr is not stored")
                  .on("refcount", "x86-eager")
                  .over("cpu 0: (A1) idle; run A1; idle; run B1", "cpu 1: run A2; idle")
                  .by(
                      scheduler(k ->
                          new Scheduler(k) {
                            @Override
                            public void schedule(Cpu cpu, Task next) {
                              super.schedule(withoutCurr(cpu, k.rq(cpu)), next);
                            }
                          })),
              I9),
          new Unseen(
              in(Scheduler.class, "schedule", "__schedule", "B1 is left out")
                  .on("shootdown", "powerpc-hash")
                  .over("switch-migrate")
                  .byWeakening(Sites.B1),
              WEAK),
          new Unseen(
              in(Scheduler.class, "finishTaskSwitch", "finish_task_switch", "B2a is left out")
                  .on("shootdown", "powerpc-hash")
                  .over("switch-ping-pong")
                  .byWeakening(Sites.B2A_DROP),
              WEAK),
          new Unseen(
              in(Membarrier.class, "switchMm", "membarrier_switch_mm", "does nothing")
                  .on("refcount", "x86-eager")
                  .over("switch-user-user")
                  .by(
                      membarrier(k ->
                          new Membarrier(k) {
                            @Override
                            public void switchMm(Cpu cpu, RunQueue rq, Mm prev, Mm next) {}
                          })),
              I9),
          new Unseen(
              in(Membarrier.class, "execMmap", "membarrier_exec_mmap", "does nothing")
                  .on("refcount", "x86-eager")
                  .over("exec-last-user")
                  .by(
                      membarrier(k ->
                          new Membarrier(k) {
                            @Override
                            public void execMmap(Cpu cpu, Mm next) {}
                          })),
              I9),
          new Unseen(
              in(
                      Membarrier.class,
                      "updateCurrentMm",
                      "membarrier_update_current_mm",
                      "does nothing")
                  .as("R10")
                  .on("refcount", "x86-eager")
                  .over("use-unuse-exit")
                  .by(
                      membarrier(k ->
                          new Membarrier(k) {
                            @Override
                            public void updateCurrentMm(Cpu cpu, @Nullable Mm next) {}
                          })),
              I9),
          new Unseen(
              in(
                      S390.class,
                      "finishArchPostLockSwitch",
                      "finish_arch_post_lock_switch",
                      "does not wait for flushes under way")
                  .on("refcount", "s390")
                  .over("tlb-switch-back")
                  .by(
                      arch(k ->
                          new S390(k) {
                            @Override
                            public void finishArchPostLockSwitch(Cpu cpu) {
                              super.finishArchPostLockSwitch(withoutWaits(cpu));
                            }
                          })),
              "that an attached CPU sees no entry change but by IPTE"));

  private static Cpu withoutWaits(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
        return operand;
      }
    };
  }

  private UnseenFaults() {}

  private static Fault in(Class<?> owner, String javaName, String kernelName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken);
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
