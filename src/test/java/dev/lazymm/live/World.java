package dev.lazymm.live;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A small program's memory, and what a run of it showed. */
final class World {
  static final Site SITE = new Site("s", "test");
  static final Site OTHER = new Site("o", "test");

  final Memory memory;
  final Thing thing;
  final Cell x;
  final Cell y;
  final Cell[] seen;
  final Lock lock;
  final Set<String> ends = new TreeSet<>();
  final Set<String> found = new TreeSet<>();
  @Nullable String stuck;

  World(int cpus) {
    memory = new Memory(Layout.lineEach(), cpus);
    thing = new Thing(memory, "thing");
    x = memory.cell(thing, "x", 0);
    y = memory.cell(thing, "y", 0);
    seen = new Cell[] {memory.cell(thing, "r0", -1), memory.cell(thing, "r1", -1)};
    lock = memory.lock(thing, "lock");
  }

  World run(long rounds, LiveOptions options, Cell shown, Script... scripts) {
    return run(rounds, options, List.of(shown), scripts);
  }

  World run(long rounds, LiveOptions options, List<Cell> shown, Script... scripts) {
    stuck =
        run(
            Program.of(memory, List.of(scripts)),
            rounds,
            options,
            (machine, end) -> {
              for (int i = 0; i < memory.cpus(); i++) {
                machine.cpu(i).findings().all().forEach(f -> found.add(f.name()));
              }
              ends.add(shown.stream().map(end::value).toList().toString());
            });
    return this;
  }

  /** Runs a program; {@return who waits where if it stood still} */
  static @Nullable String run(
      Program program, long rounds, LiveOptions options, BiConsumer<LiveMachine, EndState> ended) {
    LiveMachine[] machine = new LiveMachine[1];
    long[] done = new long[1];
    machine[0] =
        new LiveMachine(
            program,
            options,
            new LiveMachine.Rounds() {
              @Override
              public void ended(boolean cut) {
                done[0]++;
                ended.accept(machine[0], machine[0].endState(List.of()));
              }

              @Override
              public boolean another() {
                return done[0] < rounds;
              }
            });
    return machine[0].run();
  }

  static final class Thing extends KObject {
    Thing(Memory memory, String name) {
      super(memory, name);
    }

    @Override
    public String type() {
      return "thing";
    }
  }

  static LiveOptions options() {
    return LiveOptions.rounds(1, 1).withPinned(false);
  }

  static LiveOptions impatient() {
    return options().withPatience(Duration.ofMillis(300), Duration.ofSeconds(2));
  }
}
