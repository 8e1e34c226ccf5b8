package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Relations.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is left of an execution that a barrier forbids: a cycle whose every step is one of the whole
 * execution, and too much for the model by itself, but not with any event less.
 */
class CoreTest {
  private static final int ENOUGH = 25;
  private static final int MOST = 4000;

  @ParameterizedTest
  @ValueSource(strings = {"lkmm", "tso", "power", "armv8", "riscv"})
  void whatIsLeftIsACycleOfTheExecution(String model) {
    Weak weak = (Weak) Model.named(model).instance("x86-eager");
    int cores = 0;
    int cycles = 0;
    for (long seed = 0; seed < MOST && cores < ENOUGH; seed++) {
      List<Graph> odd = new ArrayList<>();
      RelationsTest.each(
          WeakProgram.draw(seed, false),
          weak,
          g -> {
            if (!weak.cycles(g).isEmpty() && odd.size() < 3) {
              odd.add(g);
            }
          });
      for (Graph g : odd) {
        Set<Spot> all = new HashSet<>();
        for (int t = 0; t < g.threads; t++) {
          for (int i = 0; i < g.length[t]; i++) {
            Spot spot = new Spot(Barrier.Kind.MB, t, i);
            if (spot.fits(g)) {
              all.add(spot);
            }
          }
        }
        Graph strong = Strengthened.of(g, all).graph();
        for (boolean[] part : weak.cycles(strong)) {
          cores++;
          cycles += assertIsCore(weak, strong, part) ? 1 : 0;
        }
      }
    }
    assertThat(cores).isGreaterThanOrEqualTo(ENOUGH);
    assertThat(cycles).as("nearly all are one cycle").isGreaterThan(cores * 9 / 10);
  }

  private static boolean assertIsCore(Weak weak, Graph g, boolean[] part) {
    Core core = Core.of(weak, g, part, null);
    assertThat(weak.judge(g, core.events(), null)).isFalse();
    assertThat(core.failing()).isNotEmpty();
    List<CircleMaker.Link> links =
        new CircleMaker(weak, g, core.events(), null, core.failing()).links();
    for (CircleMaker.Link link : links) {
      assertThat(part[link.from()] || part[Weak.whole(g, link.from())]).isTrue();
      if (link.on().equals("po")) {
        assertThat(g.thread[link.from()]).isEqualTo(g.thread[link.to()]);
        assertThat(g.index[link.from()]).isLessThan(g.index[link.to()]);
      } else {
        assertThat(pairs(g, link.on())).contains(new Pair(link.from(), link.to()));
      }
    }
    for (int i = 0; i < links.size(); i++) {
      assertThat(links.get(i).to()).isEqualTo(links.get((i + 1) % links.size()).from());
    }
    return !links.isEmpty();
  }

  /** All pairs of a relation, by the first events of their operations. */
  private static Set<Pair> pairs(Graph g, String name) {
    Set<Pair> pairs = new HashSet<>();
    List<Pair> co = Relations.coherence(g);
    List<Pair> from =
        switch (name) {
          case "rf" -> Relations.readsFrom(g);
          case "co" -> co;
          default -> Relations.fromReads(g);
        };
    Set<Pair> closed = new HashSet<>(from);
    boolean more = !name.equals("rf");
    while (more) {
      Set<Pair> next = new HashSet<>(closed);
      for (Pair one : closed) {
        co.stream()
            .filter(then -> then.from() == one.to())
            .forEach(then -> next.add(new Pair(one.from(), then.to())));
      }
      more = next.size() > closed.size();
      closed = next;
    }
    closed.forEach(p -> pairs.add(new Pair(Weak.begin(g, p.from()), Weak.begin(g, p.to()))));
    return pairs;
  }
}
