package dev.lazymm.check;

import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What an explorer shows of a program.
 *
 * @param graphs how often each complete execution was shown, by {@link GraphKey}; empty if the
 *     footprint was learned, as graphs then lack events
 * @param ends the last values of all cells, of all executions
 * @param hung how often each hang was shown, by {@link GraphKey} without the waits that failed
 * @param executions how many complete executions were shown
 * @param blocked how many graphs could not be completed
 * @param vain how many of them were no hangs either
 */
record Exploration(
    Map<String, Integer> graphs,
    Set<List<Long>> ends,
    Map<String, Integer> hung,
    long executions,
    long blocked,
    long vain) {

  /** Explores, one cell an event and no footprint. */
  static Exploration of(Program program, int... order) {
    return of(program, new Sc(), new Explorer.Options(order, true, 4096, Weakenings.NONE));
  }

  static Exploration of(Program program, MemoryModel model, Explorer.Options options) {
    Collector collector = new Collector(program.memory().cellCount(), options);
    Explorer explorer = new Explorer(program, model, options, collector);
    explorer.run();
    return new Exploration(
        collector.graphs,
        collector.ends,
        collector.hung,
        explorer.executions(),
        explorer.blocked(),
        explorer.blocked() - collector.hangs);
  }

  /** {@return whether a hang was shown} */
  boolean hangs() {
    return !hung.isEmpty();
  }

  /** {@return the threads of a memory in their own order} */
  static int[] inOrder(Memory memory) {
    return IntStream.range(0, memory.cpus()).toArray();
  }

  /** {@return n threads in a random order} */
  static int[] shuffled(int n, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * {@return how this differs from brute force: executions that are missing, impossible or shown
   * twice, and hangs; empty if in nothing}
   */
  List<String> differencesFrom(Interleavings.Outcome outcome) {
    List<String> all = new ArrayList<>();
    new TreeSet<>(outcome.complete())
        .stream().filter(key -> !graphs.containsKey(key)).forEach(key -> all.add("missing " + key));
    graphs.forEach((key, times) -> {
      if (!outcome.complete().contains(key)) {
        all.add("impossible " + key);
      }
      if (times > 1) {
        all.add(times + " times " + key);
      }
    });
    if (hangs() == outcome.hangs().isEmpty()) {
      all.add(hangs() ? "an impossible hang" : "no hang");
    }
    return all;
  }

  /** {@return how the hangs differ from those of brute force; empty if in nothing} */
  List<String> hangsDifferencesFrom(Interleavings.Outcome outcome) {
    List<String> all = new ArrayList<>();
    new TreeSet<>(outcome.hangs())
        .stream().filter(key -> !hung.containsKey(key)).forEach(key -> all.add("no hang " + key));
    hung.forEach((key, times) -> {
      if (!outcome.hangs().contains(key)) {
        all.add("impossible hang " + key);
      }
      if (times > 1) {
        all.add(times + " times hang " + key);
      }
    });
    return all;
  }

  private static final class Collector implements Explorer.Listener {
    private final Map<String, Integer> graphs = new TreeMap<>();
    private final Map<String, Integer> hung = new TreeMap<>();
    private final Set<List<Long>> ends = new HashSet<>();
    private final int cells;
    private final boolean keys;
    private long hangs;

    Collector(int cells, Explorer.Options options) {
      this.cells = cells;
      keys = options.everythingShared();
    }

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      if (keys) {
        graphs.merge(GraphKey.of(explorer, graph), 1, Integer::sum);
      }
      List<Long> end = new ArrayList<>();
      for (int c = 0; c < cells; c++) {
        end.add(explorer.finalValue(c));
      }
      ends.add(end);
      return true;
    }

    @Override
    public boolean hung(Explorer explorer, Graph graph) {
      hangs++;
      hung.merge(keys ? GraphKey.of(explorer, graph) : "", 1, Integer::sum);
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }

    @Override
    public void restarted() {
      graphs.clear();
      hung.clear();
      ends.clear();
      hangs = 0;
    }
  }
}
