package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What looks like a wait that never ends and is none, as checkers of waits have reported it: a wait
 * that has read more than one value, a graph that is stuck for another reason, and the wrong thread
 * blamed.
 */
class HangsTest {
  private static final Site SITE = new Site("S", "a test");

  /** {@return the hangs of a program, in words, once they are known to be those of brute force} */
  private static Set<String> hangs(String text) {
    SmallProgram small = SmallPrograms.parse(text);
    Set<String> told = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      int[] order = Exploration.shuffled(small.threads().size(), new Random(i));
      Exploration found = Exploration.of(small.toProgram(), order);
      assertThat(found.hangsDifferencesFrom(Interleavings.of(small))).isEmpty();
      assertThat(found.differencesFrom(Interleavings.of(small))).isEmpty();
      told.addAll(explored(small.toProgram(), order).hangs);
    }
    return told;
  }

  /** What an exploration shows besides executions. */
  private static final class Shown implements Explorer.Listener {
    private final Set<String> hangs = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      return true;
    }

    @Override
    public boolean hung(Explorer explorer, Graph graph) {
      hangs.add(explorer.waiting());
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      failures.add("CPU " + cpu + " " + failure.getMessage());
      return true;
    }

    @Override
    public void restarted() {
      hangs.clear();
      failures.clear();
    }
  }

  private static Shown explored(Program program, int... order) {
    Shown shown = new Shown();
    Explorer.Options options = new Explorer.Options(order, false, 4096, Weakenings.NONE);
    new Explorer(program, new Sc(), options, shown).run();
    return shown;
  }

  // ---- a wait reads more than one value ---------------------------------------------------------

  @Test
  void aWaitThatFailsAndThenIsOverIsNoHang() {
    assertThat(hangs("0: x0 = 1; x0 = 0; x0 = 1\n1: await x0 EQ 1; await x0 EQ 1")).isEmpty();
  }

  @Test
  void aWaitForWhatWasOverwrittenIsOne() {
    assertThat(hangs("0: x0 = 1; x0 = 0; x0 = 1\n1: await x0 EQ 1; await x0 EQ 0"))
        .containsExactly("CPU 1 waits for x0(small) to be 0");
  }

  @Test
  void twoCellsThatAreNeverRightAtTheSameTimeHangNobodyWhoWaitsForOneAfterTheOther() {
    assertThat(
            hangs(
                """
                0: x0 = 1; await x1 EQ 1; x0 = 2
                1: await x0 EQ 1; x1 = 1; await x0 EQ 2
                """))
        .isEmpty();
  }

  // ---- a graph is stuck for another reason ------------------------------------------------------

  @Test
  void aLockThatComesBeforeItsHoldersIsNoHang() {
    assertThat(
            hangs(
                """
                0: lock l0; x0 = 1; unlock l0
                1: lock l0; x0 = 2; unlock l0
                2: lock l0; unlock l0; await x0 NE 0
                """))
        .isEmpty();
  }

  @Test
  void whoWaitsForCodeThatFailsDoesNotHang() {
    Memory memory = new Memory(Layout.lineEach(), 2);
    World world = new World(memory);
    Script fails =
        cpu -> {
          if (cpu.readOnce(world.x) == 1) {
            throw new IllegalStateException("follows NULL");
          }
          cpu.writeOnce(world.y, 1);
        };
    Script waits =
        cpu -> {
          cpu.writeOnce(world.x, 1);
          cpu.await(world.y, Cond.EQ, 1, Ordering.RELAXED, SITE);
        };
    Shown shown = explored(Program.of(memory, List.of(fails, waits)), 0, 1);
    assertThat(shown.failures).contains("CPU 0 follows NULL");
    assertThat(shown.hangs).isEmpty();
  }

  private static final class World extends KObject {
    private final Cell x;
    private final Cell y;

    World(Memory memory) {
      super(memory, "world");
      x = memory.cell(this, "x", 0);
      y = memory.cell(this, "y", 0);
    }

    @Override
    public String type() {
      return "world";
    }
  }

  @Test
  void aLockOfOnesOwnIsNamed() {
    assertThat(hangs("0: lock l0; lock l0\n1: x0 = 1"))
        .containsExactly("CPU 0 waits for l0(small), which it holds itself");
  }

  // ---- who is to blame --------------------------------------------------------------------------

  @Test
  void everyoneIsNamedWithWhatItselfWaitsForAndWhoHasEndedIsNot() {
    assertThat(
            hangs(
                """
                0: await x0 EQ 1
                1: lock l0; x0 = 2; await x1 EQ 1; x0 = 1; unlock l0
                2: await x2 EQ 1; lock l0; unlock l0
                3: x2 = 1
                """))
        .contains(
            "CPU 0 waits for x0(small) to be 1;"
                + " CPU 1 waits for x1(small) to be 1, which nobody else writes;"
                + " CPU 2 waits for l0(small), which CPU 1 holds")
        .allMatch(told -> told.contains("CPU 1 waits for x1") && !told.contains("CPU 3"));
  }
}
