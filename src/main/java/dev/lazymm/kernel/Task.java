package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;

/** struct task_struct (include/linux/sched.h), as far as address spaces go. */
public final class Task extends KObject {
  /** {@link #state}: not woken for the first time yet. */
  public static final long TASK_NEW = 0x800;

  /** {@link #state}: may run. */
  public static final long TASK_RUNNING = 0;

  /** {@link #state}: has left the CPU for ever. */
  public static final long TASK_DEAD = 0x80;

  /** {@link #flags}: a kernel thread. */
  public static final long PF_KTHREAD = 0x0020_0000;

  /** What the task owns; NULL for kernel contexts. */
  public final Ref<Mm> mm;

  /** What the MMU is on while the task runs; NULL while a kernel context does not run. */
  public final Ref<Mm> activeMm;

  /** 1 from before the task is switched to until it is switched away from entirely. */
  public final Cell onCpu;

  /** TASK_RUNNING, TASK_NEW or TASK_DEAD. */
  public final Cell state;

  /** PF_KTHREAD or 0. */
  public final Cell flags;

  /** task_lock. */
  public final Lock allocLock;

  /** What for_each_process finds the task by; outlives it. */
  public final Pid pid;

  /** Makes a slot; boot or {@link Fork} gives it values. */
  public Task(Memory memory, String name) {
    super(memory, name);
    mm = memory.ref(this, "mm", Mm.class);
    activeMm = memory.ref(this, "active_mm", Mm.class);
    onCpu = memory.cell(this, "on_cpu", 0);
    state = memory.cell(this, "__state", TASK_NEW);
    flags = memory.cell(this, "flags", 0);
    allocLock = memory.lock(this, "alloc_lock");
    pid = new Pid(memory, "pid(" + name + ")");
  }

  @Override
  public String type() {
    return "task_struct";
  }

  /** struct pid: whether the task is on the list of all processes. Only hotplug looks there. */
  public static final class Pid extends KObject {
    /** 1 from the end of copy_process to release_task. */
    public final Cell task;

    Pid(Memory memory, String name) {
      super(memory, name);
      task = memory.cell(this, "task", 0);
    }

    @Override
    public String type() {
      return "pid";
    }
  }
}
