package dev.lazymm.kernel;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;

/**
 * kernel/sched/core.c, v6.4 to v7.0: __schedule, context_switch and finish_task_switch, as far as
 * they move address spaces.
 *
 * <p>Where a borrow ends is decided here on purpose: a CPU counts on the mm in {@code
 * current->active_mm}, and {@code current} changes in switch_to; until then an NMI finds prev. The
 * hold moves at exactly that point, after switch_mm has done with prev's mm.
 */
public class Scheduler {
  private final Kernel kernel;

  public Scheduler(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Waits until {@code task} is asleep and off every CPU, as whoever is about to wake it must
   * (try_to_wake_up). Interrupts are on: the waker of a task that still runs does not exist yet.
   */
  public void waitTaskInactive(Cpu cpu, Task task) {
    cpu.step("try_to_wake_up");
    cpu.await(task.state, Cond.NE, Task.TASK_NEW, Ordering.ACQUIRE, Sites.WAKE_NEW);
    cpu.await(task.onCpu, Cond.EQ, 0, Ordering.ACQUIRE, Sites.ON_CPU_ACQUIRE);
  }

  /** __schedule, with the pick already made: switches this CPU to {@code next}. */
  public void schedule(Cpu cpu, Task next) {
    cpu.step("__schedule");
    RunQueue rq = kernel.rq(cpu);
    cpu.irqDisable(Sites.IRQ_SCHEDULE);
    cpu.lock(rq.lock, Sites.RQ_LOCK);
    cpu.smpMbAfterSpinlock(Sites.B1);
    Task prev = kernel.current(cpu);
    if (prev == next) {
      cpu.unlock(rq.lock, Sites.RQ_LOCK);
      cpu.irqEnable(Sites.IRQ_SCHEDULE);
      return;
    }
    cpu.writeOnce(rq.curr, next); // RCU_INIT_POINTER
    contextSwitch(cpu, rq, prev, next);
    if (cpu.read(next.mm) instanceof Mm mm) {
      cpu.enterUser(kernel.arch().rootOf(mm));
    }
  }

  /** context_switch: the four cases. */
  protected void contextSwitch(Cpu cpu, RunQueue rq, Task prev, Task next) {
    cpu.step("context_switch");
    cpu.rseqPreempt(Sites.RSEQ_PREEMPT_SWITCH); // prepare_task_switch: of prev
    cpu.writeOnce(next.onCpu, 1); // prepare_task
    Mm nextMm = cpu.read(next.mm);
    Mm prevActive = kernel.activeMm(cpu, prev);
    Mm nextActive;
    if (nextMm == null) { // to kernel
      nextActive = kernel.lazyMm().enterLazyTlb(cpu, kernel.arch(), prevActive, next);
      cpu.write(next.activeMm, nextActive);
      if (cpu.read(prev.mm) != null) { // from user
        kernel.lazyMm().mmgrabLazyTlb(cpu, prevActive);
      } else {
        cpu.write(prev.activeMm, null);
      }
    } else { // to user
      kernel.membarrier().switchMm(cpu, rq, prevActive, nextMm);
      kernel.arch().switchMmIrqsOff(cpu, prevActive, nextMm, next);
      kernel.membarrier().finishSwitchMm(cpu, nextMm);
      if (cpu.read(prev.mm) == null) { // from kernel
        kernel.lazyMm().exitLazyTlb(cpu, rq, prev, prevActive);
      }
      nextActive = nextMm;
    }
    switchTo(cpu, rq, next, nextActive);
    finishTaskSwitch(cpu, rq, prev);
  }

  /** switch_to: from here the CPU is on next's stack, and current is next. */
  protected void switchTo(Cpu cpu, RunQueue rq, Task next, Mm activeMm) {
    kernel.arch().switchTo(cpu, next);
    cpu.writeOnce(rq.currentTask, next);
    cpu.hold(Kernel.ACTIVE_MM, activeMm);
  }

  /** finish_task_switch: what must not be done on prev's stack or under the rq lock. */
  protected void finishTaskSwitch(Cpu cpu, RunQueue rq, Task prev) {
    cpu.step("finish_task_switch");
    Mm mm = cpu.read(rq.prevMm);
    if (mm != null) {
      cpu.write(rq.prevMm, null);
    }
    long prevState = cpu.readOnce(prev.state);
    cpu.storeRelease(prev.onCpu, 0, Sites.ON_CPU_RELEASE); // finish_task
    cpu.unlock(rq.lock, Sites.RQ_LOCK); // finish_lock_switch
    cpu.irqEnable(Sites.IRQ_SCHEDULE);
    kernel.arch().finishArchPostLockSwitch(cpu);
    if (mm != null) {
      kernel.membarrier().mmSyncCoreBeforeUsermode(cpu, mm);
      kernel.mmdropLazyTlbSched(cpu, mm);
    }
    kernel.lazyMm().finishTaskSwitch(cpu);
    if (prevState == Task.TASK_DEAD) {
      cpu.step("finish_task_switch");
      kernel.hotplug().releaseTask(cpu, prev);
    }
  }
}
