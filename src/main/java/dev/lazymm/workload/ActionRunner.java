package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.MembarrierCommand;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.workload.Progress.Taken;
import java.util.Objects;

/**
 * Turns actions into calls of the kernel: the one place where it is written down what each action
 * means. Immutable, so it serves many CPUs and many executions at once.
 */
final class ActionRunner {
  private final Kernel kernel;
  private final ScenarioObjects objects;

  ActionRunner(Kernel kernel, ScenarioObjects objects) {
    this.kernel = kernel;
    this.objects = objects;
  }

  /** Does one action on {@code cpu}. */
  void run(Cpu cpu, Action action, Progress progress) {
    switch (action) {
      case Action.Run run -> run(cpu, run.task(), progress);
      case Action.Idle _ -> idle(cpu, progress);
      case Action.Exit _ -> {
        kernel.exitMm().exitMm(cpu);
        kernel.exitMm().doTaskDead(cpu);
        idle(cpu, progress);
      }
      case Action.Exec exec -> exec(cpu, exec.mm(), progress);
      case Action.Fork fork -> {
        kernel.fork().fork(cpu, objects.task(fork.child()), Names.mmOf(fork.child()));
        cpu.backToUser();
      }
      case Action.Clone clone -> {
        kernel.fork().cloneVm(cpu, objects.task(clone.child()));
        cpu.backToUser();
      }
      case Action.Use use -> use(cpu, use.mm(), progress);
      case Action.Unuse _ -> unuse(cpu, progress);
      case Action.Pin pin -> {
        kernel.lifetime().mmgrab(cpu, mm(cpu, pin.mm(), progress));
        backToUser(cpu, progress);
      }
      case Action.Unpin unpin -> {
        kernel.lifetime().mmdrop(cpu, mm(cpu, unpin.mm(), progress));
        backToUser(cpu, progress);
      }
      case Action.Get get -> {
        progress.got(get.mm(), take(cpu, get.mm(), progress));
        backToUser(cpu, progress);
      }
      case Action.Put put -> {
        if (progress.ungot(put.mm()).mm() instanceof Mm mm) {
          kernel.lifetime().mmput(cpu, mm);
        }
        backToUser(cpu, progress);
      }
      case Action.Munmap _ -> {
        kernel.lifetime().munmap(cpu, currentMm(cpu));
        cpu.backToUser();
      }
      case Action.Mprotect _ -> {
        kernel.lifetime().mprotect(cpu, currentMm(cpu));
        cpu.backToUser();
      }
      case Action.LeaveMm _ -> kernel.arch().leaveMm(cpu);
      case Action.Offline _ -> kernel.hotplug().offline(cpu);
      case Action.Online _ -> kernel.hotplug().startSecondary(cpu);
      case Action.Unplug unplug -> {
        kernel.hotplug().cpuDown(cpu, unplug.cpu());
        backToUser(cpu, progress);
      }
      case Action.Plug plug -> {
        kernel.hotplug().cpuUp(cpu, plug.cpu());
        backToUser(cpu, progress);
      }
      case Action.Load load -> {
        int n = ++progress.loads;
        if (!progress.useFailed()) {
          cpu.step("user");
          cpu.userLoad(objects.userCell(load.cell()), objects.load(cpu.id(), n));
          cpu.backToUser();
        }
      }
      case Action.Store store -> {
        if (!progress.useFailed()) {
          cpu.step("user");
          cpu.userStore(objects.userCell(store.cell()), store.value());
          cpu.backToUser();
        }
      }
      case Action.Membarrier call -> {
        int n = ++progress.calls;
        Integer only = call.cpu();
        long flags = only == null ? 0 : MembarrierCommand.FLAG_CPU;
        int cpuId = only == null ? 0 : only;
        long number = call.command().number();
        long result = kernel.membarrier().sysMembarrier(cpu, number, flags, cpuId);
        cpu.writeOnce(objects.result(cpu.id(), n), result);
        cpu.backToUser();
      }
      case Action.RseqBegin _ -> {
        cpu.step("user");
        cpu.rseq(currentMm(cpu), true);
      }
      case Action.RseqEnd _ -> {
        cpu.step("user");
        cpu.rseq(currentMm(cpu), false);
      }
      case Action.Preempted preempted -> {
        run(cpu, preempted.action(), progress); // the machine runs the rest at the point
        progress.loads += Op.loads(preempted.nested());
        progress.calls += Op.calls(preempted.nested());
      }
    }
  }

  /** After what kernel threads do too: they go back to user addresses only while they use an mm. */
  private static void backToUser(Cpu cpu, Progress progress) {
    String current = progress.current;
    if (current != null
        && (!Names.isKernelThread(current)
            || (progress.uses.get(current) instanceof Taken taken && taken.mm() != null))) {
      cpu.backToUser();
    }
  }

  private void run(Cpu cpu, String name, Progress progress) {
    if (name.equals(progress.current)) {
      return;
    }
    Task task = objects.task(name);
    kernel.scheduler().waitTaskInactive(cpu, task);
    kernel.scheduler().schedule(cpu, task);
    progress.current = name;
    if (objects.isForked(name) && progress.starts(name)) {
      cpu.writeOnce(objects.madeMm(Names.mmOf(name)), currentMm(cpu));
    }
  }

  private void idle(Cpu cpu, Progress progress) {
    if (progress.current != null) {
      kernel.scheduler().schedule(cpu, kernel.rq(cpu).idle);
      progress.current = null;
    }
  }

  /** bprm_mm_init, then the point of no return. */
  private void exec(Cpu cpu, String name, Progress progress) {
    cpu.step("bprm_mm_init");
    Mm mm = cpu.alloc(kernel.mms(), name);
    kernel.lifetime().mmInit(cpu, mm);
    cpu.writeOnce(objects.madeMm(name), mm);
    progress.know(name, mm);
    kernel.execMmap().execMmap(cpu, mm);
    if (progress.current != null && Names.isKernelThread(progress.current)) {
      cpu.writeOnce(kernel.current(cpu).flags, 0); // begin_new_exec clears PF_KTHREAD
    }
  }

  private void use(Cpu cpu, String name, Progress progress) {
    Taken taken = take(cpu, name, progress);
    progress.uses.put(Objects.requireNonNull(progress.current), taken);
    if (taken.mm() instanceof Mm mm) {
      kernel.kthreadUseMm().kthreadUseMm(cpu, mm);
    }
  }

  private void unuse(Cpu cpu, Progress progress) {
    Taken taken = progress.uses.remove(Objects.requireNonNull(progress.current));
    if (taken != null && taken.mm() instanceof Mm mm) {
      kernel.kthreadUseMm().kthreadUnuseMm(cpu);
      kernel.lifetime().mmput(cpu, mm);
    }
  }

  private Taken take(Cpu cpu, String name, Progress progress) {
    Mm mm = mm(cpu, name, progress);
    return new Taken(kernel.lifetime().mmgetNotZero(cpu, mm) ? mm : null);
  }

  /** An mm by name: of the start, or one that this CPU has a reference of, or the current one. */
  private Mm mm(Cpu cpu, String name, Progress progress) {
    if (objects.isStart(name)) {
      return objects.startMm(name);
    }
    Mm known = progress.known(name);
    if (known != null) {
      return known;
    }
    Mm own = currentMm(cpu);
    progress.know(name, own);
    return own;
  }

  private Mm currentMm(Cpu cpu) {
    return Objects.requireNonNull(cpu.read(kernel.current(cpu).mm), "current->mm");
  }
}
