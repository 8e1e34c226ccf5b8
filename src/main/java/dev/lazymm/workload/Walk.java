package dev.lazymm.workload;

import dev.lazymm.workload.WalkState.CpuState;
import dev.lazymm.workload.WalkState.Plugged;
import dev.lazymm.workload.WalkState.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes every CPU through its actions in one order that the waits allow, and refuses what makes no
 * sense. Since no two CPUs can run the same task at once, all such orders agree on all that is
 * looked at here. Owned by one thread; used once.
 */
final class Walk {
  private final Scenario scenario;
  private final Declarations declarations;
  private final WalkState state;
  private final ActionRules rules;

  Walk(Scenario scenario, Declarations declarations) {
    this.scenario = scenario;
    this.declarations = declarations;
    List<CpuState> cpus = new ArrayList<>();
    for (int i = 0; i < scenario.cpus().size(); i++) {
      cpus.add(new CpuState(i, Op.of(i, scenario.cpus().get(i).actions())));
    }
    state = new WalkState(cpus);
    rules = new ActionRules(declarations, state);
    for (String name : declarations.startTasks) {
      TaskState task = state.task(name);
      task.alive = true;
      task.mm = Names.isUserTask(name) ? Names.mmOf(name) : null;
    }
    for (CpuState cpu : cpus) {
      String running = scenario.cpus().get(cpu.id).running();
      cpu.enter(running == null ? null : state.task(running));
    }
    for (Scenario.Reference reference : scenario.references()) {
      Holdings holdings = cpus.get(reference.cpu()).holdings;
      if (reference.user()) {
        holdings.get(reference.mm(), null);
      } else {
        holdings.pin(reference.mm());
      }
    }
  }

  void run() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (CpuState cpu : state.cpus) {
        while (!cpu.done() && !blocked(cpu)) {
          step(cpu, cpu.op());
          cpu.next++;
          moved = true;
        }
      }
    }
    for (CpuState cpu : state.cpus) {
      if (!cpu.done()) {
        throw stuck(cpu.op());
      }
    }
    end();
  }

  private void step(CpuState cpu, Op op) {
    if (op.edge().begins()) {
      cpu.preempted = cpu.current;
      cpu.before = cpu.holdings.copy();
    }
    rules.perform(cpu, op);
    if (op.edge().ends()) {
      endPreemption(cpu, op);
    }
  }

  private boolean blocked(CpuState cpu) {
    return switch (cpu.op().action()) {
      case Action.Run run -> {
        TaskState task = state.task(run.task());
        yield !task.dead && (!task.alive || (task.cpu >= 0 && task.cpu != cpu.id));
      }
      case Action.Unplug unplug -> state.cpus.get(unplug.cpu()).plugged != Plugged.DEAD;
      case Action.Online _ ->
          cpu.plugged == Plugged.DEAD || cpu.plugged == Plugged.OFFLINE; // else refused
      default -> false;
    };
  }

  private InvalidScenarioException stuck(Op op) {
    if (op.action() instanceof Action.Unplug(int target)) {
      return op.refuse(
          "waits for ever for cpu " + target + " to leave", "an offline there that is reached");
    }
    if (op.action() instanceof Action.Online) {
      return op.refuse("waits for ever to be plugged", "an unplug and a plug that are reached");
    }
    TaskState task = state.task(((Action.Run) op.action()).task());
    if (!task.alive) {
      return op.refuse("waits for ever for the birth of " + task.name, "a fork that is reached");
    }
    return op.refuse(
        "waits for ever for " + task.name + " to leave cpu " + task.cpu,
        "a run, idle or exit there that is reached");
  }

  private void endPreemption(CpuState cpu, Op op) {
    for (TaskState task : state.tasks.values()) {
      if (task.use != null && task.use.op().nested()) {
        throw task.use
            .op()
            .refuse(task.name + " still uses " + task.use.mm() + " at ]", "an unuse before ]");
      }
    }
    if (cpu.current != cpu.preempted) {
      String back = cpu.preempted == null ? "idle" : "run " + cpu.preempted.name;
      throw op.refuse("the preempted task does not come back", back + " before ]");
    }
    if (!cpu.holdings.sameAs(cpu.before)) {
      throw op.refuse(
          "references are taken or given back while preempted", "as many of each before ]");
    }
  }

  private void end() {
    for (TaskState task : state.tasks.values()) {
      if (task.use != null) {
        throw task.use
            .op()
            .refuse(task.name + " never gives " + task.use.mm() + " up", "an unuse later");
      }
    }
    for (CpuState cpu : state.cpus) {
      if (cpu.inRseq) {
        throw cpu.ops.getLast().refuse("the restartable sequence never ends", "an rseq-end");
      }
      if (cpu.plugged == Plugged.DEAD) {
        throw cpu.ops
            .getLast()
            .refuse("nobody unplugs cpu " + cpu.id, "an unplug " + cpu.id + " on another CPU");
      }
      if (cpu.plugged == Plugged.COMING) {
        throw cpu.ops
            .getLast()
            .refuse("cpu " + cpu.id + " is plugged and does not come up", "online after it");
      }
    }
    for (CpuState cpu : state.cpus) {
      Op open = cpu.holdings.openGet();
      if (open != null) {
        throw open.refuse("what is got here is never put", "a put later");
      }
    }
    rules.unsafe.forEach((mm, op) -> {
      if (state.tasks.values().stream().noneMatch(t -> keeps(t, mm))
          && state.cpus.stream().noneMatch(cpu -> cpu.holdings.keeps(mm))) {
        throw op.refuse(
            "mm " + mm + " may be freed before",
            "a pin, as start: cpu " + op.place().index() + " pins " + mm);
      }
    });
  }

  /** Whether a task keeps the mm alive from the start to the end. */
  private boolean keeps(TaskState task, String mm) {
    return declarations.startTasks.contains(task.name) && task.keepsMm && mm.equals(task.mm);
  }

  Outline outline() {
    Map<String, Integer> users = new LinkedHashMap<>();
    Map<String, Integer> pins = new LinkedHashMap<>();
    List<String> mms = new ArrayList<>(declarations.startMms);
    mms.addAll(rules.madeMms);
    for (String mm : mms) {
      int own = (int) state.tasks.values().stream().filter(t -> mm.equals(t.mm)).count();
      users.put(mm, own + state.cpus.stream().mapToInt(c -> c.holdings.gets(mm)).sum());
      pins.put(mm, state.cpus.stream().mapToInt(c -> c.holdings.pins(mm)).sum());
    }
    return new Outline(
        List.copyOf(declarations.startTasks),
        List.copyOf(declarations.born.keySet()),
        List.copyOf(declarations.startMms),
        rules.madeMms,
        List.copyOf(declarations.forkChildren),
        List.copyOf(declarations.cells),
        scenario.cpus().stream().map(c -> Op.loads(c.actions())).toList(),
        scenario.cpus().stream().map(c -> Op.calls(c.actions())).toList(),
        users,
        pins);
  }
}
