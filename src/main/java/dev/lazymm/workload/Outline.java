package dev.lazymm.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a scenario without running it. Every wait of a scenario is for one certain event
 * (a task's birth, or its leaving the CPU where it ran at the start), so who runs where, which mm
 * each task has and how many references are left at the end do not depend on the execution. What
 * does depend on it is who frees what, and whether {@code use} and {@code get} succeed; those that
 * succeed are paired with an {@code unuse} and a {@code put}.
 *
 * @param startTasks the tasks that are alive at the start
 * @param bornTasks the tasks that fork and clone make
 * @param startMms the letters of the mms at the start
 * @param madeMms the letters of the mms that fork and exec make, in an order of their making that
 *     agrees with all waits
 * @param forkChildren those of {@code bornTasks} that fork makes, each with an mm of its own
 * @param cells the user cells that are loaded or stored
 * @param loads how many loads each CPU has
 * @param calls how many calls of membarrier each CPU has
 * @param users what is left in mm_users of each mm at the end
 * @param pins how many pins of each mm are left at the end
 */
public record Outline(
    List<String> startTasks,
    List<String> bornTasks,
    List<String> startMms,
    List<String> madeMms,
    List<String> forkChildren,
    List<String> cells,
    List<Integer> loads,
    List<Integer> calls,
    Map<String, Integer> users,
    Map<String, Integer> pins) {

  public Outline {
    startTasks = List.copyOf(startTasks);
    bornTasks = List.copyOf(bornTasks);
    startMms = List.copyOf(startMms);
    madeMms = List.copyOf(madeMms);
    forkChildren = List.copyOf(forkChildren);
    cells = List.copyOf(cells);
    loads = List.copyOf(loads);
    calls = List.copyOf(calls);
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users)); // keeps the order
    pins = Collections.unmodifiableMap(new LinkedHashMap<>(pins));
  }

  /**
   * {@return the outline of a scenario}
   *
   * @throws InvalidScenarioException if an action or a condition makes no sense where it stands, or
   *     a CPU would wait for ever
   */
  public static Outline of(Scenario scenario) {
    Declarations declarations = Declarations.of(scenario);
    Walk walk = new Walk(scenario, declarations);
    walk.run();
    Outline outline = walk.outline();
    AtomRules.check(scenario, outline);
    return outline;
  }
}
