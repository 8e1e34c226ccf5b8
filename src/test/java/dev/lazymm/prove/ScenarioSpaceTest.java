package dev.lazymm.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.workload.Action;
import dev.lazymm.workload.InvalidScenarioException;
import dev.lazymm.workload.Outline;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Scenario.CpuLine;
import dev.lazymm.workload.Scenario.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The space is what brute force finds: every sequence of actions over fixed names, in every start,
 * with every set of references, kept if {@link Outline} likes it and no reference is idle.
 */
class ScenarioSpaceTest {
  private static final Pattern NAME = Pattern.compile("\\b([A-Z]|k)([0-9]*)\\b");

  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 2, 'run,idle,exit,exec,fork,use'",
    "2, 3, 1, 2, 'run,idle,exit,clone,munmap,leave-mm'",
    "1, 2, 1, 3, 'run,exit,use'",
    "2, 2, 1, 2, 'run,get,pin'",
    "3, 2, 1, 1, 'run,idle,exit,use'",
  })
  void isWhatBruteForceFinds(int cpus, int tasks, int mms, int actions, String words) {
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of(words.split(",", -1)).stream().map(w -> Word.find(w).orElseThrow()).toList());
    Size size = new Size(cpus, tasks, mms, actions);
    List<String> found = new ArrayList<>();
    long[] weight = new long[1];
    new ScenarioSpace(size, vocabulary)
        .forEach(m -> {
          Outline.of(m.scenario());
          assertThat(m.index()).isEqualTo(found.size());
          found.add(canonical(text(m.scenario()), cpus));
          weight[0] += m.weight();
          return true;
        });
    assertThat(found).doesNotHaveDuplicates();
    Brute brute = new Brute(size, vocabulary);
    brute.start(0);
    assertThat(new TreeSet<>(found)).isEqualTo(brute.found);
    assertThat(brute.found).isNotEmpty();
  }

  /** Every scenario over fixed names. */
  private static final class Brute {
    final Set<String> found = new TreeSet<>();
    private final Size size;
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
          default -> {}
        }
      }
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
          boolean idle = action instanceof Action.Idle || action instanceof Action.Exit;
          String next = action instanceof Action.Run run ? run.task() : idle ? null : current;
          boolean nothing =
              action instanceof Action.Run(String task)
                  ? task.equals(current)
                  : action instanceof Action.Idle && current == null;
          if (!nothing) {
            line.add(action);
            grow(line, next, left - 1);
            line.removeLast();
          }
        }
      }
    }

    private void sleepers() {
      Matcher m = NAME.matcher(running + "" + lines);
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
      for (int cpu = 0; cpu < size.cpus(); cpu++) {
        for (String mm : start) {
          for (int n = 0; n < size.actions(); n++) {
            all.add(new Reference(cpu, false, mm));
            all.add(new Reference(cpu, true, mm));
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
        found.add(canonical(text(scenario(references)), size.cpus()));
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

  /** A row for each CPU, and one for what is held. */
  private static List<String> text(Scenario scenario) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < scenario.cpus().size(); i++) {
      rows.add(scenario.cpus().get(i).running() + " : " + scenario.cpus().get(i).actions());
    }
    TreeSet<String> held = new TreeSet<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Reference r : scenario.references()) {
      counts.merge((r.user() ? "gets " : "pins ") + r.mm() + " on " + r.cpu(), 1, Integer::sum);
    }
    counts.forEach((what, n) -> held.add(n + " " + what));
    rows.add(held.toString());
    return rows;
  }

  /**
   * The least text over all orders of CPUs, and names as they then appear. Of the gets only the sum
   * is told: which CPU needs how many follows from what it does, and those of sleepers are
   * nobody's.
   */
  private static String canonical(List<String> rows, int cpus) {
    Set<String> all = new TreeSet<>();
    orders(
        cpus,
        new ArrayList<>(),
        order -> {
          StringBuilder out = new StringBuilder();
          for (int cpu : order) {
            out.append(rows.get(cpu)).append('\n');
          }
          Map<String, String> letters = new HashMap<>();
          Map<String, String> tasks = new HashMap<>();
          String renamed =
              NAME.matcher(out)
                  .replaceAll(m -> {
                    String letter = m.group(1);
                    if (!letter.equals("k")) {
                      letter =
                          letters.computeIfAbsent(letter, _ -> "" + (char) ('A' + letters.size()));
                    }
                    if (m.group(2).isEmpty()) {
                      return letter;
                    }
                    String to = letter;
                    return tasks.computeIfAbsent(
                        m.group(),
                        _ ->
                            to
                                + (1
                                    + tasks.values().stream()
                                        .filter(t -> t.startsWith(to))
                                        .count()));
                  });
          Map<String, Integer> held = new TreeMap<>();
          for (String what : rows.getLast().replaceAll("[\\[\\]]", "").split(", ", -1)) {
            String[] words = what.split(" ", -1);
            if (words.length == 5) {
              boolean user = words[1].equals("gets");
              String where = user ? "" : " on " + order.indexOf(Integer.parseInt(words[4]));
              held.merge(
                  words[1] + letters.get(words[2]) + where,
                  Integer.parseInt(words[0]),
                  Integer::sum);
            }
          }
          all.add(renamed + held);
        });
    return all.iterator().next();
  }

  private static void orders(
      int cpus, List<Integer> order, java.util.function.Consumer<List<Integer>> sink) {
    if (order.size() == cpus) {
      sink.accept(List.copyOf(order));
    }
    for (int i = 0; i < cpus; i++) {
      if (!order.contains(i)) {
        order.add(i);
        orders(cpus, order, sink);
        order.removeLast();
      }
    }
  }
}
