package dev.lazymm.simulate;

import dev.lazymm.cost.Distance;
import dev.lazymm.cost.Prices;
import dev.lazymm.cost.Topology;
import dev.lazymm.machine.Cell;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each line is, and what it costs to get it. A line has one owner, or any number of sharers,
 * or is in memory (MESI). Getting it from its owner, and taking copies away, is one transaction at
 * a time: who comes while it is under way queues. Reading copies is not.
 */
final class Caches {
  private final Topology topology;
  private final Prices prices;
  private final Counts counts;
  private final Map<Long, Line> lines = new HashMap<>(); // looked up only, but for the report
  private @Nullable Line[] lineOf = new @Nullable Line[0];

  Caches(Topology topology, Prices prices, Counts counts) {
    this.topology = topology;
    this.prices = prices;
    this.counts = counts;
  }

  /** {@return the line that a cell is on} */
  Line line(Cell cell) {
    int i = cell.index();
    Line line = i < lineOf.length ? lineOf[i] : null;
    if (line == null) {
      line = lines.computeIfAbsent(cell.line(), n -> new Line(cell.toString()));
      if (i >= lineOf.length) {
        lineOf = Arrays.copyOf(lineOf, Math.max(i + 1, 2 * lineOf.length));
      }
      lineOf[i] = line;
    }
    return line;
  }

  /** {@return the lines that moved most, the first the most; equal ones by name} */
  List<HotLine> hottest(int most) {
    return lines.values().stream()
        .filter(line -> line.transfers > 0)
        .map(line -> new HotLine(line.name, line.transfers))
        .sorted()
        .limit(most)
        .toList();
  }

  /** {@return whether the CPU has the line, so that a read tells nobody} */
  static boolean readHits(int cpu, Line line) {
    return line.owner == cpu || (line.owner == Line.NOBODY && line.isSharedBy(cpu));
  }

  /** {@return whether only this CPU has the line, so that a write tells nobody} */
  static boolean writeHits(int cpu, Line line) {
    return line.owner == cpu;
  }

  /** {@return when a read that begins at {@code now} is done} */
  long read(int cpu, Line line, long now) {
    if (readHits(cpu, line)) {
      counts.access(Distance.OWN);
      return now + prices.own();
    }
    Distance distance = nearest(cpu, line);
    long start = queue(line, now);
    long done = start + prices.of(distance);
    arrived(line, distance);
    if (line.owner != Line.NOBODY) {
      line.busyUntil = done;
      line.sharers(topology).add(line.owner);
      line.sharers(topology).add(cpu);
      line.owner = Line.NOBODY;
    } else if (line.isShared()) {
      line.sharers(topology).add(cpu);
    } else {
      line.owner = cpu;
    }
    return done;
  }

  /**
   * {@return when a write that begins at {@code now} is done}
   *
   * @param atomic whether it is an atomic read-modify-write
   */
  long write(int cpu, Line line, long now, boolean atomic) {
    long extra = 0;
    if (atomic) {
      counts.atomics++;
      extra = prices.atomic();
    }
    if (writeHits(cpu, line)) {
      counts.access(Distance.OWN);
      return now + (atomic ? extra : prices.own());
    }
    Distance distance = line.owner != Line.NOBODY ? nearest(cpu, line) : furthest(cpu, line);
    long start = queue(line, now);
    long done = start + prices.of(distance) + extra;
    arrived(line, distance);
    line.busyUntil = done;
    if (line.owner != Line.NOBODY) {
      counts.invalidations++;
    } else if (line.isShared()) {
      counts.invalidations += line.sharers(topology).size() - (line.isSharedBy(cpu) ? 1 : 0);
      line.sharers(topology).clear();
    }
    line.owner = cpu;
    return done;
  }

  private long queue(Line line, long now) {
    if (line.busyUntil > now) {
      counts.queued++;
      return line.busyUntil;
    }
    return now;
  }

  private void arrived(Line line, Distance distance) {
    counts.access(distance);
    line.transfers++;
  }

  /** Where a copy can be had from. */
  private Distance nearest(int cpu, Line line) {
    if (line.owner != Line.NOBODY) {
      return topology.between(cpu, line.owner);
    }
    if (!line.isShared()) {
      return Distance.MEMORY;
    }
    return line.sharers(topology).near(cpu) > 0 ? Distance.SOCKET : Distance.REMOTE;
  }

  /** How far the invalidation of all copies has to go. */
  private Distance furthest(int cpu, Line line) {
    if (!line.isShared()) {
      return Distance.MEMORY;
    }
    Sharers sharers = line.sharers(topology);
    return sharers.size() > sharers.near(cpu) ? Distance.REMOTE : Distance.SOCKET;
  }
}
