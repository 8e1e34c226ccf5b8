package dev.lazymm.cat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A structure for tests: sets and relations by name; random ones look like small programs. */
final class Candidate implements Structure {
  private final int n;
  final Map<String, EventSet> sets = new HashMap<>();
  final Map<String, EventSet> tags = new HashMap<>();
  final Map<String, Relation> relations = new HashMap<>();
  final long[] values;

  Candidate(int n) {
    this.n = n;
    values = new long[n];
  }

  Candidate set(String name, int... events) {
    EventSet set = EventSet.empty(n);
    for (int e : events) {
      set = set.with(e);
    }
    sets.put(name, set);
    return this;
  }

  /** Adds a relation of pairs, each two events. */
  Candidate relation(String name, int... pairs) {
    Relation.Builder builder = new Relation.Builder(n);
    for (int i = 0; i < pairs.length; i += 2) {
      builder.add(pairs[i], pairs[i + 1]);
    }
    relations.put(name, builder.build());
    return this;
  }

  /** {@return a relation that is there} */
  Relation get(String name) {
    return Objects.requireNonNull(relations.get(name));
  }

  /** Fills a vocabulary with empty sets and relations where nothing is set. */
  Candidate complete(Vocabulary vocabulary) {
    vocabulary.sets().forEach(s -> sets.putIfAbsent(s, EventSet.empty(n)));
    vocabulary.relations().forEach(r -> relations.putIfAbsent(r, Relation.empty(n)));
    return this;
  }

  @Override
  public int size() {
    return n;
  }

  @Override
  public @Nullable EventSet set(String name) {
    return sets.get(name);
  }

  @Override
  public EventSet tagged(String tag) {
    return tags.getOrDefault(tag, EventSet.empty(n));
  }

  @Override
  public @Nullable Relation relation(String name) {
    return relations.get(name);
  }

  @Override
  public long value(int event) {
    return values[event];
  }

  static Relation random(SplittableRandom random, int n, double density) {
    Relation.Builder builder = new Relation.Builder(n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        if (random.nextDouble() < density) {
          builder.add(a, b);
        }
      }
    }
    return builder.build();
  }

  static EventSet randomSet(SplittableRandom random, int n, double density) {
    return EventSet.of(n, _ -> random.nextDouble() < density);
  }

  /** Every set and relation of a vocabulary at random, whatever it should mean. */
  static Candidate anything(SplittableRandom random, int n, Vocabulary vocabulary) {
    Candidate c = new Candidate(n);
    for (String s : vocabulary.sets().stream().sorted().toList()) {
      c.sets.put(s, randomSet(random, n, 0.4));
    }
    for (String r : vocabulary.relations().stream().sorted().toList()) {
      c.relations.put(r, random(random, n, 1.2 / n));
    }
    // Only this one must be what it is: to have the same location.
    c.relations.computeIfPresent("loc", (_, r) -> r.union(r.inverse()).plus().optional());
    return c;
  }

  /** An event of a random program. */
  private record Made(String kind, int thread, int location, String tag) {}

  /**
   * A random program in C with an rf: initial writes, then threads of reads, writes, fences,
   * read-modify-writes and critical sections.
   */
  static Candidate program(SplittableRandom random, int threads, int length, boolean locks) {
    int locations = 2;
    List<Made> events = new ArrayList<>();
    for (int l = 0; l < locations + (locks ? 1 : 0); l++) {
      events.add(new Made("IW", -1, l, ""));
    }
    List<String> fences = List.of("MB", "wmb", "rmb", "rcu-lock", "rcu-unlock", "sync-rcu");
    Relation.Builder rmw = new Relation.Builder(64);
    for (int t = 0; t < threads; t++) {
      int lockAt = locks ? random.nextInt(length) : -1;
      for (int i = 0; i < length; i++) {
        int l = random.nextInt(locations);
        if (i == lockAt) {
          events.add(new Made("LKR", t, locations, ""));
          events.add(new Made("LKW", t, locations, ""));
        }
        switch (random.nextInt(8)) {
          case 0, 1, 2 ->
              events.add(new Made("R", t, l, random.nextBoolean() ? "ONCE" : "ACQUIRE"));
          case 3, 4, 5 ->
              events.add(new Made("W", t, l, random.nextBoolean() ? "ONCE" : "RELEASE"));
          case 6 -> events.add(new Made("F", t, -1, fences.get(random.nextInt(fences.size()))));
          default -> {
            rmw.add(events.size(), events.size() + 1);
            events.add(new Made("R", t, l, "MB"));
            events.add(new Made("W", t, l, "MB"));
          }
        }
        if (i == lockAt) {
          events.add(new Made("UL", t, locations, ""));
        }
      }
    }
    return build(random, events, rmw.build());
  }

  private static Candidate build(SplittableRandom random, List<Made> events, Relation rmw) {
    int n = events.size();
    Candidate c = new Candidate(n);
    Map<String, List<String>> kinds =
        Map.of(
            "M", List.of("R", "W", "IW", "LKR", "LKW", "UL"),
            "R", List.of("R"),
            "W", List.of("W", "IW"),
            "F", List.of("F"),
            "IW", List.of("IW"),
            "LKR", List.of("LKR"),
            "LKW", List.of("LKW"),
            "UL", List.of("UL"));
    kinds.forEach(
        (name, of) -> c.sets.put(name, EventSet.of(n, e -> of.contains(events.get(e).kind))));
    for (String tag : new HashSet<>(events.stream().map(Made::tag).toList())) {
      c.tags.put(tag, EventSet.of(n, e -> events.get(e).tag.equals(tag)));
    }
    Relation.Builder po = new Relation.Builder(n);
    Relation.Builder same = new Relation.Builder(n);
    Relation.Builder loc = new Relation.Builder(n);
    Relation.Builder addr = new Relation.Builder(n);
    Relation.Builder data = new Relation.Builder(n);
    Relation.Builder ctrl = new Relation.Builder(n);
    Relation.Builder pairs = new Relation.Builder(n);
    Relation.Builder rf = new Relation.Builder(n);
    for (int a = 0; a < n; a++) {
      Made x = events.get(a);
      List<Integer> sources = new ArrayList<>();
      for (int b = 0; b < n; b++) {
        Made y = events.get(b);
        if (x.location >= 0 && x.location == y.location) {
          loc.add(a, b);
          if (y.kind.endsWith("W") && !y.kind.equals("LKW")) {
            sources.add(b);
          }
        }
        if (x.thread == y.thread && x.thread >= 0) {
          same.add(a, b);
          if (a < b) {
            po.add(a, b);
            if (x.kind.equals("R") && random.nextInt(6) == 0) {
              switch (y.kind) {
                case "W" -> (random.nextBoolean() ? data : ctrl).add(a, b);
                case "R" -> addr.add(a, b);
                default -> {}
              }
            }
          }
        }
        if (a < 64 && b < 64 && rmw.contains(a, b)) {
          pairs.add(a, b);
        }
      }
      if (x.kind.equals("R")) {
        rf.add(sources.get(random.nextInt(sources.size())), a);
      }
    }
    c.relations.put("po", po.build());
    Relation internal = same.build();
    c.relations.put("int", internal);
    c.relations.put("ext", internal.complement());
    c.relations.put("loc", loc.build());
    c.relations.put("addr", addr.build());
    c.relations.put("data", data.build());
    c.relations.put("ctrl", ctrl.build());
    c.relations.put("rmw", pairs.build());
    c.relations.put("rf", rf.build());
    Relation read = pairs.build();
    c.sets.put("RMW", read.domain().union(read.range()));
    return c.complete(Vocabulary.c());
  }
}
