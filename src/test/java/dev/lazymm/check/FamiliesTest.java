package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.SequentialMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FamiliesTest {
  @ParameterizedTest
  @CsvSource({
    "ainc, 5, 120",
    "readers, 10, 1024",
    "casrot, 2, 2",
    "casrot, 9, 8597",
    "lastzero, 1, 2",
    "lastzero, 5, 64",
    "lastzero, 10, 3328",
    "lastzero, 15, 147456",
    "indexer, 11, 1",
    "indexer, 12, 8",
    "indexer, 15, 4096",
    "ring, 2, 3",
    "ring, 8, 255"
  })
  void countsAreKnown(String name, int n, long count) {
    assertThat(Families.expected(name, n)).hasValue(count);
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    assertThat(Families.expected("ainc", 21)).isEmpty();
    assertThat(Families.expected("readers", 63)).isEmpty();
    assertThat(Families.expected("casrot", 10)).isEmpty();
    assertThat(Families.expected("lastzero", 57)).hasValue(60L << 55);
    assertThat(Families.expected("lastzero", 58)).isEmpty();
    assertThat(Families.expected("indexer", 23)).isEmpty();
    assertThat(Families.expected("ring", 63)).isEmpty();
    assertThat(Families.expected("lastzero", 5, Model.named("armv8"))).isEmpty();
    assertThat(Families.expected("lastzero", 5, Model.named("tso"))).hasValue(64);
  }

  @Test
  void strangersAreRefused() {
    assertThatThrownBy(() -> Families.program("wheel", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no family is called 'wheel'; there are ainc, readers, casrot, lastzero, indexer,"
                + " ring");
    assertThatThrownBy(() -> Families.expected("ainc", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("dev.lazymm.check.Families#names")
  void everyMemberRuns(String name) {
    for (int n = 1; n <= 15; n++) {
      Program program = Families.program(name, n);
      SequentialMachine machine =
          new SequentialMachine(program.memory(), new SequentialMachine.Observer() {});
      for (Cpu cpu : machine.cpus()) {
        program.scripts().get(cpu.id()).run(cpu);
      }
      assertThat(program.memory().cellCount()).isPositive();
    }
  }

  /** Two CPUs of an indexer share a place exactly if their numbers are 11 apart. */
  @Test
  void indexersMeetInThreePlaces() {
    long pairs = 0;
    for (int k = 0; k < 22; k++) {
      for (int other = k + 1; other < 22; other++) {
        int shared = 0;
        for (int m = 1; m <= 4; m++) {
          for (int n = 1; n <= 4; n++) {
            int distance = ((m - n) * 11 + k - other) * 7;
            assertThat(Math.floorMod(distance, 128)).isNotIn(1, 127);
            shared += Math.floorMod(distance, 128) == 0 ? 1 : 0;
          }
        }
        assertThat(shared).isEqualTo(other - k == 11 ? 3 : 0);
        pairs += shared == 3 ? 1 : 0;
      }
    }
    assertThat(pairs).isEqualTo(11);
  }
}
