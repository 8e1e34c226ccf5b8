package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All scenarios up to a size over a vocabulary, each once.
 *
 * <p>A scenario is here if {@link dev.lazymm.workload.Outline} finds it sensible, it has no more
 * than the {@link Size} allows, and nothing in it is without effect or need:
 *
 * <ul>
 *   <li>Each CPU begins in any task or idle. A task that only sleeps may be there, at most one an
 *       mm: what anybody asks of {@code mm_users} is whether it is 0, or 1, and a second sleeper
 *       changes neither answer.
 *   <li>References held at the start are those that actions need ({@link References}).
 *   <li>No {@code run} of the task that runs already, no {@code idle} of an idle CPU: without them
 *       it is a shorter scenario, which is here too.
 *   <li>Of those that differ in the names of CPUs, tasks, mms and cells alone, one ({@link Roster},
 *       {@link Symmetry}). All values stored are 1, as nothing looks at them.
 * </ul>
 *
 * <p>They come in a fixed order, those with fewer actions first; within a scenario the CPUs with
 * more actions come first. Nothing is kept but the scenario at hand.
 */
public final class ScenarioSpace {
  /**
   * One scenario.
   *
   * @param index its number, from 0
   * @param actions how many actions it has
   * @param weight how many scenarios it stands for that differ from it in names alone
   * @param symmetries in how many orders of its CPUs it is the same, from 1
   */
  public record Member(long index, int actions, Scenario scenario, long weight, int symmetries) {}

  private final Size size;
  private final Vocabulary vocabulary;

  public ScenarioSpace(Size size, Vocabulary vocabulary) {
    this.size = size;
    this.vocabulary = vocabulary;
  }

  /**
   * Shows all scenarios to {@code visitor}, until it returns false.
   *
   * @return whether all were shown
   */
  public boolean forEach(Predicate<Member> visitor) {
    Pass pass = new Pass(visitor);
    for (int n = 0; n <= size.actions() && pass.wanted; n++) {
      pass.shares(n, n, new ArrayList<>());
    }
    return pass.wanted;
  }

  /** One pass through all. */
  private final class Pass {
    private final Predicate<Member> visitor;
    private final Alphabet alphabet = new Alphabet(size, vocabulary);
    private final Symmetry symmetry = new Symmetry(size);
    private final List<Draft.Line> lines = new ArrayList<>();
    private long index;
    private boolean wanted = true;

    Pass(Predicate<Member> visitor) {
      this.visitor = visitor;
    }

    /** Gives each CPU its number of actions, none more than the one before. */
    void shares(int left, int most, List<Integer> given) {
      if (given.size() == size.cpus()) {
        if (left == 0) {
          cpu(given, Roster.EMPTY);
        }
        return;
      }
      for (int n = Math.min(left, most); n >= 0; n--) {
        given.add(n);
        shares(left - n, n, given);
        given.removeLast();
      }
    }

    private void cpu(List<Integer> shares, Roster roster) {
      if (lines.size() == shares.size()) {
        sleepers(roster);
        return;
      }
      begin(shares, roster, null);
      for (String task : roster.tasks(size)) {
        if (lines.stream().noneMatch(line -> task.equals(line.running()))) {
          begin(shares, roster.withTask(task), task);
        }
      }
    }

    private void begin(List<Integer> shares, Roster roster, @Nullable String running) {
      int share = shares.get(lines.size());
      line(shares, roster, running, Standing.of(running), share, new ArrayList<>());
    }

    private void line(
        List<Integer> shares,
        Roster roster,
        @Nullable String running,
        Standing standing,
        int left,
        List<Action> done) {
      if (left < standing.uses().size() || !wanted) {
        return; // each use needs its unuse
      }
      if (left == 0) {
        lines.add(new Draft.Line(running, done));
        cpu(shares, roster);
        lines.removeLast();
        return;
      }
      for (Action action : alphabet.next(roster, standing, left)) {
        done.add(action);
        Roster more = roster.with(action);
        int rest = left - Alphabet.cost(action);
        line(shares, more, running, standing.after(action), rest, done);
        done.removeLast();
      }
    }

    private void sleepers(Roster roster) {
      Draft awake = new Draft(lines, Set.of());
      List<String> mms = List.copyOf(References.startMms(awake));
      for (int set = 0; set < 1 << mms.size() && wanted; set++) {
        if (roster.tasks() + Integer.bitCount(set) <= size.tasks()) {
          Set<String> asleep = new TreeSet<>();
          for (int i = 0; i < mms.size(); i++) {
            if ((set & 1 << i) != 0) {
              asleep.add(mms.get(i));
            }
          }
          if (!complete(new Draft(lines, asleep)) && set == 0) {
            return; // what sleeps makes no more sense of it
          }
        }
      }
    }

    /** {@return whether it makes sense} */
    private boolean complete(Draft draft) {
      return References.complete(draft, "prove-" + index, "number " + index + " of all")
          .map(scenario -> {
            int own = symmetry.own(draft);
            if (own > 0) {
              int actions = draft.lines().stream().mapToInt(Draft.Line::cost).sum();
              long weight = symmetry.weight(draft, own);
              wanted = visitor.test(new Member(index++, actions, scenario, weight, own));
            }
            return true;
          })
          .isPresent();
    }
  }
}
