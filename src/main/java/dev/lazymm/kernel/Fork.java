package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import java.util.Objects;

/** copy_process and wake_up_new_task (kernel/fork.c, kernel/sched/core.c). */
public class Fork {
  private final Kernel kernel;

  public Fork(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * copy_mm without CLONE_VM: the child gets a copy of the current task's mm.
   *
   * @param child a task that does not run yet
   * @param label what reports call the new mm
   */
  public void fork(Cpu cpu, Task child, String label) {
    Mm oldmm = Objects.requireNonNull(cpu.read(kernel.current(cpu).mm), "fork: no mm");
    Mm mm = dupMm(cpu, oldmm, label);
    start(cpu, child, mm);
  }

  /** copy_mm with CLONE_VM: the child shares the current task's mm. */
  public void cloneVm(Cpu cpu, Task child) {
    Mm mm = Objects.requireNonNull(cpu.read(kernel.current(cpu).mm), "clone: no mm");
    kernel.lifetime().mmget(cpu, mm);
    start(cpu, child, mm);
  }

  /** kernel_thread: the child owns no mm. */
  public void kthread(Cpu cpu, Task child) {
    cpu.writeOnce(child.flags, Task.PF_KTHREAD);
    cpu.write(child.mm, null);
    cpu.write(child.activeMm, null);
    wakeUpNewTask(cpu, child);
  }

  /** dup_mm: copies the struct, then the page tables, then flushes the parent's TLB. */
  protected Mm dupMm(Cpu cpu, Mm oldmm, String label) {
    cpu.step("dup_mm");
    Mm mm = cpu.alloc(kernel.mms(), label);
    kernel.lifetime().mmInit(cpu, mm);
    cpu.writeOnce(mm.membarrierState, cpu.readOnce(oldmm.membarrierState));
    cpu.pteChanged(oldmm); // write-protected, for copy on write
    kernel.arch().flushTlbMm(cpu, oldmm, false);
    cpu.step("dup_mm");
    cpu.flushed(oldmm);
    return mm;
  }

  private void start(Cpu cpu, Task child, Mm mm) {
    cpu.step("copy_process");
    cpu.writeOnce(child.flags, 0);
    cpu.write(child.mm, mm);
    cpu.write(child.activeMm, mm);
    kernel.hotplug().linkTask(cpu, child);
    wakeUpNewTask(cpu, child);
  }

  private static void wakeUpNewTask(Cpu cpu, Task child) {
    cpu.step("wake_up_new_task");
    cpu.writeOnce(child.onCpu, 0);
    cpu.storeRelease(child.state, Task.TASK_RUNNING, Sites.WAKE_NEW);
  }
}
