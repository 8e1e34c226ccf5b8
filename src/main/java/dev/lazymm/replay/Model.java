package dev.lazymm.replay;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.SequentialMachine;
import dev.lazymm.workload.FinalState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One driven kernel: one design on one architecture. Each method is what one CPU does in the
 * kernel's own code.
 */
final class Model {
  final Counters counters = new Counters();
  private final Memory memory;
  private final Kernel kernel;
  private final SequentialMachine machine;
  private final Cpu[] cpus;

  /** Boots: every CPU runs its idle task, which borrows init_mm. */
  Model(Designs.Entry design, Arches.Entry arch, int cpuCount) {
    memory = new Memory(Layout.lineAnObject(), cpuCount);
    kernel =
        new Kernel(memory, arch.make(), design.make()) {
          @Override
          protected void shotLazyTlb(Cpu cpu) {
            counters.shot();
          }
        };
    machine = new SequentialMachine(memory, counters);
    cpus = machine.cpus();
    counters.mute(true);
    kernel.boot(cpus);
    counters.mute(false);
  }

  /** {@return whether the design knows of every mm whether someone borrows it} */
  boolean tellsMmsApart() {
    return kernel.lazyMm().refcounts() || kernel.lazyMm().needsMask();
  }

  /** {@return the driven kernel} */
  Kernel kernel() {
    return kernel;
  }

  /** {@return the state that the driven kernel is in now} */
  FinalState state() {
    return new FinalState() {
      @Override
      public long value(Cell cell) {
        return machine.value(cell);
      }

      @Override
      public @Nullable KObject root(int cpu) {
        return machine.root(cpu);
      }

      @Override
      public boolean freed(KObject object) {
        return machine.isFree(object);
      }

      @Override
      public boolean live(Mm mm) {
        return !freed(mm); // no slot is made before it is taken
      }
    };
  }

  /** {@return how many kernel objects were ever made} */
  int objectCount() {
    return memory.objectCount();
  }

  Task idle(int cpu) {
    return kernel.cpuRq(cpu).idle;
  }

  /** {@return a kernel thread that was there before the recording} */
  Task adoptKthread() {
    Task task = cpus[0].alloc(kernel.tasks(), "task");
    kernel.fork().kthread(cpus[0], task);
    return task;
  }

  /** {@return a task that was there before the recording, with an mm of its own} */
  Task adoptProcess() {
    return adopt(newMm(cpus[0]));
  }

  /** {@return a task that was there before the recording and shares the mm of {@code sibling}} */
  Task adoptThread(Task sibling) {
    Mm mm = mmOf(sibling);
    if (mm == null) {
      return adoptProcess();
    }
    kernel.lifetime().mmget(cpus[0], mm);
    return adopt(mm);
  }

  private Task adopt(Mm mm) {
    Cpu cpu = cpus[0];
    Task task = cpu.alloc(kernel.tasks(), "task");
    cpu.writeOnce(task.flags, 0);
    cpu.writeOnce(task.state, Task.TASK_RUNNING);
    cpu.writeOnce(task.onCpu, 0);
    cpu.write(task.mm, mm);
    cpu.write(task.activeMm, mm);
    return task;
  }

  /** mm_alloc. */
  private Mm newMm(Cpu cpu) {
    Mm mm = cpu.alloc(kernel.mms(), "mm");
    kernel.lifetime().mmInit(cpu, mm);
    return mm;
  }

  boolean hasMm(Task task) {
    return value(task.mm) != 0;
  }

  /** {@return whether {@code task} has an mm that nobody else has} */
  boolean isLastUser(Task task) {
    Mm mm = mmOf(task);
    return mm != null && machine.value(mm.mmUsers) == 1;
  }

  /** {@return whether {@code next} owns what {@code prev} has in active_mm} */
  boolean sameMm(Task prev, Task next) {
    return value(prev.activeMm) == value(next.mm);
  }

  /** {@return the mm that this CPU runs as user; null if it runs a kernel context} */
  @Nullable Mm mmOn(int cpu) {
    return mmOf(kernel.current(cpus[cpu]));
  }

  /** {@return mm_users} */
  long users(Mm mm) {
    return machine.value(mm.mmUsers);
  }

  /** The current task's mm is registered for commands of membarrier(2). */
  void registerMembarrier(int cpu, long bits) {
    Mm mm = mmOn(cpu);
    if (mm != null) {
      cpus[cpu].writeOnce(mm.membarrierState, machine.value(mm.membarrierState) | bits);
    }
  }

  /** {@return whether an mm is registered so} */
  boolean isRegistered(Mm mm, long bits) {
    return (machine.value(mm.membarrierState) & bits) == bits;
  }

  @Nullable Mm mmOf(Task task) {
    return task.mm.resolve(value(task.mm));
  }

  private long value(Ref<?> ref) {
    return machine.value(ref.cell());
  }

  void schedule(int cpu, Task next) {
    kernel.scheduler().schedule(cpus[cpu], next);
  }

  /** copy_mm: with an mm a copy or a share of it, without one a kernel thread. */
  Task fork(int cpu, Task parent, boolean shareMm) {
    Task child = cpus[cpu].alloc(kernel.tasks(), "task");
    if (!hasMm(parent)) {
      kernel.fork().kthread(cpus[cpu], child);
    } else if (shareMm) {
      kernel.fork().cloneVm(cpus[cpu], child);
    } else {
      kernel.fork().fork(cpus[cpu], child, "mm");
    }
    return child;
  }

  /** bprm_mm_init and begin_new_exec. */
  void exec(int cpu) {
    kernel.execMmap().execMmap(cpus[cpu], newMm(cpus[cpu]));
  }

  /** A flush of the current task's mm: a write to a page that fork has shared, or munmap. */
  void flush(int cpu) {
    Mm mm = mmOn(cpu);
    if (mm != null) {
      kernel.arch().flushTlbMm(cpus[cpu], mm, false);
    }
  }

  void exitMm(int cpu) {
    kernel.exitMm().exitMm(cpus[cpu]);
  }

  /**
   * exit_mm up to the middle of mmput, where its last user is preempted in exit_mmap: the user that
   * mmput has yet to give back is taken beforehand.
   *
   * @return the mm, for {@link #endExitMm}
   */
  Mm beginExitMm(int cpu) {
    Mm mm = Objects.requireNonNull(mmOf(kernel.current(cpus[cpu])), "no mm to exit from");
    kernel.lifetime().mmget(cpus[cpu], mm);
    kernel.exitMm().exitMm(cpus[cpu]);
    return mm;
  }

  /** The rest of exit_mm. */
  void endExitMm(int cpu, Mm mm) {
    kernel.lifetime().mmput(cpus[cpu], mm);
  }

  void doTaskDead(int cpu) {
    kernel.exitMm().doTaskDead(cpus[cpu]);
  }
}
