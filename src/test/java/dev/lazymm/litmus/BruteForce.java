package dev.lazymm.litmus;

import dev.lazymm.cat.Bounds;
import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Model;
import dev.lazymm.cat.Relation;
import dev.lazymm.cat.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All executions of a test without any thought: every way of the threads, every write for every
 * read, every last write, each judged when it is complete.
 */
final class BruteForce {
  private static final int NOT_YET = -1;

  private final LitmusTest test;
  private final Model model;
  private final List<Integer> observed;
  private final TreeSet<String> flags = new TreeSet<>();
  private long positive;
  private long negative;
  private long tried;

  private BruteForce(LitmusTest test, Model model) {
    this.test = test;
    this.model = model;
    observed = EndState.observed(test);
  }

  /** What was found. */
  record Found(long positive, long negative, List<String> flags, long tried) {}

  static Found run(LitmusTest test, Model model) {
    BruteForce all = new BruteForce(test, model);
    all.ways(new ArrayList<>());
    return new Found(all.positive, all.negative, List.copyOf(all.flags), all.tried);
  }

  private void ways(List<Path> chosen) {
    if (chosen.size() == test.threads().size()) {
      new Way(new Candidate(test, chosen)).sources(0);
      return;
    }
    for (Path path : test.threads().get(chosen.size())) {
      List<Path> more = new ArrayList<>(chosen);
      more.add(path);
      ways(more);
    }
  }

  /** One way of the threads. */
  private final class Way implements Structure {
    final Candidate candidate;
    final int size;
    final int[] source;
    final int[] location;
    final @Nullable Long[] values;

    Way(Candidate candidate) {
      this.candidate = candidate;
      size = candidate.size();
      source = new int[size];
      location = new int[size];
      values = new @Nullable Long[size];
    }

    void sources(int read) {
      if (read == size) {
        if (compute()) {
          lasts(0, new int[observed.size()]);
        }
      } else if (!candidate.isRead(read)) {
        sources(read + 1);
      } else {
        for (int w = 0; w < size; w++) {
          if (candidate.isWrite(w)) {
            source[read] = w;
            sources(read + 1);
          }
        }
      }
    }

    Value.Known view(int thread) {
      int base = candidate.base(thread);
      return new Value.Known() {
        @Override
        public boolean isKnown(int event) {
          return values[base + event] != null;
        }

        @Override
        public long value(int event) {
          Long value = values[base + event];
          return value == null ? 0 : value;
        }
      };
    }

    /** Computes values round after round; false if some never come or contradict the choices. */
    boolean compute() {
      Arrays.fill(values, null);
      Arrays.fill(location, NOT_YET);
      for (int round = 0; round <= size; round++) {
        for (int e = 0; e < size; e++) {
          compute(e);
        }
      }
      for (int e = 0; e < size; e++) {
        PathEvent event = candidate.event(e);
        if (event == null) {
          continue;
        }
        boolean access = candidate.isRead(e) || candidate.isWrite(e);
        if ((access && values[e] == null)
            || (event.address() != null && location[e] < 0)
            || (candidate.isRead(e) && location[e] != location[source[e]])) {
          return false;
        }
      }
      for (int t = 0; t < candidate.paths().size(); t++) {
        for (Path.Guard guard : candidate.paths().get(t).guards()) {
          if ((guard.value().evaluate(view(t)) != 0) != guard.holds()) {
            return false;
          }
        }
      }
      return true;
    }

    void compute(int e) {
      PathEvent event = candidate.event(e);
      if (event == null) {
        values[e] = test.initial().get(e);
        location[e] = e;
        return;
      }
      Value.Known view = view(candidate.thread(e));
      Value address = event.address();
      if (address != null && address.isKnown(view)) {
        location[e] = Value.locationOf(address.evaluate(view));
      }
      Value value = event.value();
      if (candidate.isRead(e)) {
        values[e] = values[source[e]];
      } else if (value != null && value.isKnown(view)) {
        values[e] = value.evaluate(view);
      }
    }

    void lasts(int i, int[] last) {
      if (i == observed.size()) {
        judged(last);
        return;
      }
      for (int w = 0; w < size; w++) {
        if (candidate.isWrite(w) && location[w] == observed.get(i)) {
          last[i] = w;
          lasts(i + 1, last);
        }
      }
    }

    void judged(int[] last) {
      tried++;
      Relation.Builder rf = new Relation.Builder(size);
      Relation.Builder loc = new Relation.Builder(size);
      for (int e = 0; e < size; e++) {
        if (candidate.isRead(e)) {
          rf.add(source[e], e);
        }
        for (int f = 0; f < size; f++) {
          if (location[e] >= 0 && location[e] == location[f]) {
            loc.add(e, f);
          }
        }
      }
      Judge judge = model.judge(this);
      judge.set("rf", Bounds.exact(rf.build()));
      judge.set("loc", Bounds.exact(loc.build()));
      judge.setSet(
          "FW", Bounds.exact(EventSet.of(size, e -> Arrays.stream(last).anyMatch(w -> w == e))));
      boolean holds = holds(test.condition(), last);
      judge.completions((raised, _) -> {
        flags.addAll(raised);
        if (holds) {
          positive++;
        } else {
          negative++;
        }
        return true;
      });
    }

    boolean holds(Prop prop, int[] last) {
      return switch (prop) {
        case Prop.True _ -> true;
        case Prop.And and -> and.of().stream().allMatch(p -> holds(p, last));
        case Prop.Or or -> or.of().stream().anyMatch(p -> holds(p, last));
        case Prop.Not not -> !holds(not.of(), last);
        case Prop.Implies implies -> !holds(implies.first(), last) || holds(implies.second(), last);
        case Prop.Equal(Prop.Term left, Prop.Term right) -> value(left, last) == value(right, last);
      };
    }

    long value(Prop.Term term, int[] last) {
      return switch (term) {
        case Prop.Literal literal -> literal.value();
        case Prop.Register(int thread, String name) -> {
          Value end = candidate.paths().get(thread).registers().get(name);
          yield end == null ? 0 : end.evaluate(view(thread));
        }
        case Prop.Location(String name) ->
            value(last[observed.indexOf(test.locations().indexOf(name))]);
      };
    }

    // ---- what a model asks ----

    @Override
    public int size() {
      return size;
    }

    @Override
    public @Nullable EventSet set(String name) {
      return candidate.set(name);
    }

    @Override
    public EventSet tagged(String tag) {
      return candidate.tagged(tag);
    }

    @Override
    public @Nullable Relation relation(String name) {
      return candidate.relation(name);
    }

    @Override
    public long value(int event) {
      Long value = values[event];
      return value == null ? 0 : value;
    }
  }
}
