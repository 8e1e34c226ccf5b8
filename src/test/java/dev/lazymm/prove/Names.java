package dev.lazymm.prove;

import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.Scenario.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What scenarios are called by, and what they are if names do not count. */
final class Names {
  static final Pattern NAME = Pattern.compile("\\b([A-Z]|k)([0-9]*)\\b");
  private static final Pattern CELL = Pattern.compile("cell=([a-z])");

  private static final Pattern PLUG = Pattern.compile("lug\\[cpu=(\\d+)]");

  private Names() {}

  /** A row whose CPUs that are plugged and unplugged go by their places in an order. */
  private static String plugged(String row, List<Integer> order) {
    return PLUG.matcher(row)
        .replaceAll(m -> "lug(cpu=" + order.indexOf(Integer.valueOf(m.group(1))) + ")");
  }

  /** A row for each CPU, and one for what is held. */
  static List<String> text(Scenario scenario) {
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
   * The least text over all orders of CPUs, and names as they then appear. Of what is held only the
   * sum is told: which CPU gives back how many follows from what it does, and what is never given
   * back is nobody's.
   */
  static String canonical(List<String> rows, int cpus) {
    Set<String> all = new TreeSet<>();
    orders(
        cpus,
        new ArrayList<>(),
        order -> {
          StringBuilder out = new StringBuilder();
          for (int cpu : order) {
            out.append(plugged(rows.get(cpu), order)).append('\n');
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
              String kind = words[1] + letters.get(words[2]);
              held.merge(kind, Integer.parseInt(words[0]), Integer::sum);
            }
          }
          Map<String, String> cells = new HashMap<>();
          String last =
              CELL.matcher(renamed)
                  .replaceAll(m -> cells.computeIfAbsent(m.group(1), _ -> "cell" + cells.size()));
          all.add(last + held);
        });
    return all.iterator().next();
  }

  private static void orders(int cpus, List<Integer> order, Consumer<List<Integer>> sink) {
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

  /**
   * In how many ways names can be given: every order of the CPUs, every name for each task and for
   * each that sleeps, each mm and each cell, counted one by one.
   */
  static long labellings(List<String> rows, List<String> sleepers, Size size) {
    Set<String> tasks = new TreeSet<>();
    Set<String> mms = new TreeSet<>(sleepers);
    Set<String> cells = new TreeSet<>();
    var names = NAME.matcher(String.join(" ", rows));
    while (names.find()) {
      if (!names.group(1).equals("k")) {
        mms.add(names.group(1));
      }
      if (!names.group(2).isEmpty()) {
        tasks.add(names.group());
      }
    }
    var found = CELL.matcher(String.join(" ", rows));
    while (found.find()) {
      cells.add(found.group(1));
    }
    sleepers.forEach(mm -> tasks.add(mm + "asleep"));
    Set<String> all = new HashSet<>();
    orders(
        size.cpus(),
        new ArrayList<>(),
        order ->
            injections(
                List.copyOf(tasks),
                "t",
                size.tasks(),
                new HashMap<>(),
                task ->
                    injections(
                        List.copyOf(mms),
                        "m",
                        size.mms(),
                        new HashMap<>(),
                        mm ->
                            injections(
                                List.copyOf(cells),
                                "c",
                                2,
                                new HashMap<>(),
                                cell ->
                                    all.add(labelled(rows, sleepers, order, task, mm, cell))))));
    return all.size();
  }

  private static String labelled(
      List<String> rows,
      List<String> sleepers,
      List<Integer> order,
      Map<String, String> task,
      Map<String, String> mm,
      Map<String, String> cell) {
    StringBuilder out = new StringBuilder();
    for (int cpu : order) {
      String named =
          NAME.matcher(plugged(rows.get(cpu), order))
              .replaceAll(m -> {
                String letter = mm.getOrDefault(m.group(1), "k");
                return m.group(2).isEmpty() ? letter : task.get(m.group()) + "of" + letter;
              });
      out.append(CELL.matcher(named).replaceAll(m -> String.valueOf(cell.get(m.group(1)))));
      out.append('\n');
    }
    Set<String> asleep = new TreeSet<>();
    sleepers.forEach(m -> asleep.add(task.get(m + "asleep") + "of" + mm.get(m)));
    return out.append(asleep).toString();
  }

  private static void injections(
      List<String> from,
      String to,
      int most,
      Map<String, String> given,
      Consumer<Map<String, String>> sink) {
    if (given.size() == from.size()) {
      sink.accept(given);
      return;
    }
    for (int i = 0; i < most; i++) {
      String name = to + i;
      if (!given.containsValue(name)) {
        given.put(from.get(given.size()), name);
        injections(from, to, most, given, sink);
        given.remove(from.get(given.size() - 1));
      }
    }
  }
}
