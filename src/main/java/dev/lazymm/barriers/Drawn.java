package dev.lazymm.barriers;

import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioGenerator;
import java.util.ArrayList;
import java.util.List;

/** The scenarios that a deeper look adds to the library: drawn, always the same. */
public final class Drawn {
  private static final long SEED = 1;

  /** How many CPUs, at most how many actions in all, and how many scenarios of these. */
  private record Kind(int cpus, int actions, int scenarios) {}

  private static final List<Kind> KINDS =
      List.of(new Kind(2, 5, 150), new Kind(2, 7, 100), new Kind(3, 6, 50));

  private Drawn() {}

  /** {@return the scenarios} */
  public static List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Kind kind : KINDS) {
      ScenarioGenerator generator = new ScenarioGenerator(SEED, kind.cpus(), kind.actions());
      for (int i = 1; i <= kind.scenarios(); i++) {
        Scenario s = generator.next();
        String name = "drawn-%d-%d-%d".formatted(kind.cpus(), kind.actions(), i);
        Scenario named =
            new Scenario(name, s.title(), s.about(), s.cpus(), s.references(), s.expectations());
        subjects.add(new Subject(named, name, true));
      }
    }
    return subjects;
  }
}
