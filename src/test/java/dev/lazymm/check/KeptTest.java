package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which access depends on which read, whatever comes in between. */
class KeptTest {
  private static final Site SITE = new Site("S", "a test");

  private final Memory memory = new Memory(Layout.lineEach(), 2);
  private final Node a = new Node(memory, "a");
  private final Node b = new Node(memory, "b");
  private final Ipi ipi =
      new Ipi(
          "reads",
          (cpu, _) -> {
            cpu.readOnce(a.y);
            cpu.depends(Dependency.ADDRESS, a.y, SITE);
            cpu.readOnce(b.x);
          });

  private static final class Node extends KObject {
    private final Cell x;
    private final Cell y;
    private final Cell own;

    Node(Memory memory, String name) {
      super(memory, name);
      x = memory.cell(this, "x", 0);
      y = memory.cell(this, "y", 0);
      own = memory.cell(this, "own", 0);
    }

    @Override
    public String type() {
      return "node";
    }
  }

  /** Writes all that is shared, and interrupts CPU 0 if asked to. */
  private Script other(boolean interrupts) {
    return cpu -> {
      if (interrupts) {
        cpu.onEachCpu(new long[] {1}, ipi, a, false, SITE);
      }
      cpu.writeOnce(a.x, b.handle());
      cpu.writeOnce(a.y, 1);
      cpu.writeOnce(b.x, 1);
      cpu.writeOnce(b.y, 1);
    };
  }

  /** The sets of dependencies that executions have: {@code ADDRESS x(a) -> y(a)}. */
  private Set<List<String>> explore(Script script, boolean interrupts, Set<Site> weakened) {
    Program program = Program.of(memory, List.of(script, other(interrupts)));
    Set<List<String>> all = new TreeSet<>((l, r) -> l.toString().compareTo(r.toString()));
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph g) {
            List<Kept> kept = Kept.in(g);
            assertThat(Kept.in(g.copy())).containsExactlyInAnyOrderElementsOf(kept);
            all.add(kept.stream().map(k -> text(explorer, g, k)).sorted().toList());
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph g, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            all.clear();
          }
        };
    int[] order = {0, 1};
    new Explorer(
            program,
            Model.named("lkmm").instance("x86-eager"),
            new Explorer.Options(order, false, 4096, Weakenings.removing(weakened)),
            listener)
        .run();
    return all;
  }

  private static String text(Explorer explorer, Graph g, Kept kept) {
    int[] po = g.po[kept.thread()];
    String to =
        kept.kind() == Dependency.CONTROL
            ? "+" + (kept.to() - kept.read())
            : explorer.footprint().cellOf(g.cell[po[kept.to()]]).toString();
    return kept.kind() + " " + explorer.footprint().cellOf(g.cell[po[kept.read()]]) + " -> " + to;
  }

  @Test
  void theNextAccessDependsAndNoOther() {
    Script script =
        cpu -> {
          cpu.readOnce(a.x);
          cpu.readOnce(b.x);
          cpu.depends(Dependency.ADDRESS, a.x, SITE);
          cpu.readOnce(a.y);
          cpu.readOnce(b.y);
        };
    assertThat(explore(script, false, Set.of())).containsExactly(List.of("ADDRESS x(a) -> y(a)"));
    assertThat(explore(script, false, Set.of(SITE))).containsExactly(List.of());
  }

  @Test
  void dataIsThatOfTheNextStore() {
    Script script =
        cpu -> {
          cpu.readOnce(a.x);
          cpu.depends(Dependency.DATA, a.x, SITE);
          cpu.readOnce(a.y);
          cpu.writeOnce(b.y, 2);
          cpu.writeOnce(b.x, 2);
        };
    assertThat(explore(script, false, Set.of())).containsExactly(List.of("DATA x(a) -> y(b)"));
  }

  @Test
  void whatGoesToACellOfOnesOwnNobodySees() {
    Script script =
        cpu -> {
          cpu.readOnce(a.x);
          cpu.depends(Dependency.DATA, a.x, SITE);
          cpu.writeOnce(a.own, 2);
          cpu.writeOnce(b.y, 2);
          cpu.depends(Dependency.CONTROL, a.own, SITE);
        };
    assertThat(explore(script, false, Set.of())).containsExactly(List.of());
  }

  @Test
  void aBranchIsWhereItStands() {
    Script script =
        cpu -> {
          cpu.readOnce(a.x);
          cpu.readOnce(a.y);
          cpu.depends(Dependency.CONTROL, a.x, SITE);
          cpu.writeOnce(b.x, 2);
        };
    assertThat(explore(script, false, Set.of())).containsExactly(List.of("CONTROL x(a) -> +2"));
  }

  @Test
  void aPointerIsOfAllAccessesToItsObject() {
    Script script =
        cpu -> {
          if (cpu.rcuDereference(a.x) == b.handle()) {
            cpu.readOnce(a.y);
            cpu.readOnce(b.x);
            cpu.writeOnce(b.y, 3);
          }
        };
    assertThat(explore(script, false, Set.of()))
        .containsExactlyInAnyOrder(
            List.of(), List.of("ADDRESS x(a) -> x(b)", "ADDRESS x(a) -> y(b)"));
  }

  @Test
  void aHandlerHasItsOwn() {
    Script script =
        cpu -> {
          cpu.readOnce(a.x);
          cpu.depends(Dependency.ADDRESS, a.x, SITE);
          cpu.readOnce(b.y);
        };
    assertThat(explore(script, true, Set.of()))
        .containsExactly(List.of("ADDRESS x(a) -> y(b)", "ADDRESS y(a) -> x(b)"));
  }

  @Test
  void whatWasNotReadNothingDependsOn() {
    Script script =
        cpu -> {
          cpu.depends(Dependency.CONTROL, a.x, SITE);
          cpu.readOnce(a.x);
        };
    assertThatThrownBy(() -> explore(script, false, Set.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a dependency on x(a), which was not read");
  }
}
