package dev.lazymm.workload;

import dev.lazymm.kernel.MembarrierCommand;
import dev.lazymm.workload.WalkState.CpuState;
import dev.lazymm.workload.WalkState.Plugged;
import dev.lazymm.workload.WalkState.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each action makes sense, and what it does to the state of a {@link Walk}. */
final class ActionRules {
  /** The mms that were made, in order. */
  final List<String> madeMms = new ArrayList<>();

  /** For each mm the first action that reaches for it without holding a reference. */
  final Map<String, Op> unsafe = new LinkedHashMap<>();

  private final Declarations declarations;
  private final WalkState state;
  private final Map<String, Integer> unmapper = new HashMap<>();

  ActionRules(Declarations declarations, WalkState state) {
    this.declarations = declarations;
    this.state = state;
  }

  void perform(CpuState cpu, Op op) {
    if (cpu.inRseq && !allowedInRseq(op.action())) {
      throw op.refuse(
          "a restartable sequence is open here, and system calls in it are not allowed",
          "load, store or rseq-end");
    }
    if (cpu.plugged != Plugged.ONLINE && !(op.action() instanceof Action.Online)) {
      throw op.refuse("cpu " + cpu.id + " is offline", "online, as nothing else can be done there");
    }
    switch (op.action()) {
      case Action.Run run -> run(cpu, op, state.task(run.task()));
      case Action.Idle _ -> cpu.enter(null);
      case Action.Exit _ -> {
        TaskState task = withoutUse(cpu, op, "exit");
        task.dead = true;
        task.keepsMm = false;
        task.mm = null;
        cpu.enter(null);
      }
      case Action.Exec exec -> {
        TaskState task = withoutUse(cpu, op, "exec");
        task.keepsMm = false;
        task.mm = exec.mm();
        madeMms.add(exec.mm());
      }
      case Action.Fork fork -> {
        ownMm(cpu, op, "fork");
        birth(fork.child(), Names.mmOf(fork.child()));
        madeMms.add(Names.mmOf(fork.child()));
      }
      case Action.Clone clone -> {
        String mm = ownMm(cpu, op, "clone");
        if (!Names.mmOf(clone.child()).equals(mm)) {
          throw op.refuse(
              "a clone made here has mm " + mm, "a child named " + mm + " and a number");
        }
        birth(clone.child(), mm);
      }
      case Action.Use use -> use(cpu, op, use.mm());
      case Action.Unuse _ -> unuse(cpu, op);
      case Action.Pin pin -> {
        reach(cpu, op, pin.mm());
        cpu.holdings.pin(pin.mm());
      }
      case Action.Unpin unpin -> {
        if (!cpu.holdings.unpin(unpin.mm())) {
          throw missing(cpu, op, "pin", unpin.mm());
        }
      }
      case Action.Get get -> {
        reach(cpu, op, get.mm());
        cpu.holdings.get(get.mm(), op);
      }
      case Action.Put put -> {
        if (!cpu.holdings.put(put.mm())) {
          throw missing(cpu, op, "get", put.mm());
        }
      }
      case Action.Munmap _ -> {
        String mm = ownMm(cpu, op, "munmap");
        Integer other = unmapper.putIfAbsent(mm, cpu.id);
        if (other != null && other != cpu.id) {
          throw op.refuse(
              "cpu " + other + " unmaps the same range of " + mm,
              "one CPU that does, because mmap_lock is not modelled");
        }
      }
      case Action.Mprotect _ -> ownMm(cpu, op, "mprotect");
      case Action.LeaveMm _ -> {
        if (cpu.current != null) {
          throw op.refuse(cpu.current.name + " runs here", "an idle CPU, as idle; leave-mm");
        }
      }
      case Action.Offline _ -> {
        if (cpu.current != null) {
          throw op.refuse(cpu.current.name + " runs here", "an idle CPU, as idle; offline");
        }
        cpu.plugged = Plugged.DEAD;
      }
      case Action.Online _ -> {
        if (cpu.plugged != Plugged.COMING) {
          throw op.refuse("cpu " + cpu.id + " is online", "an offline before it");
        }
        cpu.plugged = Plugged.ONLINE;
      }
      case Action.Unplug unplug -> {
        current(cpu, op);
        plug(op, unplug.cpu(), Plugged.DEAD, Plugged.OFFLINE);
      }
      case Action.Plug plug -> {
        current(cpu, op);
        plug(op, plug.cpu(), Plugged.OFFLINE, Plugged.COMING);
      }
      case Action.Load _, Action.Store _ -> {
        TaskState task = current(cpu, op);
        if (task.mm == null && task.use == null) {
          throw op.refuse(task.name + " has no mm", "a user task, or a kernel thread after use");
        }
      }
      case Action.Membarrier call -> membarrier(cpu, op, call);
      case Action.RseqBegin _ -> {
        ownMm(cpu, op, "rseq-begin");
        if (cpu.inRseq) {
          throw op.refuse("a restartable sequence is open here", "an rseq-end before it");
        }
        cpu.inRseq = true;
      }
      case Action.RseqEnd _ -> {
        if (!cpu.inRseq) {
          throw op.refuse("no restartable sequence is open here", "an rseq-begin before it");
        }
        cpu.inRseq = false;
      }
      case Action.Preempted _ -> throw new AssertionError("laid flat");
    }
  }

  private static boolean allowedInRseq(Action action) {
    return action instanceof Action.Load
        || action instanceof Action.Store
        || action instanceof Action.RseqBegin
        || action instanceof Action.RseqEnd;
  }

  private void membarrier(CpuState cpu, Op op, Action.Membarrier call) {
    ownMm(cpu, op, "membarrier");
    Integer only = call.cpu();
    if (only != null && call.command() != MembarrierCommand.PRIVATE_EXPEDITED_RSEQ) {
      throw op.refuse(
          call.command().word() + " is for all CPUs", "no cpu, or private-expedited-rseq");
    }
    if (only != null && only >= state.cpus.size()) {
      throw op.refuse("there is no cpu " + only, "a CPU of the scenario");
    }
  }

  private void plug(Op op, int target, Plugged from, Plugged to) {
    if (state.cpus.get(target).plugged != from) {
      throw op.refuse("cpu " + target + " is not unplugged", "an unplug " + target + " before it");
    }
    state.cpus.get(target).plugged = to;
  }

  private static void run(CpuState cpu, Op op, TaskState task) {
    if (task.dead) {
      throw op.refuse(task.name + " has exited", "a task that is alive");
    }
    if (task.use != null && task.use.cpu() != cpu.id) {
      throw op.refuse(
          task.name + " uses " + task.use.mm() + " since cpu " + task.use.cpu(),
          "an unuse there first");
    }
    cpu.enter(task);
  }

  private void use(CpuState cpu, Op op, String mm) {
    TaskState task = withoutUse(cpu, op, "another use");
    if (task.mm != null) {
      throw op.refuse(task.name + " has an mm of its own", "a kernel thread");
    }
    reach(cpu, op, mm);
    task.use = new WalkState.Use(mm, op, cpu.id);
  }

  private static void unuse(CpuState cpu, Op op) {
    TaskState task = current(cpu, op);
    if (task.use == null) {
      throw op.refuse(task.name + " uses no mm here", "a use before it");
    }
    if (task.use.op().nested() != op.nested()) {
      throw op.refuse(
          "the use of " + task.use.mm() + " is on the other side of a bracket",
          "both inside [ ] or both outside");
    }
    task.use = null;
  }

  /** The struct must not go away under mmget_not_zero and mmgrab, nor is a new one known to all. */
  private void reach(CpuState cpu, Op op, String mm) {
    boolean start = declarations.startMms.contains(mm);
    if (!start && !declarations.made.containsKey(mm)) {
      throw op.refuse("there is no mm " + mm, "an mm that a task has");
    }
    if (!start && op.nested()) {
      throw op.refuse(mm + " is made in the run", "an mm of the start, while preempted");
    }
    boolean own = cpu.current != null && mm.equals(cpu.current.mm);
    if (own || cpu.holdings.holds(mm)) {
      return;
    }
    if (!start) {
      throw op.refuse(
          "cpu " + cpu.id + " cannot know mm " + mm, "its own mm, or one it has pinned");
    }
    unsafe.putIfAbsent(mm, op);
  }

  private void birth(String name, String mm) {
    TaskState child = state.task(name);
    child.alive = true;
    child.mm = mm;
  }

  private static TaskState current(CpuState cpu, Op op) {
    if (cpu.current == null) {
      throw op.refuse("the idle task runs here", "a task before it, as (A1) or run A1");
    }
    return cpu.current;
  }

  private static TaskState withoutUse(CpuState cpu, Op op, String what) {
    TaskState task = current(cpu, op);
    if (task.use != null) {
      throw op.refuse(task.name + " uses " + task.use.mm(), "an unuse before " + what);
    }
    return task;
  }

  private static String ownMm(CpuState cpu, Op op, String what) {
    TaskState task = current(cpu, op);
    if (task.mm == null) {
      throw op.refuse(
          what + " needs an mm, and " + task.name + " has none of its own",
          "a user task, or a kernel thread after exec");
    }
    return task.mm;
  }

  private static InvalidScenarioException missing(CpuState cpu, Op op, String what, String mm) {
    return op.refuse(
        "cpu " + cpu.id + " has no " + what + " of " + mm,
        "a " + what + " before it, or start: cpu " + cpu.id + " " + what + "s " + mm);
  }
}
