package dev.lazymm.workload;

import java.util.List;
import java.util.Set;

/** Refuses conditions on things that the scenario does not have. */
final class AtomRules {
  private final Scenario scenario;
  private final Outline outline;
  private int expectation;
  private int atom;

  private AtomRules(Scenario scenario, Outline outline) {
    this.scenario = scenario;
    this.outline = outline;
  }

  static void check(Scenario scenario, Outline outline) {
    AtomRules rules = new AtomRules(scenario, outline);
    for (Expectation expectation : scenario.expectations()) {
      rules.atom = 0;
      rules.visit(expectation.condition());
      rules.expectation++;
    }
  }

  private void visit(Condition condition) {
    switch (condition) {
      case Condition.All all -> all.of().forEach(this::visit);
      case Condition.Any any -> any.of().forEach(this::visit);
      case Condition.Not not -> visit(not.of());
      case Condition.CpuIs is -> {
        cpu(is.cpu());
        register(is);
        atom++;
      }
      case Condition.Loaded loaded -> {
        cpu(loaded.cpu());
        int loads = outline.loads().get(loaded.cpu());
        if (loaded.n() < 1 || loaded.n() > loads) {
          throw refuse(
              "there is no load " + loaded.n() + " on cpu " + loaded.cpu(),
              loads == 0 ? "a CPU that has a load" : "r1 to r" + loads);
        }
        atom++;
      }
      case Condition.Returned returned -> {
        cpu(returned.cpu());
        int calls = outline.calls().get(returned.cpu());
        if (returned.n() < 1 || returned.n() > calls) {
          throw refuse(
              "there is no membarrier " + returned.n() + " on cpu " + returned.cpu(),
              calls == 0 ? "a CPU that has a membarrier" : "ret1 to ret" + calls);
        }
        atom++;
      }
      case Condition.InMask in -> {
        cpu(in.cpu());
        mm(in.mm(), Set.of());
        atom++;
      }
      case Condition.Count count -> {
        mm(count.mm(), Set.of("init"));
        atom++;
      }
      case Condition.Users users -> {
        mm(users.mm(), Set.of("init"));
        atom++;
      }
      case Condition.Freed freed -> {
        mm(freed.mm(), Set.of());
        atom++;
      }
      case Condition.CellIs is -> {
        if (!outline.cells().contains(is.cell())) {
          throw refuse(
              "nothing loads or stores " + is.cell(),
              outline.cells().isEmpty() ? "no user cell" : "one of " + outline.cells());
        }
        atom++;
      }
    }
  }

  private void register(Condition.CpuIs is) {
    switch (is.register()) {
      case CURR -> {
        boolean task =
            outline.startTasks().contains(is.value()) || outline.bornTasks().contains(is.value());
        if (!task && !is.value().equals("idle")) {
          throw refuse("there is no task " + is.value(), "a task of the scenario, or idle");
        }
      }
      case MM -> mm(is.value(), Set.of("NULL"));
      case ACTIVE_MM -> mm(is.value(), Set.of("NULL", "init"));
      case ROOT -> mm(is.value(), Set.of("init"));
    }
  }

  private void cpu(int cpu) {
    if (cpu < 0 || cpu >= scenario.cpus().size()) {
      throw refuse("there is no cpu " + cpu, "cpu 0 to cpu " + (scenario.cpus().size() - 1));
    }
  }

  private void mm(String name, Set<String> words) {
    List<String> start = outline.startMms();
    if (!start.contains(name) && !outline.madeMms().contains(name) && !words.contains(name)) {
      String mms = String.join(" ", start) + " " + String.join(" ", outline.madeMms());
      String more =
          words.isEmpty() ? "" : " or " + String.join(", ", words.stream().sorted().toList());
      throw refuse("there is no mm " + name, "one of " + mms.strip() + more);
    }
  }

  private InvalidScenarioException refuse(String what, String expected) {
    return new InvalidScenarioException(Place.atom(expectation, atom), what, expected);
  }
}
