package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Mm;
import dev.lazymm.live.Live;
import dev.lazymm.live.LiveOptions;
import dev.lazymm.live.LiveResult;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.workload.Effort;
import dev.lazymm.workload.FinalState;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Kernels;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import dev.lazymm.workload.Setup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads against every execution: each state in which a round of the live machine ends is one that
 * the checker reaches too, to the last cell, and each invariant it finds broken is broken there.
 * The strongest oracle there is of the machine and of its watching.
 */
@ResourceLock("processors")
class LiveStatesTest {
  private static final int ROUNDS = 20;
  private static final long SEED = 20261122;
  private static final int MANY_ROUNDS = 100;
  private static final ScenarioLibrary LIBRARY = ScenarioLibrary.builtIn();

  static List<Scenario> all() {
    return LIBRARY.list();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noStateIsSeenThatIsNot(Scenario scenario) {
    compare(
        Kernels.share(scenario, Kernels.designs("no-refcount", "shootdown"), Kernels.ONE_ARCH),
        scenario,
        ROUNDS);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void noStateIsSeenThatIsNotInManyRounds(Scenario scenario) {
    compare(
        Kernels.share(scenario, Designs.ALL, Effort.of(Kernels.ONE_ARCH, 4)),
        scenario,
        MANY_ROUNDS);
  }

  static List<Scenario> ofMembarrier() {
    return LIBRARY.startingWith("membarrier-");
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("ofMembarrier")
  void norWithTheConditionalMembarrier(Scenario scenario) {
    List<Designs.Entry> conditional = Kernels.conditional(Kernels.designs("refcount", "shootdown"));
    compare(Kernels.share(scenario, conditional, Kernels.ONE_ARCH), scenario, ROUNDS);
  }

  private static void compare(List<Kernels.Pair> kernels, Scenario scenario, int rounds) {
    for (Kernels.Pair kernel : kernels) {
      Prepared prepared = Setup.prepare(scenario, kernel.factory());
      LiveOptions options = LiveOptions.rounds(rounds, SEED).withKeepGoing(true).withPinned(false);
      List<FinalState> seen = new ArrayList<>();
      LiveResult live = Live.run(prepared, options, seen::add);
      String what = scenario.name() + " with " + kernel;
      assertThat(live.stuck()).as(what).isNull();
      assertThat(live.rounds()).as(what).isEqualTo(rounds);
      assertThat(seen).as(what).isNotEmpty();
      Reached reached = Reached.by(prepared);
      for (FinalState state : seen) {
        assertThat(reached.ends).as(what).contains(text(prepared, state));
      }
      assertThat(live.found())
          .as(what)
          .extracting(f -> f.finding().name())
          .isSubsetOf(reached.broken);
    }
  }

  /** The comparison sees a state that differs in one cell. */
  @Test
  void aStateThatIsNotReachedIsNoticed() {
    Prepared prepared =
        Setup.prepare(
            LIBRARY.find("fork-child-exits"),
            KernelFactory.of(Arches.ALL.getFirst(), Designs.ALL.getFirst()));
    FinalState state = Live.once(prepared, LiveOptions.rounds(1, 1));
    Reached reached = Reached.by(prepared);
    assertThat(reached.ends).contains(text(prepared, state));
    Cell count = prepared.startMms().getFirst().mmCount;
    FinalState other =
        new FinalState() {
          @Override
          public long value(Cell cell) {
            return state.value(cell) + (cell == count ? 1 : 0);
          }

          @Override
          public @Nullable KObject root(int cpu) {
            return state.root(cpu);
          }

          @Override
          public boolean freed(KObject object) {
            return state.freed(object);
          }

          @Override
          public boolean live(Mm mm) {
            return state.live(mm);
          }
        };
    assertThat(reached.ends).doesNotContain(text(prepared, other));
  }

  /** All of a state: cells that are not as they were made, roots, and what is free. */
  static String text(Prepared prepared, FinalState state) {
    Memory memory = prepared.memory();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < memory.cellCount(); i++) {
      Cell cell = memory.cell(i);
      if (!(cell.owner() instanceof HiddenCells) && state.value(cell) != memory.initial(i)) {
        text.append(cell).append('#').append(i).append(" = ").append(state.value(cell));
        text.append('\n');
      }
    }
    for (int cpu = 0; cpu < memory.cpus(); cpu++) {
      text.append("root ").append(cpu).append(": ").append(state.root(cpu)).append('\n');
    }
    for (int handle = 1; handle <= memory.objectCount(); handle++) {
      KObject object = memory.object(handle);
      text.append(state.freed(object) ? object + "#" + handle + " is free\n" : "");
    }
    return text.toString();
  }

  /** What the checker finds that can happen. */
  private static final class Reached implements Explorer.Listener {
    final Set<String> ends = new HashSet<>();
    final Set<String> broken = new HashSet<>();
    private final Prepared prepared;

    private Reached(Prepared prepared) {
      this.prepared = prepared;
    }

    static Reached by(Prepared prepared) {
      Reached reached = new Reached(prepared);
      Explorer.Options options = Explorer.Options.defaults(prepared.memory().cpus());
      new Explorer(prepared.program(), new Sc(), options, reached).run();
      return reached;
    }

    @Override
    public boolean complete(Explorer explorer, Graph graph) {
      Execution x = new Execution(explorer, graph, prepared, Population.of(prepared.memory()));
      ends.add(text(prepared, x));
      Invariants.ALL.stream().filter(i -> i.find(x).isPresent()).forEach(i -> broken.add(i.name()));
      prepared.expectations().stream()
          .flatMap(e ->
              switch (e.kind()) {
                case NEVER -> prepared.holds(e.condition(), x) ? Stream.of("never") : Stream.of();
                case ALWAYS -> prepared.holds(e.condition(), x) ? Stream.of() : Stream.of("always");
                case EXISTS -> Stream.of();
              })
          .forEach(broken::add);
      return true;
    }

    @Override
    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      broken.add(Invariants.OOPS);
      return true;
    }

    @Override
    public void restarted() {
      ends.clear();
      broken.clear();
    }
  }
}
