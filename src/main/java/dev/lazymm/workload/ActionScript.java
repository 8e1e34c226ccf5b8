package dev.lazymm.workload;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Script;
import dev.lazymm.workload.Action.Preempted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One CPU line as a script. Immutable: all that a run learns is local to the run. */
final class ActionScript implements Script {
  private final ActionRunner runner;
  private final Scenario scenario;
  private final ScenarioObjects objects;
  private final int id;
  private final List<String> texts;
  private final Map<String, Preemption> preemptions = new HashMap<>();

  /** What to do at a preemption point, and how the CPU's own actions stand there. */
  private record Preemption(List<Action> actions, @Nullable String current, int loads, int calls) {}

  ActionScript(ActionRunner runner, Scenario scenario, ScenarioObjects objects, int id) {
    this.runner = runner;
    this.scenario = scenario;
    this.objects = objects;
    this.id = id;
    texts = scenario.cpus().get(id).actions().stream().map(ScenarioWriter::write).toList();
    int loads = 0;
    int calls = 0;
    String current = scenario.cpus().get(id).running();
    for (Action action : scenario.cpus().get(id).actions()) {
      if (action instanceof Preempted preempted) {
        preemptions.put(
            preempted.point(), new Preemption(preempted.nested(), current, loads, calls));
      }
      loads += Op.loads(List.of(action));
      calls += Op.calls(List.of(action));
      current =
          switch (action) {
            case Action.Run run -> run.task();
            case Action.Idle _, Action.Exit _, Preempted(Action.Exit _, _, _) -> null;
            default -> current;
          };
    }
  }

  /** {@return where a run of this script begins} */
  Progress begin() {
    Progress progress = new Progress(scenario.cpus().get(id).running(), 0, 0);
    for (Scenario.Reference reference : scenario.references()) {
      if (reference.cpu() == id && reference.user()) {
        progress.got(reference.mm(), new Progress.Taken(objects.startMm(reference.mm())));
      }
    }
    return progress;
  }

  @Override
  public void run(Cpu cpu) {
    Progress progress = begin();
    List<Action> actions = scenario.cpus().get(id).actions();
    for (int i = 0; i < actions.size(); i++) {
      cpu.action(texts.get(i));
      runner.run(cpu, actions.get(i), progress);
    }
  }

  @Override
  public void preempted(Cpu cpu, String point) {
    Preemption preemption = preemptions.get(point);
    if (preemption == null) {
      return;
    }
    Progress progress = new Progress(preemption.current, preemption.loads, preemption.calls);
    for (Action action : preemption.actions) {
      runner.run(cpu, action, progress);
    }
  }
}
