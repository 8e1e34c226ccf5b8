package dev.lazymm.workload;

import dev.lazymm.kernel.MembarrierCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each CPU of a small computer does, from which start, and how that may end. Tasks that no
 * action makes are alive from the start, asleep and off every CPU unless a CPU line says that it
 * runs them; each user task has the mm of its letter. {@link Outline} says whether it makes sense.
 *
 * @param name lower-case words with dashes, unique in its library
 * @param title one line
 * @param about why the scenario is there, in lines of free text; may be empty
 * @param cpus what each CPU does, by number; at least one
 * @param references what is held at the start besides the tasks' own users
 * @param registrations which mms are registered for membarrier(2) at the start
 * @param expectations how executions end
 */
public record Scenario(
    String name,
    String title,
    List<String> about,
    List<CpuLine> cpus,
    List<Reference> references,
    List<Registration> registrations,
    List<Expectation> expectations) {

  /** Makes one without registrations. */
  public Scenario(
      String name,
      String title,
      List<String> about,
      List<CpuLine> cpus,
      List<Reference> references,
      List<Expectation> expectations) {
    this(name, title, about, cpus, references, List.of(), expectations);
  }

  /**
   * What one CPU does.
   *
   * @param running the task that runs at the start, null for the idle task
   * @param actions what it does, in order
   */
  public record CpuLine(@Nullable String running, List<Action> actions) {
    public CpuLine {
      if (running != null) {
        Names.require(Names.isTask(running), running, "a task");
      }
      actions = List.copyOf(actions);
    }
  }

  /**
   * A reference that the code on a CPU holds at the start.
   *
   * @param cpu whose actions may give it back
   * @param user whether it counts in mm_users (mmget), else in mm_count (mmgrab)
   * @param mm of an mm that has a task at the start
   */
  public record Reference(int cpu, boolean user, String mm) {
    public Reference {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /**
   * An mm that is registered for membarrier(2) at the start.
   *
   * @param mm of an mm that has a task at the start
   * @param command the command that registered it
   */
  public record Registration(String mm, MembarrierCommand command) {
    public Registration {
      Names.require(Names.isMm(mm), mm, "an mm");
      if (!command.registers()) {
        throw new IllegalArgumentException(command + " registers nothing");
      }
    }
  }

  public Scenario {
    Names.require(Names.isScenario(name), name, "a scenario");
    if (cpus.isEmpty()) {
      throw new IllegalArgumentException("a scenario has at least one CPU");
    }
    about = List.copyOf(about);
    requireLine(title);
    about.forEach(Scenario::requireLine);
    cpus = List.copyOf(cpus);
    references = List.copyOf(references);
    registrations = List.copyOf(registrations);
    expectations = List.copyOf(expectations);
  }

  /** {@return whether a CPU is unplugged in it} */
  public boolean hasHotplug() {
    return cpus.stream()
        .flatMap(cpu -> cpu.actions().stream())
        .anyMatch(Action.Offline.class::isInstance);
  }

  private static void requireLine(String text) {
    if (text.isEmpty() || !text.equals(text.strip()) || text.lines().count() != 1) {
      throw new IllegalArgumentException("not one line of text: \"" + text + "\"");
    }
  }

  /** {@return the scenario in its text form} */
  @Override
  public String toString() {
    return ScenarioWriter.write(this);
  }
}
