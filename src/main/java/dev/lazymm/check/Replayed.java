package dev.lazymm.check;

import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Setup;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at the one execution that a {@link Counterexample} leads a scenario's kernel to. */
final class Replayed {
  private Replayed() {}

  /**
   * {@return the gravest thing that is broken in it; empty if it does not come about, or nothing is}
   */
  static Optional<Violation> of(
      Counterexample from,
      Scenario scenario,
      KernelFactory factory,
      Model model,
      Explorer.Options options) {
    Prepared prepared = Setup.prepare(scenario, factory);
    MemoryModel under = model.instance(prepared.kernel().arch().name());
    Catcher catcher = new Catcher(prepared);
    HiddenCells.of(prepared.memory()); // before anything the scripts make
    Explorer explorer = new Explorer(prepared.program(), under, options, catcher);
    Footprint.Known known = Saved.known(from.known(), prepared.memory(), prepared.kernel().slabs());
    while (true) {
      try {
        explorer.follow(known, from.graph(), catcher);
        return catcher.gravest(explorer);
      } catch (Footprint.Restart e) {
        known = explorer.footprint().known();
        catcher.found.clear();
      } catch (Explorer.TooLarge e) {
        return Optional.empty();
      }
    }
  }

  /** Catches all that is found. */
  private static final class Catcher extends CheckTally {
    private record Caught(Finding finding, Graph graph) {}

    private final Map<String, Caught> found = new TreeMap<>();

    Catcher(Prepared prepared) {
      super(prepared);
    }

    @Override
    void note(String name, Finding finding, Execution x, Explorer explorer) {
      found.computeIfAbsent(name, _ -> new Caught(finding, x.keptGraph()));
    }

    Optional<Violation> gravest(Explorer explorer) {
      return Invariants.names().stream()
          .filter(found::containsKey)
          .findFirst()
          .map(name -> violation(name, found.get(name), explorer));
    }

    private Violation violation(String name, Caught caught, Explorer explorer) {
      Execution x = execution(explorer, caught.graph());
      Witness witness = new WitnessMaker(explorer, x, caught.finding()).make();
      return new Violation(name, caught.finding().what(), witness);
    }
  }
}
