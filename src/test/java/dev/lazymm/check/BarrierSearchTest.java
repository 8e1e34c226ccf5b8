package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.WeakProgram.Act;
import dev.lazymm.check.WeakProgram.Strength;
import dev.lazymm.machine.Ordering;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs with a barrier more, and which barriers forbid them: against programs that have it. */
class BarrierSearchTest {
  private static final int ENOUGH = 30;
  private static final int FEW = 5;
  private static final int MOST = 3000;
  private static final int QUESTIONS = 150;

  @TempDir private Path folder;

  // ---- a graph with a barrier ------------------------------------------------------------------

  /** A program with a barrier has those executions of the one without it that stay consistent. */
  @ParameterizedTest
  @CsvSource({"lkmm,", "tso, x86", "power, ppc", "riscv, riscv", "armv8, aarch64-llsc"})
  void whatIsLeftIsWhatTheLitmusEngineCounts(String model, @Nullable String mapping) {
    LitmusOracle oracle = new LitmusOracle(model, mapping, folder);
    Weak weak = (Weak) oracle.instance();
    int asked = 0;
    int forbidden = 0;
    for (long seed = 0; asked < QUESTIONS; seed++) {
      WeakProgram program = WeakProgram.draw(seed, false);
      List<Graph> graphs = new ArrayList<>();
      if (program.atomics() <= 1) {
        RelationsTest.each(program, weak, graphs::add);
      }
      if (graphs.stream().allMatch(g -> weak.cycles(g).isEmpty())) {
        continue; // nothing that a barrier could forbid
      }
      for (int t = 0; t < program.threads().size(); t++) {
        for (int i = 0; i < program.threads().get(t).size(); i++) {
          for (Barrier.Kind kind : Barrier.Kind.values()) {
            WeakProgram stronger = with(program, kind, t, i);
            if (stronger != null) {
              long left = left(program, graphs, weak, kind, t, i);
              assertThat(left)
                  .as("%s, %s at %d of %d: %s", model, kind, i, t, program.toC())
                  .isEqualTo(oracle.count(stronger));
              asked++;
              forbidden += left < graphs.size() ? 1 : 0;
            }
          }
        }
      }
    }
    assertThat(forbidden).isBetween(1, asked - 1);
  }

  private static long left(
      WeakProgram program, List<Graph> graphs, Weak weak, Barrier.Kind kind, int t, int i) {
    return graphs.stream()
        .filter(g -> {
          Spot spot = new Spot(kind, t, index(program, g, t, i));
          return weak.isConsistent(Strengthened.of(g, Set.of(spot)).graph());
        })
        .count();
  }

  /** A program with a barrier more; null if it has no place for it. */
  private static @Nullable WeakProgram with(WeakProgram program, Barrier.Kind kind, int t, int i) {
    List<Act> acts = new ArrayList<>(program.threads().get(t));
    Act act = acts.get(i);
    switch (kind) {
      case ACQUIRE -> {
        if (act instanceof Act.Load(int x, Strength strength) && strength == Strength.ONCE) {
          acts.set(i, new Act.Load(x, Strength.ORDERED));
        } else if (act instanceof Act.Update u && u.ordering() == Ordering.RELAXED) {
          acts.set(i, with(u, Ordering.ACQUIRE));
        } else {
          return null;
        }
      }
      case RELEASE -> {
        if (act instanceof Act.Store(int x, int value, Strength strength)
            && strength == Strength.ONCE) {
          acts.set(i, new Act.Store(x, value, Strength.ORDERED));
        } else if (act instanceof Act.Update u && u.ordering() == Ordering.ACQUIRE) {
          acts.set(i, with(u, Ordering.FULL));
        } else {
          return null;
        }
      }
      case RMB -> acts.add(i, new Act.Fence(1));
      case WMB -> acts.add(i, new Act.Fence(2));
      case MB -> acts.add(i, new Act.Fence(0));
    }
    List<List<Act>> threads = new ArrayList<>(program.threads());
    threads.set(t, acts);
    return new WeakProgram(threads);
  }

  private static Act.Update with(Act.Update u, Ordering ordering) {
    return new Act.Update(u.op(), u.x(), u.operand(), u.expected(), ordering);
  }

  /** The po-index of an act's first event: there are polls, and an update that succeeds has two. */
  private static int index(WeakProgram program, Graph g, int t, int act) {
    assertThat(program.threads().get(t).size()).isGreaterThan(act);
    int at = 0;
    for (int i = 0; ; at++) {
      int kind = g.kind[g.po[t][at]];
      if (kind != Kind.POLL && kind != Kind.RMW_W && i++ == act) {
        return at;
      }
    }
  }

  // ---- the search ------------------------------------------------------------------------------

  /** The search halves; trying one place after another finds the same. */
  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "tso", "power", "armv8"})
  void theSearchFindsWhatTryingEachFinds(String model) {
    Weak weak = (Weak) Model.named(model).instance("x86-eager");
    int single = 0;
    int pairs = 0;
    int more = 0;
    for (long seed = 0; seed < MOST && (single < ENOUGH || pairs + more < FEW); seed++) {
      WeakProgram program = WeakProgram.draw(seed, false);
      List<Graph> odd = new ArrayList<>();
      RelationsTest.each(
          program,
          weak,
          g -> {
            if (!weak.cycles(g).isEmpty() && odd.size() < 3) {
              odd.add(g);
            }
          });
      for (Graph g : odd) {
        Predicate<Set<Spot>> forbids =
            spots -> !weak.isConsistent(Strengthened.of(g, spots).graph());
        List<Set<Spot>> found = new BarrierSearch(g, g.length.clone(), forbids).find();
        assertThat(found).as("full barriers everywhere are as good as sc").isNotEmpty();
        found.forEach(set -> assertThat(forbids.test(set)).isTrue());
        Set<Set<Spot>> cheap = singles(g, forbids, false);
        Set<Set<Spot>> full = singles(g, forbids, true);
        if (!cheap.isEmpty() || !full.isEmpty()) {
          single++;
          assertThat(new HashSet<>(found)).isEqualTo(cheap.isEmpty() ? full : cheap);
        } else if (hasPair(g, forbids)) {
          pairs++;
          assertThat(found).hasSize(1);
          assertThat(found.getFirst()).hasSize(2);
        } else {
          more++;
          assertThat(found.getFirst().size()).isGreaterThan(1);
          for (Spot spot : found.getFirst()) {
            Set<Spot> fewer = new HashSet<>(found.getFirst());
            fewer.remove(spot);
            assertThat(forbids.test(fewer)).as("each is needed").isFalse();
          }
        }
      }
    }
    assertThat(single).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(pairs + more).isGreaterThanOrEqualTo(FEW);
  }

  /**
   * Where nothing helps nothing is found; where only many do together, none of them is left out.
   */
  @Test
  void noBarrierOrManyTogether() {
    List<Graph> graphs = new ArrayList<>();
    Weak weak = (Weak) Model.named("lkmm").instance("x86-eager");
    RelationsTest.each(WeakProgram.draw(1, false), weak, graphs::add);
    Graph g = graphs.getFirst();
    assertThat(new BarrierSearch(g, g.length.clone(), spots -> false).find()).isEmpty();
    Set<Spot> full = new HashSet<>(places(g, true));
    assertThat(full).hasSizeGreaterThan(2);
    List<Set<Spot>> found = new BarrierSearch(g, g.length.clone(), s -> s.containsAll(full)).find();
    assertThat(found).containsExactly(full);
    Prevention none =
        new Prevention("lkmm", Prevention.Answer.NO_BARRIER, List.of(), List.of(), null);
    assertThat(none.text()).startsWith("no barrier forbids it, wherever it is put");
  }

  private static List<Spot> places(Graph g, boolean full) {
    List<Spot> places = new ArrayList<>();
    for (Barrier.Kind kind : Barrier.Kind.values()) {
      for (int t = 0; t < g.threads; t++) {
        for (int i = 0; i < g.length[t]; i++) {
          Spot spot = new Spot(kind, t, i);
          if (full == (kind == Barrier.Kind.MB) && spot.fits(g)) {
            places.add(spot);
          }
        }
      }
    }
    return places;
  }

  private static Set<Set<Spot>> singles(Graph g, Predicate<Set<Spot>> forbids, boolean full) {
    Set<Set<Spot>> singles = new HashSet<>();
    for (Spot spot : places(g, full)) {
      if (forbids.test(Set.of(spot))) {
        singles.add(Set.of(spot));
      }
    }
    return singles;
  }

  private static boolean hasPair(Graph g, Predicate<Set<Spot>> forbids) {
    List<Spot> all = new ArrayList<>(places(g, false));
    all.addAll(places(g, true));
    for (Spot one : all) {
      for (Spot other : all) {
        if (one.thread() < other.thread() && forbids.test(Set.of(one, other))) {
          return true;
        }
      }
    }
    return false;
  }
}
