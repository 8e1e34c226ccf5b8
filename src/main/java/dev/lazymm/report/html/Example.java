package dev.lazymm.report.html;

import dev.lazymm.check.Invariants;
import dev.lazymm.check.Source;
import dev.lazymm.check.Violation;
import dev.lazymm.check.Witness;
import dev.lazymm.report.ExecutionPicture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A violation, as a page shows it.
 *
 * @param id the name of its place in the page
 * @param invariant by name
 * @param meaning what the invariant says; may be empty
 * @param design the design
 * @param arch the architecture
 * @param scenario as a command line names it
 * @param what what is broken in this execution
 * @param command what shows it again
 * @param picture the execution; null if there is nothing to draw
 * @param text the same as text
 * @param places where in the source its steps are
 */
public record Example(
    String id,
    String invariant,
    String meaning,
    String design,
    String arch,
    String scenario,
    String what,
    String command,
    @Nullable Lanes picture,
    String text,
    List<Place> places) {
  /** A step's line of source. */
  public record Place(int number, int cpu, String step, String method, String line) {}

  static Example of(
      Anchors anchors, String design, String arch, String scenario, Violation v, String command) {
    String id = anchors.of(design, arch, scenario, v.invariant());
    String title =
        "%s violated: %s on %s, scenario %s".formatted(v.invariant(), design, arch, scenario);
    Witness w = v.witness();
    return new Example(
        id,
        v.invariant(),
        meaning(v.invariant()),
        design,
        arch,
        scenario,
        v.what(),
        command,
        w.steps().isEmpty() ? null : Lanes.of(w, id, title),
        ExecutionPicture.draw(w, true),
        places(w));
  }

  /** {@return what an invariant says, or what is meant where the kernel's own are not} */
  static String meaning(String invariant) {
    return switch (invariant) {
      case Invariants.NEVER -> "a state that the scenario rules out";
      case Invariants.ALWAYS -> "the state in which the scenario must end";
      case Invariants.EXISTS -> "a state that the scenario must be able to reach";
      case Invariants.OOPS -> "the code fails outright";
      case Invariants.HANG -> "somebody waits for ever";
      default -> Invariants.about(invariant);
    };
  }

  private static List<Place> places(Witness w) {
    List<Place> places = new ArrayList<>();
    int number = 0;
    for (Witness.Step step : w.steps()) {
      number++;
      if (!step.stack().isEmpty()) {
        Source s = step.stack().getFirst();
        String method = s.simpleType() + "." + s.method();
        places.add(new Place(number, step.cpu(), step.step(), method, s.path() + ":" + s.line()));
      }
    }
    return places;
  }
}
