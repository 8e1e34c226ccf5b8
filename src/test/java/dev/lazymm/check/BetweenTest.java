package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Program;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model says of a part of a graph is what it says of the whole. */
class BetweenTest {
  private static final int PROGRAMS = 15;
  private static final int GRAPHS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"tso", "armv8", "power", "riscv", "lkmm"})
  void partsTellWhatTheWholeTells(String name) {
    Compared compared = new Compared((Weak) Model.named(name).instance("x86-eager"));
    for (int seed = 1; seed <= PROGRAMS; seed++) {
      Program program = WeakProgram.draw(seed, seed % 3 == 0).toProgram();
      compared.graphs = 0;
      Explorer.Options options =
          new Explorer.Options(Exploration.inOrder(program.memory()), true, 4096, Weakenings.NONE);
      new Explorer(program, compared.model, options, compared).run();
    }
    assertThat(compared.differences).isEqualTo(0);
    assertThat(compared.consistent).isPositive();
    assertThat(compared.inconsistent).isPositive();
    assertThat(compared.ordered).isPositive();
    assertThat(compared.unordered).isPositive();
  }

  private static final class Compared implements Explorer.Listener {
    private final Weak model;
    private int graphs;
    private int differences;
    private int consistent;
    private int inconsistent;
    private int ordered;
    private int unordered;

    Compared(Weak model) {
      this.model = model;
    }

    @Override
    public boolean complete(Explorer explorer, Graph g) {
      boolean[] all = new boolean[g.size];
      Arrays.fill(all, true);
      assertThat(model.judge(g, all, null)).isTrue();
      otherSources(g.copy(), all);
      orders(explorer, g, all);
      return ++graphs < GRAPHS;
    }

    /** Lets each load read each write. */
    private void otherSources(Graph g, boolean[] all) {
      for (int e = 0; e < g.size; e++) {
        for (int p = 0; g.kind[e] == Kind.READ && p <= g.coLength[g.cell[e]]; p++) {
          int was = g.rf[e];
          g.rf[e] = g.coAt(g.cell[e], p);
          boolean part = model.isConsistent(g);
          differences += part == model.judge(g, all, null) ? 0 : 1;
          consistent += part ? 1 : 0;
          inconsistent += part ? 0 : 1;
          g.rf[e] = was;
        }
      }
    }

    private void orders(Explorer explorer, Graph g, boolean[] all) {
      for (int f = 0; f < g.size; f++) {
        int[] before = explorer.beforeUnderSc(g, f).clone();
        for (int e = 0; e < g.size; e++) {
          if (g.thread[e] != g.thread[f] && g.index[e] < before[g.thread[e]]) {
            for (int writes = 1; writes < 4; writes++) {
              int first = Weak.begin(g, e);
              int second = Weak.whole(g, f);
              Conflict two =
                  new Conflict.OfGhosts(first, (writes & 1) != 0, second, (writes & 2) != 0);
              boolean part = model.judge(g, new Between().ways(g, first, second), two);
              differences += part == model.judge(g, all, two) ? 0 : 1;
              ordered += part ? 0 : 1;
              unordered += part ? 1 : 0;
            }
          }
        }
      }
    }

    @Override
    public boolean failed(Explorer explorer, Graph g, int cpu, RuntimeException failure) {
      throw failure;
    }

    @Override
    public void restarted() {}
  }
}
