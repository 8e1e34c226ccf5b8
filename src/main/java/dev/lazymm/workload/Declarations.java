package dev.lazymm.workload;

import dev.lazymm.workload.Action.Preempted;
import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names a scenario uses and what makes each; refuses a name that is made twice, and a task
 * that two CPUs could run at once.
 */
final class Declarations {
  final Set<String> startTasks = new LinkedHashSet<>();
  final Set<String> startMms = new LinkedHashSet<>();
  final Map<String, Place> born = new LinkedHashMap<>(); // tasks of fork and clone
  final Map<String, Place> made = new LinkedHashMap<>(); // mms of fork and exec
  final Set<String> forkChildren = new LinkedHashSet<>();
  final Set<String> cells = new LinkedHashSet<>();
  private final Set<String> mentioned = new LinkedHashSet<>();
  private final Map<String, Integer> runner = new HashMap<>();
  private int plugger = -1;
  private int cpus;

  private Declarations() {}

  static Declarations of(Scenario scenario) {
    Declarations d = new Declarations();
    for (int cpu = 0; cpu < scenario.cpus().size(); cpu++) {
      CpuLine line = scenario.cpus().get(cpu);
      if (line.running() != null) {
        d.mentioned.add(line.running());
      }
      d.cpus = scenario.cpus().size();
      d.preemptions(cpu, line.actions());
      for (Op op : Op.of(cpu, line.actions())) {
        d.declare(cpu, op);
      }
    }
    d.starts(scenario);
    return d;
  }

  /** Whatever brings the CPU to a preemption point, the same actions follow: so one each. */
  private void preemptions(int cpu, List<Action> actions) {
    int ordinal = 0;
    for (Action action : actions) {
      if (action instanceof Preempted preempted) {
        Place place = Place.action(cpu, ordinal);
        Action outer = preempted.action();
        switch (outer) {
          case Action.Run _,
              Action.Idle _,
              Action.LeaveMm _,
              Action.Load _,
              Action.Store _,
              Action.Membarrier _,
              Action.RseqBegin _,
              Action.RseqEnd _,
              Action.Offline _,
              Action.Online _,
              Action.Unplug _,
              Action.Plug _ ->
              throw new InvalidScenarioException(
                  place,
                  "this action has no preemption point",
                  "[ ] after exec, exit, fork, clone, use, unuse, munmap or their like");
          default -> {}
        }
        long same =
            actions.stream()
                .map(a -> a instanceof Preempted p ? p.action() : a)
                .filter(a -> a.getClass() == outer.getClass())
                .count();
        if (same > 1) {
          throw new InvalidScenarioException(
              place,
              "two actions of this kind on cpu " + cpu + ", and one of them is preempted",
              "one a CPU, because a preemption point does not know which of them it is in");
        }
        ordinal += preempted.nested().size();
      }
      ordinal++;
    }
  }

  private void declare(int cpu, Op op) {
    switch (op.action()) {
      case Action.Run run -> {
        mentioned.add(run.task());
        Integer other = runner.putIfAbsent(run.task(), cpu);
        if (other != null && other != cpu) {
          throw new InvalidScenarioException(
              op.place(),
              "cpu " + other + " runs " + run.task() + " as well, perhaps at the same time",
              "a task that one CPU alone runs, apart from where it is at the start");
        }
      }
      case Action.Fork fork -> {
        born(op, fork.child());
        made(op, Names.mmOf(fork.child()));
        forkChildren.add(fork.child());
      }
      case Action.Clone clone -> born(op, clone.child());
      case Action.Exec exec -> made(op, exec.mm());
      case Action.Unplug unplug -> plugs(op, cpu, unplug.cpu());
      case Action.Plug plug -> plugs(op, cpu, plug.cpu());
      case Action.Load load -> cells.add(load.cell());
      case Action.Store store -> cells.add(store.cell());
      default -> {}
    }
    if (op.nested()) {
      switch (op.action()) {
        case Action.Exit _,
            Action.Exec _,
            Action.Fork _,
            Action.Clone _,
            Action.Munmap _,
            Action.RseqBegin _,
            Action.RseqEnd _,
            Action.Offline _,
            Action.Online _,
            Action.Unplug _,
            Action.Plug _ ->
            throw new InvalidScenarioException(
                op.place(),
                "not while preempted: a kernel may lack the preemption point",
                "run, idle, use, unuse, pin, unpin, get, put, leave-mm, mprotect, load or store");
        default -> {}
      }
    }
  }

  private void plugs(Op op, int cpu, int target) {
    if (target < 0 || target >= cpus) {
      throw op.refuse("there is no cpu " + target, "cpu 0 to cpu " + (cpus - 1));
    }
    if (target == cpu) {
      throw op.refuse("a CPU does not plug or unplug itself", "another CPU");
    }
    if (plugger >= 0 && plugger != cpu) {
      throw op.refuse(
          "cpu " + plugger + " plugs and unplugs as well",
          "one CPU that does, because cpu_hotplug_lock is not modelled");
    }
    plugger = cpu;
  }

  private void born(Op op, String child) {
    if (born.putIfAbsent(child, op.place()) != null) {
      throw new InvalidScenarioException(op.place(), child + " is born twice", "a new name");
    }
  }

  private void made(Op op, String mm) {
    if (made.putIfAbsent(mm, op.place()) != null) {
      throw new InvalidScenarioException(op.place(), "mm " + mm + " is made twice", "a new letter");
    }
  }

  private void starts(Scenario scenario) {
    Set<String> running = new LinkedHashSet<>();
    for (int cpu = 0; cpu < scenario.cpus().size(); cpu++) {
      String task = scenario.cpus().get(cpu).running();
      if (task == null) {
        continue;
      }
      if (born.containsKey(task)) {
        throw new InvalidScenarioException(
            Place.running(cpu), task + " is born later", "a task that is alive at the start");
      }
      if (!running.add(task)) {
        throw new InvalidScenarioException(
            Place.running(cpu), task + " runs on another CPU", "a task that runs nowhere else");
      }
    }
    for (String task : mentioned) {
      if (!born.containsKey(task)) {
        startTasks.add(task);
        if (Names.isUserTask(task)) {
          startMms.add(Names.mmOf(task));
        }
      }
    }
    for (Map.Entry<String, Place> mm : made.entrySet()) {
      if (startMms.contains(mm.getKey())) {
        throw new InvalidScenarioException(
            mm.getValue(), "mm " + mm.getKey() + " exists from the start", "a new letter");
      }
    }
    for (int i = 0; i < scenario.registrations().size(); i++) {
      String mm = scenario.registrations().get(i).mm();
      if (!startMms.contains(mm)) {
        throw new InvalidScenarioException(
            Place.registration(i),
            "no task has mm " + mm + " at the start",
            "one of the mms " + startMms);
      }
    }
    for (int i = 0; i < scenario.references().size(); i++) {
      Reference reference = scenario.references().get(i);
      if (reference.cpu() >= scenario.cpus().size() || reference.cpu() < 0) {
        throw new InvalidScenarioException(
            Place.reference(i), "there is no cpu " + reference.cpu(), "a CPU of the scenario");
      }
      if (!startMms.contains(reference.mm())) {
        throw new InvalidScenarioException(
            Place.reference(i),
            "no task has mm " + reference.mm() + " at the start",
            "one of the mms " + startMms);
      }
    }
  }
}
