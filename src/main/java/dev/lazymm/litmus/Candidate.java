package dev.lazymm.litmus;

import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Relation;
import dev.lazymm.cat.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of a test when each thread goes a certain way: first one initial write a location,
 * then the events of each path. What does not depend on values is fixed here: program order,
 * dependencies, who is in which set.
 */
public final class Candidate implements Structure {
  private final LitmusTest test;
  private final List<Path> paths;
  private final int size;
  private final int[] thread;
  private final int[] base;
  private final @Nullable PathEvent[] events;
  private final Map<String, EventSet> sets = new HashMap<>();
  private final Map<String, EventSet> tags = new HashMap<>();
  private final Map<String, Relation> relations = new HashMap<>();
  private final Valuation values;

  /**
   * @param test the test
   * @param paths a way for each of its threads
   */
  public Candidate(LitmusTest test, List<Path> paths) {
    this.test = test;
    this.paths = List.copyOf(paths);
    int locations = test.locations().size();
    int n = locations;
    base = new int[paths.size()];
    for (int t = 0; t < base.length; t++) {
      base[t] = n;
      n += paths.get(t).events().size();
    }
    size = n;
    thread = new int[n];
    events = new @Nullable PathEvent[n];
    Arrays.fill(thread, -1);
    for (int t = 0; t < base.length; t++) {
      List<PathEvent> path = paths.get(t).events();
      for (int i = 0; i < path.size(); i++) {
        thread[base[t] + i] = t;
        events[base[t] + i] = path.get(i);
      }
    }
    fillSets();
    fillTags();
    fillRelations();
    values = new Valuation(this);
  }

  private void fillSets() {
    EventSet initial = EventSet.of(size, e -> events[e] == null);
    EventSet reads = acting(Action.READ);
    EventSet writes = acting(Action.WRITE).union(initial);
    EventSet locks = EventSet.empty(size);
    for (Action action :
        List.of(
            Action.LOCK_READ,
            Action.LOCK_WRITE,
            Action.UNLOCK,
            Action.LOCK_FAIL,
            Action.READ_LOCKED,
            Action.READ_UNLOCKED)) {
      locks = locks.union(acting(action));
    }
    sets.put("IW", initial);
    sets.put("R", reads);
    sets.put("W", writes);
    sets.put("M", reads.union(writes).union(locks));
    sets.put("Exp", reads.union(writes));
    sets.put("F", acting(Action.FENCE));
    sets.put("SRCU", acting(Action.SRCU));
    sets.put("RMW", EventSet.of(size, e -> events[e] != null && events[e].rmw()));
    sets.put("LKR", acting(Action.LOCK_READ));
    sets.put("LKW", acting(Action.LOCK_WRITE));
    sets.put("UL", acting(Action.UNLOCK));
    sets.put("LF", acting(Action.LOCK_FAIL));
    sets.put("RL", acting(Action.READ_LOCKED));
    sets.put("RU", acting(Action.READ_UNLOCKED));
  }

  private EventSet acting(Action action) {
    return EventSet.of(size, e -> events[e] != null && events[e].action() == action);
  }

  private void fillTags() {
    for (PathEvent event : events) {
      if (event != null) {
        for (String tag : event.tags()) {
          tags.computeIfAbsent(
              tag, t -> EventSet.of(size, e -> events[e] != null && events[e].tags().contains(t)));
        }
      }
    }
  }

  private void fillRelations() {
    Relation.Builder po = new Relation.Builder(size);
    Relation.Builder same = new Relation.Builder(size);
    Relation.Builder addr = new Relation.Builder(size);
    Relation.Builder data = new Relation.Builder(size);
    Relation.Builder ctrl = new Relation.Builder(size);
    Relation.Builder rmw = new Relation.Builder(size);
    Map<String, Relation.Builder> more = new HashMap<>();
    for (int e = 0; e < size; e++) {
      PathEvent event = events[e];
      if (event == null) {
        continue;
      }
      int first = base[thread[e]];
      for (int f = first; f < size && thread[f] == thread[e]; f++) {
        same.add(e, f);
        if (f > e) {
          po.add(e, f);
        }
      }
      depends(addr, event.addr(), first, e);
      depends(data, event.data(), first, e);
      depends(ctrl, event.ctrl(), first, e);
      for (var named : event.more().entrySet()) {
        depends(
            more.computeIfAbsent(named.getKey(), _ -> new Relation.Builder(size)),
            named.getValue(),
            first,
            e);
      }
      if (event.readPart() >= 0 && event.action() == Action.WRITE) {
        rmw.add(first + event.readPart(), e);
      }
    }
    more.forEach((name, builder) -> relations.put(name, builder.build()));
    Relation instance = relations.getOrDefault("same-instance", Relation.empty(size));
    Relation inside = same.build();
    Relation pairs = rmw.build();
    relations.put("po", po.build().minus(instance));
    relations.put("int", inside);
    relations.put("ext", inside.complement().minus(Relation.identity(size)));
    relations.put("id", Relation.identity(size));
    relations.put("sm", Relation.identity(size));
    relations.put("addr", addr.build());
    relations.put("data", data.build());
    relations.put("ctrl", ctrl.build());
    relations.put("rmw", pairs);
    relations.put("amo", pairs.minus(relations.getOrDefault("lxsx", Relation.empty(size))));
  }

  private static void depends(Relation.Builder on, Set<Integer> reads, int first, int e) {
    for (int read : reads) {
      on.add(first + read, e);
    }
  }

  // ---- what a model asks -----------------------------------------------------------------------

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable EventSet set(String name) {
    return name.equals("FW") ? null : sets.getOrDefault(name, tagged(name));
  }

  @Override
  public EventSet tagged(String tag) {
    return tags.getOrDefault(tag, EventSet.empty(size));
  }

  @Override
  public @Nullable Relation relation(String name) {
    return name.equals("rf") || name.equals("loc")
        ? null
        : relations.getOrDefault(name, Relation.empty(size));
  }

  @Override
  public long value(int event) {
    return values.value(event);
  }

  // ---- what a search asks ----------------------------------------------------------------------

  /** {@return the test} */
  public LitmusTest test() {
    return test;
  }

  /** {@return the ways that the threads go} */
  public List<Path> paths() {
    return paths;
  }

  /** {@return the event of a path, null for an initial write} */
  public @Nullable PathEvent event(int e) {
    return events[e];
  }

  /** {@return the thread of an event, -1 for an initial write} */
  public int thread(int e) {
    return thread[e];
  }

  /** {@return the number of the first event of a thread} */
  int base(int t) {
    return base[t];
  }

  /** {@return what is known of addresses and values} */
  Valuation values() {
    return values;
  }

  /** {@return whether an event takes part in reads-from as a read} */
  boolean isRead(int e) {
    return events[e] != null && events[e].action() == Action.READ;
  }

  /** {@return whether an event takes part in reads-from as a write} */
  boolean isWrite(int e) {
    return events[e] == null || events[e].action() == Action.WRITE;
  }
}
