package dev.lazymm.check;

import dev.lazymm.workload.EndLaws;
import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Judges executions by every invariant and by the scenario's own conditions. */
class CheckTally implements Tally {
  private final Prepared prepared;
  private final List<Expectation> expectations;
  private final Shortest broken = new Shortest();

  /** Which of the states that the scenario says exist were seen. */
  private final Set<Integer> seen = new TreeSet<>();

  private final CostCounter costs = new CostCounter();
  private Population population;
  private long foundAt = -1;

  CheckTally(Prepared prepared) {
    this(prepared, Population.of(prepared.memory()));
  }

  private CheckTally(Prepared prepared, Population population) {
    this.prepared = prepared;
    this.population = population;
    expectations = prepared.expectations();
  }

  @Override
  public Tally fresh() {
    return new CheckTally(prepared, population);
  }

  Shortest broken() {
    return broken;
  }

  CostCounter costs() {
    return costs;
  }

  /** {@return the states that the scenario says exist, and that were not seen} */
  List<Expectation> missing() {
    List<Expectation> missing = new ArrayList<>();
    for (int i = 0; i < expectations.size(); i++) {
      if (expectations.get(i).kind() == Expectation.Kind.EXISTS && !seen.contains(i)) {
        missing.add(expectations.get(i));
      }
    }
    return missing;
  }

  @Override
  public long foundAt() {
    return foundAt;
  }

  @Override
  public void append(Tally other) {
    CheckTally later = (CheckTally) other;
    broken.append(later.broken);
    seen.addAll(later.seen);
    costs.append(later.costs);
  }

  // ---- graphs ----------------------------------------------------------------------------------

  @Override
  public boolean complete(Explorer explorer, Graph graph) {
    costs.add(graph);
    Execution x = execution(explorer, graph);
    for (Invariant invariant : Invariants.ALL) {
      invariant.find(x).ifPresent(finding -> note(invariant.name(), finding, x, explorer));
    }
    for (EndLaws.Broken end : x.endLaws().expectations()) {
      noteEnd(end.law(), end.what(), x, explorer);
    }
    for (int i = 0; i < expectations.size(); i++) {
      Expectation e = expectations.get(i);
      if (e.kind() == Expectation.Kind.EXISTS && prepared.holds(e.condition(), x)) {
        seen.add(i);
      }
    }
    return true;
  }

  Execution execution(Explorer explorer, Graph graph) {
    population = population.upToDate(prepared.memory());
    return new Execution(explorer, graph, prepared, population);
  }

  /** An execution that did not end is judged by what can be said before the end. */
  private Execution judged(Explorer explorer, Graph graph) {
    Execution x = execution(explorer, graph);
    for (Invariant invariant : Invariants.OF_PREFIXES) {
      invariant.find(x).ifPresent(finding -> note(invariant.name(), finding, x, explorer));
    }
    return x;
  }

  @Override
  public boolean hung(Explorer explorer, Graph graph) {
    Execution x = judged(explorer, graph);
    noteEnd(Invariants.HANG, explorer.waiting(), x, explorer);
    return true;
  }

  @Override
  public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
    Execution x = judged(explorer, graph);
    String what = "the code of CPU %d fails: %s".formatted(cpu, failure.getMessage());
    noteEnd(Invariants.OOPS, what, x, explorer);
    return true;
  }

  private void noteEnd(String name, String what, Execution x, Explorer explorer) {
    note(name, new Finding(what, CountLaw.lastEvents(x), false), x, explorer);
  }

  /** An execution breaks something. */
  void note(String name, Finding finding, Execution x, Explorer explorer) {
    if (broken.isEmpty()) {
      foundAt = explorer.executions() + explorer.blocked();
    }
    broken.note(name, finding, x, explorer);
  }

  // ---- in a file -------------------------------------------------------------------------------

  @Override
  public List<String> save() {
    List<String> lines = new ArrayList<>();
    lines.add(costs.save());
    lines.add(String.join(" ", seen.stream().map(String::valueOf).toList()));
    lines.add(Long.toString(foundAt));
    lines.addAll(broken.save());
    return lines;
  }

  @Override
  public void load(List<String> lines) {
    costs.load(lines.get(0));
    for (String word : lines.get(1).split(" ", -1)) {
      if (!word.isEmpty()) {
        seen.add(Integer.valueOf(word));
      }
    }
    foundAt = Long.parseLong(lines.get(2));
    lines.stream().skip(3).forEach(broken::load);
  }
}
