package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of checks of which all must give the same: every design on every architecture under every
 * model over every scenario. Begin with {@link #over}, end with what they must give.
 *
 * @param scenarios names, or beginnings and {@code *}
 * @param designs the designs
 * @param arches the architectures; empty for the usual ones
 * @param models the memory models; empty for sequential consistency
 * @param weakened the sites that count for less
 * @param history the bug of the past that the kernel has, by its id; empty for none
 * @param outcome what each must give
 * @param what the invariant that it is about, or what is counted ({@link CheckResult#costs}); empty
 *     if nothing
 * @param saying what the violation must say; empty for anything
 */
public record CheckPart(
    List<String> scenarios,
    List<String> designs,
    List<String> arches,
    List<String> models,
    Weakenings weakened,
    String history,
    Outcome outcome,
    String what,
    String saying)
    implements Part {
  /** What every check of a part must give. */
  public enum Outcome {
    /** Nothing is broken. */
    HOLDS,
    /** Nothing is broken, and each state that a scenario says exists is reached. */
    REACHED,
    /** {@link CheckPart#what} is broken. */
    VIOLATED,
    /** {@link CheckPart#what} is not broken, whatever else is. */
    KEPT,
    /** No execution of any scenario has one of {@link CheckPart#what}. */
    FREE,
    /** On each architecture some execution of some scenario has one of {@link CheckPart#what}. */
    COSTS
  }

  public CheckPart {
    scenarios = List.copyOf(scenarios);
    designs = List.copyOf(designs);
    arches = List.copyOf(arches);
    models = List.copyOf(models);
  }

  /** {@return checks of these scenarios, each a name or a beginning and {@code *}} */
  public static CheckPart over(String... scenarios) {
    return new CheckPart(
        List.of(scenarios),
        List.of(),
        List.of(),
        List.of(),
        Weakenings.NONE,
        "",
        Outcome.HOLDS,
        "",
        "");
  }

  /** {@return the same over these scenarios} */
  public CheckPart scenarios(String... names) {
    return new CheckPart(
        List.of(names), designs, arches, models, weakened, history, outcome, what, saying);
  }

  /** {@return the same of these designs} */
  public CheckPart of(String... names) {
    return new CheckPart(
        scenarios, List.of(names), arches, models, weakened, history, outcome, what, saying);
  }

  /** {@return the same on these architectures} */
  public CheckPart on(List<String> names) {
    return new CheckPart(
        scenarios, designs, names, models, weakened, history, outcome, what, saying);
  }

  /** {@return the same on these architectures} */
  public CheckPart on(String... names) {
    return on(List.of(names));
  }

  /** {@return the same under these memory models} */
  public CheckPart under(String... names) {
    return new CheckPart(
        scenarios, designs, arches, List.of(names), weakened, history, outcome, what, saying);
  }

  /** {@return the same with one more site weakened} */
  public CheckPart weaken(String site, Weakening form) {
    Weakenings more = weakened.and(site, form);
    return new CheckPart(scenarios, designs, arches, models, more, history, outcome, what, saying);
  }

  /** {@return the same with a site removed, or as weak as it can be} */
  public CheckPart without(String site) {
    return weaken(site, Weakening.REMOVED);
  }

  /** {@return the same in a kernel with this bug of the past} */
  public CheckPart before(String bug) {
    return new CheckPart(scenarios, designs, arches, models, weakened, bug, outcome, what, saying);
  }

  /** {@return the part: nothing is broken} */
  public CheckPart hold() {
    return give(Outcome.HOLDS, "", "");
  }

  /** {@return the part: nothing is broken, and the states that scenarios name are reached} */
  public CheckPart reach() {
    return give(Outcome.REACHED, "", "");
  }

  /** {@return the part: each check breaks this invariant} */
  public CheckPart violate(String invariant) {
    return give(Outcome.VIOLATED, invariant, "");
  }

  /** {@return the part: each check gives this warning} */
  public CheckPart warn(String warning) {
    return give(Outcome.VIOLATED, "WARN", warning);
  }

  /** {@return the part: no check breaks this invariant, whatever else it breaks} */
  public CheckPart keep(String invariant) {
    return give(Outcome.KEPT, invariant, "");
  }

  /** {@return the part: no execution has one of this} */
  public CheckPart beFreeOf(String counted) {
    return give(Outcome.FREE, counted, "");
  }

  /** {@return the part: some execution on each architecture has one of this} */
  public CheckPart cost(String counted) {
    return give(Outcome.COSTS, counted, "");
  }

  private CheckPart give(Outcome to, String of, String words) {
    return new CheckPart(scenarios, designs, arches, models, weakened, history, to, of, words);
  }

  /** {@return whether the part is about what executions cost, not about what they break} */
  boolean counts() {
    return outcome == Outcome.FREE || outcome == Outcome.COSTS;
  }

  /** {@return the models by name, as a command line has them; empty for the usual one} */
  List<Model> memoryModels() {
    return models.isEmpty() ? List.of(Model.SC) : models.stream().map(Model::named).toList();
  }

  @Override
  public String asks() {
    List<String> words = new ArrayList<>();
    words.add(String.join(", ", designs));
    words.add(arches.isEmpty() ? "on the usual architectures" : "on " + String.join(", ", arches));
    if (!models.isEmpty()) {
      words.add("under " + String.join(", ", models));
    }
    if (!weakened.isNone()) {
      words.add("with " + weakened.text());
    }
    if (!history.isEmpty()) {
      words.add("before the fix of " + history);
    }
    String over =
        Stream.concat(Stream.of("over"), scenarios.stream())
            .map(s -> s.equals("*") ? "the whole library" : s)
            .collect(Collectors.joining(" "));
    words.add(over);
    return String.join(" ", words);
  }

  @Override
  public String gives() {
    return switch (outcome) {
      case HOLDS -> "everything holds";
      case REACHED -> "everything holds, and the states are reached";
      case VIOLATED -> saying.isEmpty() ? what + " violated" : saying + " warns";
      case KEPT -> what + " holds";
      case FREE -> "no " + what;
      case COSTS -> "some " + what;
    };
  }
}
