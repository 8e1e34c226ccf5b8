package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import dev.lazymm.workload.InvalidScenarioException;
import dev.lazymm.workload.Outline;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a {@link Draft} what must be held at its start: the user of each task that sleeps
 * throughout, written as a {@code gets} of CPU 0 that nobody puts; a {@code gets} or a {@code pins}
 * for each {@code put} and {@code unpin} that has nothing of its own CPU's to give back; and a
 * {@code pins} where a CPU reaches for an mm that could otherwise be gone. No more than that: if
 * one of them could be left out it is.
 */
final class References {
  private References() {}

  /** {@return the mms that tasks have at the start} */
  static Set<String> startMms(Draft draft) {
    Set<String> born = new HashSet<>();
    Set<String> mentioned = new LinkedHashSet<>();
    for (Draft.Line line : draft.lines()) {
      if (line.running() != null) {
        mentioned.add(line.running());
      }
      flat(line.actions())
          .forEach(action -> {
            switch (action) {
              case Action.Run run -> mentioned.add(run.task());
              case Action.Fork fork -> born.add(fork.child());
              case Action.Clone clone -> born.add(clone.child());
              default -> {}
            }
          });
    }
    mentioned.removeAll(born);
    Set<String> mms = new TreeSet<>();
    mentioned.stream().filter(t -> !Roster.isThread(t)).map(Roster::mmOf).forEach(mms::add);
    return mms;
  }

  /** {@return the draft as a scenario; empty if it makes no sense whatever is held} */
  static Optional<Scenario> complete(Draft draft, String name, String title) {
    Set<String> start = startMms(draft);
    List<Reference> asleep =
        new TreeSet<>(draft.sleepers()).stream().map(mm -> new Reference(0, true, mm)).toList();
    List<Reference> wanted = new ArrayList<>();
    for (int cpu = 0; cpu < draft.lines().size(); cpu++) {
      wanted.addAll(wanted(cpu, draft.lines().get(cpu).actions()));
    }
    wanted.removeIf(reference -> !start.contains(reference.mm()));
    Scenario all = scenario(draft, name, title, wanted, asleep);
    if (!makesSense(all)) {
      return Optional.empty();
    }
    Predicate<List<Reference>> awake =
        some -> makesSense(scenario(draft, name, title, some, List.of()));
    leaveOut(wanted, Reference::user, awake); // what sleeps gives nothing back
    leaveOut(
        wanted,
        reference -> !reference.user(),
        some -> makesSense(scenario(draft, name, title, some, asleep)));
    return Optional.of(scenario(draft, name, title, wanted, asleep));
  }

  /** Takes out, of those of one kind, what is not needed while the others are there. */
  private static void leaveOut(
      List<Reference> wanted, Predicate<Reference> kind, Predicate<List<Reference>> enough) {
    for (int i = wanted.size() - 1; i >= 0; i--) {
      if (kind.test(wanted.get(i))) {
        Reference left = wanted.remove(i);
        if (!enough.test(wanted)) {
          wanted.add(i, left);
        }
      }
    }
  }

  /** As much as a line can need. */
  private static List<Reference> wanted(int cpu, List<Action> actions) {
    List<Reference> users = new ArrayList<>();
    List<Reference> pins = new ArrayList<>();
    Set<String> reached = new TreeSet<>();
    for (Action action : flat(actions)) {
      switch (action) {
        case Action.Put put -> users.add(new Reference(cpu, true, put.mm()));
        case Action.Unpin unpin -> pins.add(new Reference(cpu, false, unpin.mm()));
        case Action.Use use -> reached.add(use.mm());
        case Action.Get get -> reached.add(get.mm());
        case Action.Pin pin -> reached.add(pin.mm());
        default -> {}
      }
    }
    reached.forEach(mm -> pins.add(new Reference(cpu, false, mm)));
    users.addAll(pins);
    return users;
  }

  private static List<Action> flat(List<Action> actions) {
    List<Action> flat = new ArrayList<>();
    for (Action action : actions) {
      if (action instanceof Action.Preempted preempted) {
        flat.add(preempted.action());
        flat.addAll(preempted.nested());
      } else {
        flat.add(action);
      }
    }
    return flat;
  }

  private static Scenario scenario(
      Draft draft, String name, String title, List<Reference> wanted, List<Reference> asleep) {
    List<Reference> references = new ArrayList<>(asleep);
    references.addAll(wanted);
    references.sort(
        Comparator.comparingInt(Reference::cpu)
            .thenComparing(Reference::mm)
            .thenComparing(Reference::user));
    List<CpuLine> lines =
        draft.lines().stream().map(line -> cpuLine(line.running(), line.actions())).toList();
    return new Scenario(name, title, List.of(), lines, references, List.of());
  }

  private static CpuLine cpuLine(@Nullable String running, List<Action> actions) {
    return new CpuLine(running, actions);
  }

  private static boolean makesSense(Scenario scenario) {
    try {
      Outline.of(scenario);
      return true;
    } catch (InvalidScenarioException e) {
      return false;
    }
  }
}
