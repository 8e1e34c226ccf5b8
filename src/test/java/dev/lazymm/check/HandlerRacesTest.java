package dev.lazymm.check;

import static dev.lazymm.check.HandlerRacesTest.Access.ADD;
import static dev.lazymm.check.HandlerRacesTest.Access.READ;
import static dev.lazymm.check.HandlerRacesTest.Access.READ_ONCE;
import static dev.lazymm.check.HandlerRacesTest.Access.WRITE;
import static dev.lazymm.check.HandlerRacesTest.Access.WRITE_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CPU 0 interrupts CPU 1, whose code and handler touch one cell: a plain access of the code races
 * with a conflicting one of the handler, unless something keeps them apart.
 */
class HandlerRacesTest {
  private static final Site SITE = new Site("races", "a test");

  /** What code does with a cell. */
  interface Does {
    void to(Cell x, Cpu cpu);
  }

  /** One access. */
  enum Access implements Does {
    READ,
    WRITE,
    READ_ONCE,
    WRITE_ONCE,
    ADD;

    @Override
    public void to(Cell x, Cpu cpu) {
      switch (this) {
        case READ -> cpu.read(x);
        case WRITE -> cpu.write(x, cpu.id() + 1);
        case READ_ONCE -> cpu.readOnce(x);
        case WRITE_ONCE -> cpu.writeOnce(x, 3);
        case ADD -> cpu.rmw(Rmw.ADD, x, 1, 0, Ordering.RELAXED, SITE);
      }
    }
  }

  private static Does masked(Does access) {
    return (x, cpu) -> {
      boolean on = cpu.irqSave(SITE);
      access.to(x, cpu);
      cpu.irqRestore(on, SITE);
    };
  }

  private static final class Cells extends KObject {
    final Cell x;
    final Cell y;

    Cells(Memory memory) {
      super(memory, "cells");
      x = memory.cell(this, "x", 0);
      y = memory.cell(this, "y", 0);
    }

    @Override
    public String type() {
      return "cells";
    }
  }

  /** {@return the cells that CPU 1 races with its handler on, over all executions} */
  private static Set<String> races(Does code, Does handler, boolean everythingShared) {
    Memory memory = new Memory(Layout.lineEach(), 2);
    Cells cells = new Cells(memory);
    Ipi ipi = new Ipi("handler", (cpu, info) -> handler.to(cells.x, cpu));
    Script sender = cpu -> cpu.onEachCpu(new long[] {CpuMask.bit(1)}, ipi, cells, true, SITE);
    Script target = cpu -> code.to(cells.x, cpu);
    return races(Program.of(memory, List.of(sender, target)), everythingShared);
  }

  private static Set<String> races(Program program, boolean everythingShared) {
    Set<String> all = new TreeSet<>();
    Explorer.Listener listener =
        new Explorer.Listener() {
          @Override
          public boolean complete(Explorer explorer, Graph g) {
            for (int e = 0; e < g.size; e++) {
              if (DataRace.isWithHandler(g, e)) {
                all.add(String.valueOf(g.payload[e]));
              }
            }
            return true;
          }

          @Override
          public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
            throw failure;
          }

          @Override
          public void restarted() {
            all.clear();
          }
        };
    Explorer.Options options =
        new Explorer.Options(new int[] {0, 1}, everythingShared, 99, Weakenings.NONE);
    new Explorer(program, new Sc(), options, listener).run();
    return all;
  }

  static Stream<Arguments> racing() {
    List<Arguments> all = new ArrayList<>();
    all.add(Arguments.of("write, write", WRITE, WRITE));
    all.add(Arguments.of("write, read", WRITE, READ));
    all.add(Arguments.of("read, write", READ, WRITE));
    all.add(Arguments.of("a marked access of the handler is no help", WRITE, READ_ONCE));
    all.add(Arguments.of("read, atomic", READ, ADD));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("racing")
  void aPlainAccessRaces(String name, Does code, Does handler) {
    for (boolean everythingShared : new boolean[] {false, true}) {
      assertThat(races(code, handler, everythingShared))
          .containsExactly(DataRace.WITH_HANDLER + "x(cells)");
    }
  }

  static Stream<Arguments> apart() {
    return Stream.of(
        Arguments.of("both read", READ, READ),
        Arguments.of("WRITE_ONCE, plain in the handler", WRITE_ONCE, WRITE),
        Arguments.of("READ_ONCE, plain in the handler", READ_ONCE, WRITE),
        Arguments.of("atomic", ADD, WRITE),
        Arguments.of("interrupts off", masked(WRITE), WRITE),
        Arguments.of("interrupts off, nested", masked(masked(WRITE)), WRITE),
        Arguments.of(
            "off after the inner of two",
            masked((x, cpu) -> {
              masked(READ).to(x, cpu);
              WRITE.to(x, cpu);
            }),
            WRITE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("apart")
  void orIsKeptApart(String name, Does code, Does handler) {
    for (boolean everythingShared : new boolean[] {false, true}) {
      assertThat(races(code, handler, everythingShared)).isEmpty();
    }
  }

  /** The same after the handler: who knows that it is over must know it by an acquire. */
  @Test
  void norAfterTheHandler() {
    for (boolean barrier : new boolean[] {false, true}) {
      Memory memory = new Memory(Layout.lineEach(), 2);
      Cells cells = new Cells(memory);
      Ipi ipi = new Ipi("handler", (cpu, info) -> WRITE.to(cells.x, cpu));
      Script sender =
          cpu -> {
            cpu.onEachCpu(new long[] {CpuMask.bit(1)}, ipi, cells, true, SITE);
            cpu.writeOnce(cells.y, 1);
          };
      Script target =
          cpu -> {
            long over = barrier ? cpu.loadAcquire(cells.y, SITE) : cpu.readOnce(cells.y);
            if (over == 1) {
              WRITE.to(cells.x, cpu);
            }
          };
      Set<String> races = races(Program.of(memory, List.of(sender, target)), false);
      assertThat(races).hasSize(barrier ? 0 : 1);
    }
  }

  /** An access is anywhere between the compiler barriers around it. */
  @Test
  void acrossACompilerBarrierThereIsNoRace() {
    for (boolean barrier : new boolean[] {false, true}) {
      Memory memory = new Memory(Layout.lineEach(), 2);
      Cells cells = new Cells(memory);
      Ipi ipi = new Ipi("handler", (cpu, info) -> WRITE.to(cells.x, cpu));
      // The IPI is sent when the target has come past its write, so the handler is not at it.
      Script sender =
          cpu -> {
            cpu.await(cells.y, Cond.EQ, 1, Ordering.ACQUIRE, SITE);
            cpu.onEachCpu(new long[] {CpuMask.bit(1)}, ipi, cells, true, SITE);
          };
      Script target =
          cpu -> {
            WRITE.to(cells.x, cpu);
            if (barrier) {
              cpu.storeRelease(cells.y, 1, SITE);
            } else {
              cpu.writeOnce(cells.y, 1);
            }
          };
      Set<String> races = races(Program.of(memory, List.of(sender, target)), false);
      assertThat(races).hasSize(barrier ? 0 : 1);
    }
  }
}
