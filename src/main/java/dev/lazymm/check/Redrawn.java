package dev.lazymm.check;

import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Setup;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the witness of an execution of which is known how to come to it: grows it once more, in a
 * memory of its own. What objects are called, and in which order they come, then does not depend on
 * what else was explored.
 */
final class Redrawn {
  private final Scenario scenario;
  private final KernelFactory factory;
  private final Supplier<MemoryModel> models;
  private final Explorer.Options options;
  private final List<String> known;
  private final @Nullable List<String> show;
  private final Consumer<Counterexample> found;

  /**
   * @param known the footprint of the run that found what is to be drawn
   * @param show the relations to show besides the usual ones, if it is to be explained; else null
   * @param found is given each execution
   */
  Redrawn(
      Scenario scenario,
      KernelFactory factory,
      Supplier<MemoryModel> models,
      Explorer.Options options,
      List<String> known,
      @Nullable List<String> show,
      Consumer<Counterexample> found) {
    this.scenario = scenario;
    this.factory = factory;
    this.models = models;
    this.options = options;
    this.known = List.copyOf(known);
    this.show = show;
    this.found = found;
  }

  /** {@return what is broken, with a witness} */
  Violation of(String invariant, Shortest.Best best) {
    Prepared prepared = Setup.prepare(scenario, factory);
    Catcher catcher = new Catcher(prepared, invariant, best);
    Explorer explorer = new Explorer(prepared.program(), models.get(), options, catcher);
    explorer.limit(Headroom.share());
    explorer.retrace(
        Saved.known(known, prepared.memory(), prepared.kernel().slabs()), best.path(), catcher);
    Finding finding = Objects.requireNonNull(catcher.finding, "the execution is another");
    Graph graph = Objects.requireNonNull(catcher.graph, "of a finding");
    found.accept(new Counterexample(graph, known));
    Execution x = catcher.execution(explorer, graph);
    Harm harm = new Harm(x, invariant, finding);
    List<SavedBy> savedBy = new Rescue(explorer, harm).find();
    if (show == null) {
      Witness w = new WitnessMaker(explorer, x, finding).make();
      return new Violation(invariant, finding.what(), w, savedBy, null);
    }
    Explainer explainer = new Explainer(explorer, harm);
    WitnessMaker maker = new WitnessMaker(explorer, x, finding, explainer.told());
    Witness w = maker.make();
    return new Violation(invariant, finding.what(), w, savedBy, explainer.explained(maker, show));
  }

  /** Waits for a finding. */
  private static final class Catcher extends CheckTally {
    private final String invariant;
    private final Shortest.Best best;
    private @Nullable Finding finding;
    private @Nullable Graph graph;

    Catcher(Prepared prepared, String invariant, Shortest.Best best) {
      super(prepared);
      this.invariant = invariant;
      this.best = best;
    }

    @Override
    void note(String name, Finding found, Execution x, Explorer explorer) {
      if (finding == null && name.equals(invariant) && best.is(found, x)) {
        finding = found;
        graph = x.keptGraph();
      }
    }
  }
}
