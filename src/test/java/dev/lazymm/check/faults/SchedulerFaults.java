package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.scheduler;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Scheduler;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.List;

/** kernel/sched/core.c, broken. */
final class SchedulerFaults {
  private static final KernelMethod TRY_TO_WAKE_UP =
      new KernelMethod("try_to_wake_up", Scheduler.class, "waitTaskInactive");
  private static final KernelMethod SCHEDULE =
      new KernelMethod("__schedule", Scheduler.class, "schedule");
  private static final KernelMethod CONTEXT_SWITCH =
      new KernelMethod("context_switch", Scheduler.class, "contextSwitch");
  private static final KernelMethod SWITCH_TO =
      new KernelMethod("switch_to", Scheduler.class, "switchTo");
  private static final KernelMethod FINISH_TASK_SWITCH =
      new KernelMethod("finish_task_switch", Scheduler.class, "finishTaskSwitch");

  static final List<Fault> ALL =
      List.of(
          Fault.in(TRY_TO_WAKE_UP, "does not wait for on_cpu")
              .on("refcount", "x86-eager")
              .over("cpu 0: (k1) idle", "cpu 1: run k1")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        public void waitTaskInactive(Cpu cpu, Task task) {}
                      }))
              .foundBy("RACE"),
          Fault.in(TRY_TO_WAKE_UP, "reads on_cpu without acquire")
              .on("refcount", "x86-eager")
              .over("cpu 0: (k1) idle", "cpu 1: run k1")
              .byWeakening(Sites.ON_CPU_ACQUIRE)
              .foundBy("RACE"),
          Fault.in(TRY_TO_WAKE_UP, "does not wait for the child's birth")
              .on("refcount", "powerpc-hash")
              .over("fork-child-exits")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        public void waitTaskInactive(Cpu cpu, Task task) {
                          cpu.await(task.onCpu, Cond.EQ, 0, Ordering.ACQUIRE, Sites.ON_CPU_ACQUIRE);
                        }
                      }))
              .foundBy("OOPS", "RACE"),
          Fault.in(SCHEDULE, "interrupts stay on")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .byWeakening(Sites.IRQ_SCHEDULE)
              .foundBy("I3", "WARN"),
          Fault.in(CONTEXT_SWITCH, "user to kernel: the borrow is not counted")
              .on("refcount", "x86-eager")
              .over("e06-idle-exit-move")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          super.contextSwitch(Bent.without(cpu, Sites.GRAB_LAZY), rq, prev, next);
                        }
                      }))
              .foundBy("I1", "I4"),
          Fault.in(CONTEXT_SWITCH, "kernel to kernel: the borrow is counted again")
              .on("refcount", "x86-eager")
              .over("switch-kernel-kernel")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          if (cpu.read(prev.mm) == null && cpu.read(next.mm) == null) {
                            k.lazyMm().mmgrabLazyTlb(cpu, k.activeMm(cpu, prev));
                          }
                          super.contextSwitch(cpu, rq, prev, next);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(CONTEXT_SWITCH, "kernel to user: the borrow is dropped before switch_mm")
              .on("refcount", "powerpc-hash")
              .over("e06-idle-exit-move")
              .by(scheduler(DropsEarly::new))
              .foundBy("I1", "I2"),
          Fault.in(CONTEXT_SWITCH, "kernel to user: rq->prev_mm is not set")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-other")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          super.contextSwitch(
                              Bent.withoutWrite(cpu, rq.prevMm.cell()), rq, prev, next);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(CONTEXT_SWITCH, "prev->active_mm is not cleared")
              .as("v4 of the series")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-chain")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          boolean user = cpu.read(prev.mm) != null;
                          super.contextSwitch(
                              user ? cpu : Bent.withoutWrite(cpu, prev.activeMm.cell()),
                              rq,
                              prev,
                              next);
                        }
                      }))
              .foundBy("I1+"),
          Fault.in(CONTEXT_SWITCH, "to kernel: next->active_mm is not set")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-same")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          boolean toKernel = cpu.read(next.mm) == null;
                          super.contextSwitch(
                              toKernel ? Bent.withoutWrite(cpu, next.activeMm.cell()) : cpu,
                              rq,
                              prev,
                              next);
                        }
                      }))
              .foundBy("OOPS"),
          Fault.in(CONTEXT_SWITCH, "prev->on_cpu is cleared before prev is left")
              .on("refcount", "x86-eager")
              .over("cpu 0: (k1) idle", "cpu 1: run k1")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
                          cpu.storeRelease(prev.onCpu, 0, Sites.ON_CPU_RELEASE);
                          super.contextSwitch(cpu, rq, prev, next);
                        }
                      }))
              .foundBy("RACE"),
          Fault.in(SWITCH_TO, "current does not change")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-same")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void switchTo(Cpu cpu, RunQueue rq, Task next, Mm activeMm) {}
                      }))
              .foundBy("HANG"),
          Fault.in(FINISH_TASK_SWITCH, "the final drop is forgotten")
              .on("refcount", "powerpc-hash")
              .over("e06-idle-exit-move")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          cpu.write(rq.prevMm, null);
                          super.finishTaskSwitch(cpu, rq, prev);
                        }
                      }))
              .foundBy("I4", "I5"),
          Fault.in(FINISH_TASK_SWITCH, "rq->prev_mm is not cleared, so it is dropped again")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) idle; run A1; idle; run B1")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(
                              Bent.withoutWrite(cpu, rq.prevMm.cell()), rq, prev);
                        }
                      }))
              .foundBy("I5", "WARN"),
          Fault.in(FINISH_TASK_SWITCH, "rq->lock is not released")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-same")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(Bent.without(cpu, Sites.RQ_LOCK), rq, prev);
                        }
                      }))
              .foundBy("HANG"),
          Fault.in(FINISH_TASK_SWITCH, "on_cpu is cleared without release")
              .on("refcount", "x86-eager")
              .over("cpu 0: (k1) idle", "cpu 1: run k1")
              .byWeakening(Sites.ON_CPU_RELEASE)
              .foundBy("RACE"),
          Fault.in(FINISH_TASK_SWITCH, "frees prev though it only sleeps")
              .on("refcount", "x86-eager")
              .over("switch-migrate")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(seenDead(cpu, prev.state), rq, prev);
                        }
                      }))
              .foundBy("UAF"),
          Fault.in(FINISH_TASK_SWITCH, "frees prev though it only sleeps, and runs it again")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-same")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(seenDead(cpu, prev.state), rq, prev);
                        }
                      }))
              .foundBy("UAF"),
          Fault.in(FINISH_TASK_SWITCH, "on_cpu is never cleared")
              .on("refcount", "x86-eager")
              .over("switch-migrate")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(withoutRelease(cpu, prev.onCpu), rq, prev);
                        }
                      }))
              .foundBy("HANG"),
          Fault.in(FINISH_TASK_SWITCH, "a dead task is not freed")
              .on("refcount", "x86-eager")
              .over("fork-child-exits")
              .by(
                  scheduler(k ->
                      new Scheduler(k) {
                        @Override
                        protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
                          super.finishTaskSwitch(Bent.withoutFree(cpu, prev), rq, prev);
                        }
                      }))
              .foundBy("I5"));

  private SchedulerFaults() {}

  private static Cpu withoutRelease(Cpu cpu, Cell gone) {
    return new ForwardingCpu(cpu) {
      @Override
      public void storeRelease(Cell cell, long value, Site site) {
        if (cell != gone) {
          super.storeRelease(cell, value, site);
        }
      }
    };
  }

  private static Cpu seenDead(Cpu cpu, Cell state) {
    return new ForwardingCpu(cpu) {
      @Override
      public long readOnce(Cell cell) {
        return cell == state ? Task.TASK_DEAD : super.readOnce(cell);
      }
    };
  }

  /** mmdrop_lazy_tlb in context_switch, where finish_task_switch should do it. */
  private static final class DropsEarly extends Scheduler {
    private final Kernel kernel;

    DropsEarly(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
      if (cpu.read(prev.mm) == null && cpu.read(next.mm) != null) {
        kernel.lazyMm().mmdropLazyTlbSched(cpu, kernel.activeMm(cpu, prev));
        super.contextSwitch(Bent.withoutWrite(cpu, rq.prevMm.cell()), rq, prev, next);
      } else {
        super.contextSwitch(cpu, rq, prev, next);
      }
    }
  }
}
