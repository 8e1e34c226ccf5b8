package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import dev.lazymm.workload.InvalidScenarioException;
import dev.lazymm.workload.Outline;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Every scenario over fixed names: all sequences of actions in every start with every set of
 * references, kept if {@link Outline} likes it and no reference is idle.
 */
final class Brute {
  /**
   * What was found, by its canonical text, and how many scenarios differ from it in names alone.
   */
  final Map<String, Long> found = new LinkedHashMap<>();

  private static final List<String> CELLS = List.of("x", "y");

  private final Size size;
  private final boolean preempts;
  private final List<Action> alphabet = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> letters = new ArrayList<>();
  private final List<@Nullable String> running = new ArrayList<>();
  private final List<List<Action>> lines = new ArrayList<>();

  Brute(Size size, Vocabulary vocabulary) {
    this.size = size;
    for (int m = 0; m < size.mms(); m++) {
      letters.add(String.valueOf((char) ('A' + m)));
    }
    for (int n = 1; n <= size.tasks(); n++) {
      names.add("k" + n);
      for (String letter : letters) {
        names.add(letter + n);
      }
    }
    for (Word word : vocabulary.words()) {
      for (String name : names) {
        boolean user = !name.startsWith("k");
        switch (word) {
          case RUN -> alphabet.add(new Action.Run(name));
          case FORK -> alphabet.addAll(user ? List.of(new Action.Fork(name)) : List.of());
          case CLONE -> alphabet.addAll(user ? List.of(new Action.Clone(name)) : List.of());
          default -> {}
        }
      }
      for (String mm : letters) {
        switch (word) {
          case EXEC -> alphabet.add(new Action.Exec(mm));
          case USE -> alphabet.add(new Action.Use(mm));
          case GET -> alphabet.addAll(List.of(new Action.Get(mm), new Action.Put(mm)));
          case PIN -> alphabet.addAll(List.of(new Action.Pin(mm), new Action.Unpin(mm)));
          default -> {}
        }
      }
      switch (word) {
        case IDLE -> alphabet.add(new Action.Idle());
        case EXIT -> alphabet.add(new Action.Exit());
        case USE -> alphabet.add(new Action.Unuse());
        case MUNMAP -> alphabet.add(new Action.Munmap());
        case LEAVE_MM -> alphabet.add(new Action.LeaveMm());
        case MPROTECT -> alphabet.add(new Action.Mprotect());
        case UNPLUG -> {
          alphabet.addAll(List.of(new Action.Offline(), new Action.Online()));
          for (int cpu = 0; cpu < size.cpus(); cpu++) {
            alphabet.addAll(List.of(new Action.Unplug(cpu), new Action.Plug(cpu)));
          }
        }
        case LOAD -> CELLS.forEach(cell -> alphabet.add(new Action.Load(cell)));
        case STORE -> CELLS.forEach(cell -> alphabet.add(new Action.Store(cell, 1)));
        default -> {}
      }
    }
    preempts = vocabulary.has(Word.PREEMPTED);
  }

  void start(int left) {
    if (running.size() == size.cpus()) {
      line(size.actions());
      return;
    }
    List<@Nullable String> starters = new ArrayList<>(names);
    starters.add(null);
    for (String starter : starters) {
      running.add(starter);
      start(left);
      running.removeLast();
    }
  }

  private void line(int left) {
    if (lines.size() == size.cpus()) {
      sleepers();
      return;
    }
    grow(new ArrayList<>(), running.get(lines.size()), left);
  }

  private void grow(List<Action> line, @Nullable String current, int left) {
    lines.add(List.copyOf(line));
    line(left);
    lines.removeLast();
    if (left > 0) {
      for (Action action : alphabet) {
        append(line, current, action, 1, left);
        if (preempts) {
          for (String point : Alphabet.points(action)) {
            nest(line, current, action, point, new ArrayList<>(), current, left - 1);
          }
        }
      }
    }
  }

  private void append(
      List<Action> line, @Nullable String current, Action action, int cost, int left) {
    if (!isNothing(action, current)) {
      line.add(action);
      grow(line, after(action, current), left - cost);
      line.removeLast();
    }
  }

  private void nest(
      List<Action> line,
      @Nullable String outside,
      Action outer,
      String point,
      List<Action> nested,
      @Nullable String current,
      int left) {
    if (!nested.isEmpty()) {
      Action whole = new Action.Preempted(outer, point, nested);
      append(line, outside, whole, 1 + nested.size(), left + 1 + nested.size());
    }
    for (Action action : left > 0 ? alphabet : List.<Action>of()) {
      if (!isNothing(action, current)) {
        nested.add(action);
        nest(line, outside, outer, point, nested, after(action, current), left - 1);
        nested.removeLast();
      }
    }
  }

  private static @Nullable String after(Action action, @Nullable String current) {
    return switch (action) {
      case Action.Run(String task) -> task;
      case Action.Idle _, Action.Exit _ -> null;
      case Action.Preempted(Action outer, String _, List<Action> _) -> after(outer, current);
      default -> current;
    };
  }

  /** Whether it is the shorter scenario without this action. */
  private static boolean isNothing(Action action, @Nullable String current) {
    return action instanceof Action.Run(String task)
        ? task.equals(current)
        : action instanceof Action.Idle && current == null;
  }

  private void sleepers() {
    Matcher m = Names.NAME.matcher(running + "" + lines);
    Set<String> tasks = new HashSet<>();
    while (m.find()) {
      if (!m.group(2).isEmpty()) {
        tasks.add(m.group());
      }
    }
    if (tasks.size() > size.tasks() || sensible(most()) == null) {
      return;
    }
    for (int set = 0; set < 1 << letters.size(); set++) {
      List<Reference> asleep = new ArrayList<>();
      for (int i = 0; i < letters.size(); i++) {
        if ((set & 1 << i) != 0) {
          asleep.add(new Reference(0, true, letters.get(i)));
        }
      }
      if (tasks.size() + asleep.size() <= size.tasks()) {
        references(asleep);
      }
    }
  }

  /** As many references as anything could need; nothing makes sense if this does not. */
  private List<Reference> most() {
    List<Reference> all = new ArrayList<>();
    Outline outline = sensible(List.of());
    Set<String> start = new HashSet<>(outline == null ? letters : outline.startMms());
    if (outline == null) { // find the mms of the start by trying
      start.removeIf(mm -> {
        try {
          Outline.of(scenario(List.of(new Reference(0, false, mm))));
          return false;
        } catch (InvalidScenarioException e) {
          return String.valueOf(e.getMessage()).contains("at the start");
        }
      });
    }
    for (boolean user : new boolean[] {true, false}) {
      for (int cpu = 0; cpu < size.cpus(); cpu++) {
        for (String mm : start) {
          for (int n = 0; n < size.actions(); n++) {
            all.add(new Reference(cpu, user, mm));
          }
        }
      }
    }
    return all;
  }

  /** All smallest sets of references that make sense with these sleepers. */
  private void references(List<Reference> asleep) {
    List<Reference> all = most();
    Set<Set<Integer>> tried = new HashSet<>();
    Set<Integer> every = new LinkedHashSet<>();
    for (int i = 0; i < all.size(); i++) {
      every.add(i);
    }
    shrink(asleep, all, every, tried);
  }

  private void shrink(
      List<Reference> asleep, List<Reference> all, Set<Integer> kept, Set<Set<Integer>> tried) {
    List<Reference> references = new ArrayList<>(asleep);
    kept.forEach(i -> references.add(all.get(i)));
    if (!tried.add(kept) || !enough(references, asleep, all)) {
      return;
    }
    boolean smallest = true;
    Set<Reference> kinds = new HashSet<>();
    for (Integer i : kept) {
      if (!all.get(i).user() && !smallest) {
        return; // users that are not put are those of sleepers: first there are none of them
      }
      if (!kinds.add(all.get(i))) {
        continue; // one of each kind will do
      }
      Set<Integer> fewer = new LinkedHashSet<>(kept);
      fewer.remove(i);
      List<Reference> less = new ArrayList<>(asleep);
      fewer.forEach(k -> less.add(all.get(k)));
      if (enough(less, asleep, all)) {
        smallest = false;
        shrink(asleep, all, fewer, tried);
        if (!all.get(i).user()) {
          return; // what is not needed here is not needed with less
        }
      }
    }
    if (smallest) {
      List<String> rows = Names.text(scenario(references));
      found.computeIfAbsent(
          Names.canonical(rows, size.cpus()),
          _ -> Names.labellings(rows, asleep.stream().map(Reference::mm).toList(), size));
    }
  }

  /** Whether they make sense, and puts do so without the sleepers. */
  private boolean enough(List<Reference> some, List<Reference> asleep, List<Reference> all) {
    List<Reference> awake = new ArrayList<>(some.subList(asleep.size(), some.size()));
    awake.removeIf(reference -> !reference.user());
    all.stream().filter(reference -> !reference.user()).forEach(awake::add);
    return sensible(some) != null && sensible(awake) != null;
  }

  private @Nullable Outline sensible(List<Reference> references) {
    try {
      return Outline.of(scenario(references));
    } catch (InvalidScenarioException e) {
      return null;
    }
  }

  private Scenario scenario(List<Reference> references) {
    List<CpuLine> cpus = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      cpus.add(new CpuLine(running.get(i), lines.get(i)));
    }
    return new Scenario("x", "x", List.of(), cpus, references, List.of());
  }
}
