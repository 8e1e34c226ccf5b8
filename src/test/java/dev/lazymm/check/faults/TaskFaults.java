package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.exitMm;
import static dev.lazymm.check.faults.Variant.fork;

import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Fork;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import java.util.List;

/** Birth and death of tasks, and of the computer, broken. */
final class TaskFaults {
  private static final KernelMethod START_KERNEL =
      new KernelMethod("start_kernel", Kernel.class, "boot");
  private static final KernelMethod EXIT_MM = new KernelMethod("exit_mm", ExitMm.class, "exitMm");
  private static final KernelMethod DO_TASK_DEAD =
      new KernelMethod("do_task_dead", ExitMm.class, "doTaskDead");
  private static final KernelMethod FORK = new KernelMethod("fork", Fork.class, "fork");
  private static final KernelMethod CLONE_VM =
      new KernelMethod("clone(CLONE_VM)", Fork.class, "cloneVm");
  private static final KernelMethod KERNEL_THREAD =
      new KernelMethod("kernel_thread", Fork.class, "kthread");
  private static final KernelMethod DUP_MM = new KernelMethod("dup_mm", Fork.class, "dupMm");

  static final List<Fault> ALL =
      List.of(
          Fault.in(START_KERNEL, "the idle tasks' borrows of init_mm are not counted")
              .on("refcount", "x86-eager")
              .over("switch-kernel-user-other")
              .by((memory, arch, design) ->
                  new Kernel(memory, arch, design) {
                    @Override
                    public void boot(Cpu[] cpus) {
                      super.boot(cpus);
                      cpus[0].writeOnce(initMm().mmCount, 1);
                    }
                  })
              .foundBy("I4"),
          Fault.in(EXIT_MM, "the dying task's borrow is not counted")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  exitMm(k ->
                      new ExitMm(k) {
                        @Override
                        public void exitMm(Cpu cpu) {
                          super.exitMm(Bent.without(cpu, Sites.GRAB_LAZY));
                        }
                      }))
              .foundBy("I1", "I4"),
          Fault.in(EXIT_MM, "the dying task's borrow is counted after mmput")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  exitMm(k ->
                      new ExitMm(k) {
                        @Override
                        public void exitMm(Cpu cpu) {
                          Mm mm = k.activeMm(cpu, k.current(cpu));
                          super.exitMm(Bent.without(cpu, Sites.GRAB_LAZY));
                          k.lazyMm().mmgrabLazyTlb(cpu, mm);
                        }
                      }))
              .foundBy("I4", "I1", "UAF"),
          Fault.in(EXIT_MM, "current->mm is not cleared")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  exitMm(k ->
                      new ExitMm(k) {
                        @Override
                        public void exitMm(Cpu cpu) {
                          super.exitMm(Bent.withoutWrite(cpu, k.current(cpu).mm.cell()));
                        }
                      }))
              .foundBy("WARN"),
          Fault.in(DO_TASK_DEAD, "frees the task that still runs")
              .on("refcount", "x86-eager")
              .over("fork-child-exits")
              .by(
                  exitMm(k ->
                      new ExitMm(k) {
                        @Override
                        public void doTaskDead(Cpu cpu) {
                          cpu.free(k.current(cpu));
                        }
                      }))
              .foundBy("UAF"),
          Fault.in(DO_TASK_DEAD, "is left out, so nobody frees the task")
              .on("refcount", "x86-eager")
              .over("fork-child-exits")
              .by(
                  exitMm(k ->
                      new ExitMm(k) {
                        @Override
                        public void doTaskDead(Cpu cpu) {}
                      }))
              .foundBy("I5"),
          Fault.in(FORK, "the child is woken before it has its mm")
              .on("refcount", "powerpc-hash")
              .over("fork-child-exits")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        public void fork(Cpu cpu, Task child, String label) {
                          cpu.storeRelease(child.state, Task.TASK_RUNNING, Sites.WAKE_NEW);
                          super.fork(cpu, child, label);
                        }
                      }))
              .foundBy("RACE"),
          Fault.in(FORK, "the child is woken without release")
              .on("refcount", "powerpc-hash")
              .over("fork-child-exits")
              .byWeakening(Sites.WAKE_NEW)
              .foundBy("RACE"),
          Fault.in(CLONE_VM, "the child's use of the mm is not counted")
              .on("refcount", "powerpc-hash")
              .over("clone-sibling-exits")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        public void cloneVm(Cpu cpu, Task child) {
                          super.cloneVm(Bent.without(cpu, Sites.GET), child);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(KERNEL_THREAD, "PF_KTHREAD is not set")
              .on("refcount", "x86-eager")
              .over("use-unuse-exit")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        public void kthread(Cpu cpu, Task child) {
                          super.kthread(cpu, child);
                          cpu.writeOnce(child.flags, 0);
                        }
                      }))
              .foundBy("WARN"),
          Fault.in(DUP_MM, "mm_users is copied from the parent")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) fork B1; run B1; exit", "cpu 1: (A2)")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        protected Mm dupMm(Cpu cpu, Mm oldmm, String label) {
                          Mm mm = super.dupMm(cpu, oldmm, label);
                          cpu.writeOnce(mm.mmUsers, cpu.readOnce(oldmm.mmUsers));
                          return mm;
                        }
                      }))
              .foundBy("I4"),
          Fault.in(DUP_MM, "mm_count is copied from the parent")
              .on("refcount", "x86-eager")
              .over("fork-lazy-parent")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        protected Mm dupMm(Cpu cpu, Mm oldmm, String label) {
                          Mm mm = super.dupMm(cpu, oldmm, label);
                          cpu.writeOnce(mm.mmCount, cpu.readOnce(oldmm.mmCount));
                          return mm;
                        }
                      }))
              .foundBy("I4"));

  private TaskFaults() {}
}
