package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.WeakProgram.Act;
import dev.lazymm.check.WeakProgram.Strength;
import dev.lazymm.litmus.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * User code is explored with all its load buffering: its programs have the executions that the
 * litmus engine finds with the model as it is, without {@code acyclic po | rf}.
 */
class UserLoadsTest {
  @TempDir private Path folder;

  private LitmusOracle oracle(String model, @Nullable String mapping) {
    return new LitmusOracle(model, mapping, folder, "");
  }

  /** Load buffering, with stores by which threads can be told from each other. */
  private static final WeakProgram LB =
      new WeakProgram(
          List.of(List.of(load(0), store(1, 1), store(2, 1)), List.of(load(1), store(0, 1))));

  private static Act load(int x) {
    return new Act.Load(x, Strength.ONCE);
  }

  private static Act store(int x, int value) {
    return new Act.Store(x, value, Strength.ONCE);
  }

  @ParameterizedTest
  @CsvSource({"sc,,3", "tso,x86,3", "lkmm,,4", "power,ppc,4", "riscv,riscv,4", "armv8,aarch64,4"})
  void loadsOfUserCodeComeAfterLaterStoresWhereTheModelLetsThem(
      String model, @Nullable String mapping, int executions) {
    WeakEnds ends = WeakEnds.ofUserCode(LB, oracle(model, mapping).instance(), 0, 1);
    assertThat(ends.executions()).isEqualTo(executions);
    assertThat(ends.states().stream().anyMatch(s -> s.startsWith("0:r0=1; 1:r0=1;")))
        .isEqualTo(executions == 4);
  }

  @Test
  void kernelCodeIsNotTakenToDoSo() {
    assertThat(WeakEnds.of(LB, oracle("lkmm", null).instance()).executions()).isEqualTo(3);
  }

  private void programsEndAsInTheLitmusEngine(
      String model, @Nullable String mapping, long from, int count) {
    LitmusOracle oracle = oracle(model, mapping);
    LitmusOracle withoutCycles = new LitmusOracle(model, mapping, folder);
    MemoryModel ours = oracle.instance();
    long buffering = 0;
    for (WeakProgram program : programs(from, count)) {
      WeakEnds ends = ends(program, ours);
      Result expected = oracle.judge(program);
      assertThat(ends.executions())
          .as("%s: %s", model, program.toC())
          .isEqualTo(LitmusOracle.executions(expected));
      assertThat(ends.states())
          .as("%s: %s", model, program.toC())
          .containsExactlyInAnyOrderElementsOf(expected.states());
      buffering += ends.executions() - withoutCycles.count(program);
    }
    assertThat(buffering > 0).isEqualTo(!model.equals("sc") && !model.equals("tso"));
  }

  private static WeakEnds ends(WeakProgram program, MemoryModel model) {
    int n = program.threads().size();
    int[] order = IntStream.range(0, n).toArray();
    int[] backwards = IntStream.range(0, n).map(t -> n - 1 - t).toArray();
    WeakEnds ends = WeakEnds.ofUserCode(program, model, order);
    assertThat(WeakEnds.ofUserCode(program, model, backwards)).isEqualTo(ends);
    return ends;
  }

  @ParameterizedTest
  @CsvSource({"sc,", "tso,x86", "lkmm,", "power,ppc", "riscv,riscv", "armv8,aarch64"})
  void programsOfUserCodeHaveAllTheirExecutions(String model, @Nullable String mapping) {
    programsEndAsInTheLitmusEngine(model, mapping, 0, 60);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"lkmm,", "power,ppc", "riscv,riscv", "armv8,aarch64"})
  void fourHundredProgramsOfUserCodeHaveAllTheirExecutions(String model, @Nullable String mapping) {
    programsEndAsInTheLitmusEngine(model, mapping, 1000, 400);
  }

  /** Programs in which no thread stores to what it has just loaded. */
  private static List<WeakProgram> programs(long from, int count) {
    return LongStream.iterate(from, seed -> seed + 1)
        .mapToObj(UserLoadsTest::draw)
        .filter(p -> p.threads().stream().noneMatch(UserLoadsTest::storesWhatItLoaded))
        .limit(count)
        .toList();
  }

  private static boolean storesWhatItLoaded(List<Act> acts) {
    List<Integer> loaded = new ArrayList<>();
    for (Act act : acts) {
      switch (act) {
        case Act.Load l -> loaded.add(l.x());
        case Act.Store s -> {
          if (loaded.contains(s.x())) {
            return true;
          }
        }
        default -> loaded.clear();
      }
    }
    return false;
  }

  private static WeakProgram draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = random.nextInt(3) == 0 ? 3 : 2;
    int cells = random.nextInt(2, 4);
    List<List<Act>> threads = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      List<Act> acts = new ArrayList<>(List.of(load(random.nextInt(cells))));
      for (int i = random.nextInt(1, n == 2 ? 5 : 3); i > 0; i--) {
        int x = random.nextInt(cells);
        acts.add(
            switch (random.nextInt(9)) {
              case 0 -> new Act.Fence(0);
              case 1, 2, 3, 4 -> load(x);
              default -> store(x, random.nextInt(1, 3));
            });
      }
      threads.add(acts);
    }
    return new WeakProgram(threads);
  }
}
