package dev.lazymm.workload;

import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes small scenarios at random: the same seed gives the same scenarios. It puts one action after
 * another (or a pair, such as use and unuse) into random places, and keeps what {@link Outline}
 * finds sensible. They carry no expectations. Owned by one thread.
 */
public final class ScenarioGenerator {
  private static final int TRIES = 400;

  private final long seed;
  private final SplittableRandom random;
  private final int cpus;
  private final int actions;
  private int made;

  /**
   * @param seed where randomness comes from
   * @param cpus how many CPUs each scenario has, from 1
   * @param actions how many actions each has in all, at most; a dozen or so can be found
   */
  public ScenarioGenerator(long seed, int cpus, int actions) {
    if (cpus < 1 || actions < 0) {
      throw new IllegalArgumentException(cpus + " CPUs, " + actions + " actions");
    }
    this.seed = seed;
    this.cpus = cpus;
    this.actions = actions;
    random = new SplittableRandom(seed);
  }

  /** {@return the next scenario} */
  public Scenario next() {
    String name = "random-" + Long.toUnsignedString(seed, 16) + "-" + made++;
    List<@Nullable String> running = new ArrayList<>();
    for (int i = 0; i < cpus; i++) {
      running.add(starter(i));
    }
    List<List<Action>> lines = new ArrayList<>();
    running.forEach(_ -> lines.add(List.of()));
    Scenario scenario = scenario(name, running, lines, List.of());
    int size = 0;
    for (int i = 0; i < TRIES && size < actions; i++) {
      List<Action> more = candidate();
      if (size + more.size() <= actions) {
        Scenario longer = insert(scenario, random.nextInt(cpus), more);
        if (makesSense(longer)) {
          scenario = longer;
          size += more.size();
        }
      }
    }
    return scenario;
  }

  private Scenario scenario(
      String name,
      List<@Nullable String> running,
      List<List<Action>> lines,
      List<Reference> references) {
    List<CpuLine> all = new ArrayList<>();
    for (int i = 0; i < cpus; i++) {
      all.add(new CpuLine(running.get(i), lines.get(i)));
    }
    return new Scenario(name, "made from seed " + seed, List.of(), all, references, List.of());
  }

  private @Nullable String starter(int cpu) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> "k" + (cpu + 1);
      default -> "A" + (cpu + 1);
    };
  }

  /** The actions in their order, each somewhere on one CPU; a loose unpin brings its own pin. */
  private Scenario insert(Scenario scenario, int cpu, List<Action> more) {
    List<CpuLine> lines = new ArrayList<>(scenario.cpus());
    List<Action> line = new ArrayList<>(lines.get(cpu).actions());
    int at = 0;
    for (Action action : more) {
      at += random.nextInt(line.size() - at + 1);
      line.add(at++, action);
    }
    lines.set(cpu, new CpuLine(lines.get(cpu).running(), line));
    List<Reference> references = new ArrayList<>(scenario.references());
    if (more.getFirst() instanceof Action.Unpin unpin) {
      references.add(new Reference(cpu, false, unpin.mm()));
    }
    if (more.getFirst() instanceof Action.Put put) {
      references.add(new Reference(cpu, true, put.mm()));
    }
    return new Scenario(
        scenario.name(), scenario.title(), scenario.about(), lines, references, List.of());
  }

  private static boolean makesSense(Scenario scenario) {
    try {
      Outline.of(scenario);
      return true;
    } catch (InvalidScenarioException e) {
      return false;
    }
  }

  private List<Action> candidate() {
    String mm = pick("A", "A", "A", "B", "C");
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 ->
          List.of(new Action.Run(pick("A1", "A2", "A3", "B1", "B2", "C1", "k1", "k2")));
      case 5, 6 -> List.of(new Action.Idle());
      case 7, 8 -> List.of(new Action.Exit());
      case 9 -> List.of(new Action.Exec(pick("B", "C", "D")));
      case 10 -> List.of(new Action.Fork(pick("B1", "C1", "D1")));
      case 11 -> List.of(new Action.Clone(pick("A3", "A4", "B2", "C2")));
      case 12, 13 -> List.of(new Action.Use(mm), new Action.Unuse());
      case 14 -> List.of(new Action.Get(mm), new Action.Put(mm));
      case 15 -> List.of(new Action.Pin(mm), new Action.Unpin(mm));
      case 16 -> List.of(random.nextBoolean() ? new Action.Unpin(mm) : new Action.Put(mm));
      case 17 -> List.of(new Action.LeaveMm());
      case 18 -> List.of(random.nextBoolean() ? new Action.Munmap() : new Action.Mprotect());
      default ->
          List.of(
              random.nextBoolean()
                  ? new Action.Load(pick("x", "y"))
                  : new Action.Store(pick("x", "y"), 1 + random.nextInt(3)));
    };
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
