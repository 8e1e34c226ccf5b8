package dev.lazymm.check;

import dev.lazymm.machine.Refusal;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Setup;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one execution that a {@link Counterexample} leads a scenario's kernel to. */
final class Replayed extends CheckTally {
  private record Caught(String invariant, Finding finding, Graph graph) {}

  private final Map<String, Caught> found = new TreeMap<>();
  private final Explorer explorer;

  private Replayed(Prepared prepared, MemoryModel model, Explorer.Options options) {
    super(prepared);
    HiddenCells.of(prepared.memory()); // before anything the scripts make
    explorer = new Explorer(prepared.program(), model, options, this);
  }

  /** {@return what comes about} */
  static Replayed of(
      Counterexample from,
      Scenario scenario,
      KernelFactory factory,
      Model model,
      Explorer.Options options) {
    Prepared prepared = Setup.prepare(scenario, factory);
    MemoryModel under = model.instance(prepared.kernel().arch().name());
    Replayed replayed = new Replayed(prepared, under, options);
    replayed.follow(from, Saved.known(from.known(), prepared.memory(), prepared.kernel().slabs()));
    return replayed;
  }

  private void follow(Counterexample from, Footprint.Known begun) {
    Footprint.Known known = begun;
    while (true) {
      try {
        explorer.follow(known, from.graph(), this);
        return;
      } catch (Footprint.Restart e) {
        known = explorer.footprint().known();
        found.clear();
      } catch (Explorer.TooLarge e) {
        return; // what was found before that was
      } catch (Refusal e) {
        found.clear(); // whoever explores it is told why
        return;
      }
    }
  }

  @Override
  void note(String name, Finding finding, Execution x, Explorer by) {
    found.computeIfAbsent(name, _ -> new Caught(name, finding, x.keptGraph()));
  }

  /** {@return whether anything is wrong with it} */
  boolean isBroken() {
    return !found.isEmpty();
  }

  /** {@return the gravest thing that is wrong with it; empty if nothing is, or it did not come} */
  Optional<Violation> gravest() {
    return Invariants.names().stream()
        .flatMap(name -> Optional.ofNullable(found.get(name)).stream())
        .findFirst()
        .map(this::violation);
  }

  private Violation violation(Caught caught) {
    Execution x = execution(explorer, caught.graph());
    Witness witness = new WitnessMaker(explorer, x, caught.finding()).make();
    return new Violation(caught.invariant(), caught.finding().what(), witness);
  }
}
