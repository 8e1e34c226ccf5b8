package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cat.Bounds;
import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Relation;
import dev.lazymm.check.Relations.Pair;
import dev.lazymm.litmus.Candidate;
import dev.lazymm.machine.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The relations that are drawn, against those of the litmus engine: random programs, whose
 * executions must be the same ones on both sides, each with the same reads-from, coherence,
 * from-reads and a relation that the model's file defines.
 */
class RelationsTest {
  private static final int PROGRAMS = 40;
  private static final int MOST_ATOMICS = 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "lkmm, , hb",
    "lkmm, , prop",
    "tso, x86, in-order",
    "power, ppc, ppo",
    "riscv, riscv, ppo",
    "armv8, aarch64-llsc, local"
  })
  void executionsHaveTheRelationsOfTheLitmusEngine(
      String model, @Nullable String mapping, String name) {
    LitmusOracle oracle = new LitmusOracle(model, mapping, folder);
    int pairs = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      WeakProgram program = WeakProgram.draw(seed, false);
      if (model.equals("armv8") && program.atomics() > MOST_ATOMICS) {
        continue;
      }
      Set<String> theirs = new TreeSet<>();
      oracle.judge(program, judge -> new Listening(judge.of(), judge.structure(), name, theirs));
      Set<String> ours = new TreeSet<>();
      explore(program, (Weak) oracle.instance(), name, ours, UnaryOperator.identity());
      assertThat(ours).as("%s: %s", model, program.toC()).isEqualTo(theirs);
      pairs += ours.stream().mapToInt(String::length).sum();
    }
    assertThat(pairs).isGreaterThan(PROGRAMS);
  }

  /** What is drawn is what the model is told: fails if a pair is left out, or one too many. */
  @ParameterizedTest
  @CsvSource({"rf", "co", "fr"})
  void aPairThatIsLeftOutIsSeen(String name) {
    LitmusOracle oracle = new LitmusOracle("lkmm", null, folder);
    int seen = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      WeakProgram program = WeakProgram.draw(seed, false);
      seen += differences(program, (Weak) oracle.instance(), name, false);
      assertThat(differences(program, (Weak) oracle.instance(), name, true)).isZero();
    }
    assertThat(seen).isPositive();
  }

  // ---- the litmus engine -----------------------------------------------------------------------

  /** Writes down every execution that a judge lets pass. */
  private record Listening(Judge of, Candidate candidate, String name, Set<String> into)
      implements Judge {
    @Override
    public void set(String relation, Bounds<Relation> bounds) {
      of.set(relation, bounds);
    }

    @Override
    public void setSet(String set, Bounds<EventSet> bounds) {
      of.setSet(set, bounds);
    }

    @Override
    public boolean isPossible() {
      return of.isPossible();
    }

    @Override
    public boolean completions(Visitor visitor) {
      return of.completions((flags, shown) -> {
        into.add(text(shown, name, candidate.size(), this::event));
        return visitor.visit(flags, shown);
      });
    }

    private String event(int e) {
      int t = candidate.thread(e);
      int first = e;
      while (first > 0 && candidate.thread(first - 1) == t) {
        first--;
      }
      return t < 0 ? "" : t + ":" + (e - first);
    }

    @Override
    public List<String> failing() {
      return of.failing();
    }

    @Override
    public Shown known() {
      return of.known();
    }
  }

  /** The relations of an execution as text, without what begins at an initial write. */
  private static String text(Judge.Shown shown, String name, int size, IntFunction<String> event) {
    StringBuilder text = new StringBuilder();
    for (String each : List.of("rf", "co", "fr", name)) {
      Set<String> pairs = new TreeSet<>();
      shown
          .relation(each)
          .forEach((a, b) -> {
            if (!event.apply(a).isEmpty() && !event.apply(b).isEmpty()) {
              pairs.add(event.apply(a) + ">" + event.apply(b));
            }
          });
      text.append(each).append(pairs).append(' ');
    }
    assertThat(shown.relation("rf").universe()).isEqualTo(size);
    return text.toString();
  }

  // ---- the explorer ----------------------------------------------------------------------------

  private static void explore(
      WeakProgram program, Weak weak, String name, Set<String> into, UnaryOperator<Graph> change) {
    each(
        program,
        weak,
        g -> {
          Graph graph = change.apply(g);
          boolean[] all = new boolean[graph.size];
          Arrays.fill(all, true);
          Weak.Asked asked = weak.ask(graph, all, null);
          into.add(
              text(
                  asked.judge().known(),
                  name,
                  asked.events().size,
                  e -> event(asked.events(), graph, e)));
        });
  }

  private static String event(ModelEvents events, Graph g, int e) {
    if (e < events.from[0]) {
      return "";
    }
    int t = 0;
    while (e >= events.from[t + 1]) {
      t++;
    }
    assertThat(g.threads).isGreaterThan(t);
    return t + ":" + (e - events.from[t]);
  }

  static void each(WeakProgram program, Weak weak, java.util.function.Consumer<Graph> to) {
    Program runnable = program.toProgram();
    int[] order = Exploration.inOrder(runnable.memory());
    List<Graph> graphs = new ArrayList<>();
    new Explorer(
            runnable,
            weak,
            new Explorer.Options(order, true, 4096, Weakenings.NONE),
            new Explorer.Listener() {
              @Override
              public boolean complete(Explorer e, Graph g) {
                graphs.add(g.copy());
                return true;
              }

              @Override
              public boolean failed(Explorer e, Graph g, int cpu, RuntimeException failure) {
                throw failure;
              }

              @Override
              public void restarted() {
                graphs.clear();
              }
            })
        .run();
    graphs.forEach(to);
  }

  // ---- what is drawn ---------------------------------------------------------------------------

  /** In how many executions what is drawn of a relation is not what the model is told. */
  private static int differences(WeakProgram program, Weak weak, String name, boolean whole) {
    int[] differences = {0};
    each(
        program,
        weak,
        g -> {
          boolean[] all = new boolean[g.size];
          Arrays.fill(all, true);
          Weak.Asked asked = weak.ask(g, all, null);
          Set<Pair> told = new HashSet<>();
          asked
              .judge()
              .known()
              .relation(name)
              .forEach((a, b) -> {
                int from = event(g, asked.events(), a);
                int to = event(g, asked.events(), b);
                if (from >= 0 && to >= 0) {
                  told.add(new Pair(from, to));
                }
              });
          Set<Pair> drawn = new HashSet<>(drawn(g, name));
          if (!whole && !drawn.isEmpty()) {
            drawn.remove(drawn.iterator().next());
          }
          Set<Pair> closed = closed(g, name, drawn);
          differences[0] += closed.equals(told) ? 0 : 1;
        });
    return differences[0];
  }

  private static List<Pair> drawn(Graph g, String name) {
    return switch (name) {
      case "rf" -> Relations.readsFrom(g);
      case "co" -> Relations.coherence(g);
      default -> Relations.fromReads(g);
    };
  }

  /** With what follows: coherence is transitive, and what is read is before all later writes. */
  private static Set<Pair> closed(Graph g, String name, Set<Pair> pairs) {
    Set<Pair> closed = new HashSet<>(pairs);
    boolean more = !name.equals("rf");
    while (more) {
      Set<Pair> next = new HashSet<>(closed);
      for (Pair one : closed) {
        for (Pair then : name.equals("co") ? closed : Relations.coherence(g)) {
          if (one.to() == then.from()) {
            next.add(new Pair(one.from(), then.to()));
          }
        }
      }
      more = next.size() > closed.size();
      closed = next;
    }
    return closed;
  }

  /** The event of the graph that one of the model is: a read part or a write part. */
  private static int event(Graph g, ModelEvents events, int a) {
    int e = events.source[a];
    boolean writePart = e >= 0 && g.succeeds(e) && events.expansionOf(a).writes(events.part[a]);
    return writePart ? g.writePart(e) : e;
  }
}
