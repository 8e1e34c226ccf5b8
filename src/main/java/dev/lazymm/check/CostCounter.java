package dev.lazymm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Counts what executions cost other CPUs: the IPIs by handler, and the broadcast flushes. What a
 * CPU does to itself is free.
 */
final class CostCounter {
  private final List<String> names = new ArrayList<>(List.of(CheckResult.BROADCAST));
  private long[] now = new long[4];
  private long[] least = new long[4];
  private long[] most = new long[4];
  private long executions;

  /** Counts a complete execution. */
  void add(Graph graph) {
    Arrays.fill(now, 0);
    for (int e = 0; e < graph.size; e++) {
      if (graph.kind[e] == Kind.FLUSH_ALL) {
        now[0]++;
      }
    }
    for (int t = 0; t < graph.threads; t++) {
      for (int i = 0; i < graph.sendsLength[t]; i++) {
        if (graph.payload[graph.sends[t][i]] instanceof Send send) {
          int column = column(send.ipi().name()); // may make now longer, so before it is read
          now[column]++;
        }
      }
    }
    for (int i = 0; i < names.size(); i++) {
      least[i] = executions == 0 ? now[i] : Math.min(least[i], now[i]);
      most[i] = Math.max(most[i], now[i]);
    }
    executions++;
  }

  /** Adds what others have counted. */
  void append(CostCounter later) {
    if (later.executions == 0) {
      return;
    }
    later.names.forEach(this::column);
    for (int i = 0; i < names.size(); i++) {
      int j = later.names.indexOf(names.get(i));
      long low = j < 0 ? 0 : later.least[j];
      least[i] = executions == 0 ? low : Math.min(least[i], low);
      most[i] = Math.max(most[i], j < 0 ? 0 : later.most[j]);
    }
    executions += later.executions;
  }

  /** {@return this as one line} */
  String save() {
    StringJoiner line = new StringJoiner(" ");
    line.add(Long.toString(executions));
    for (int i = 0; i < names.size(); i++) {
      line.add(least[i] + "," + most[i] + "," + names.get(i));
    }
    return line.toString();
  }

  /** Becomes what was saved. */
  void load(String line) {
    String[] words = line.split(" ", -1);
    executions = Long.parseLong(words[0]);
    for (int i = 1; i < words.length; i++) {
      String[] fields = words[i].split(",", 3);
      int column = column(fields[2]);
      least[column] = Long.parseLong(fields[0]);
      most[column] = Long.parseLong(fields[1]);
    }
  }

  /** The column of a name; one that comes later was at 0 in all executions before. */
  private int column(String name) {
    int i = names.indexOf(name);
    if (i < 0) {
      i = names.size();
      names.add(name);
      if (i == now.length) {
        now = Arrays.copyOf(now, 2 * i);
        least = Arrays.copyOf(least, 2 * i);
        most = Arrays.copyOf(most, 2 * i);
      }
    }
    return i;
  }

  /** {@return the fewest and the most of each in one execution; without those that never were} */
  Map<String, CheckResult.Range> ranges() {
    Map<String, CheckResult.Range> ranges = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (most[i] > 0) {
        ranges.put(names.get(i), new CheckResult.Range(least[i], most[i]));
      }
    }
    return ranges;
  }
}
