package dev.lazymm.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables that come with lazymm. */
class MappingTest {
  static List<String> builtIn() {
    return Mapping.BUILT_IN;
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyPrimitiveHasARow(String name) {
    assertThat(Mapping.find(name).rows())
        .extracting(Row::does)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Keys.PRIMITIVES.stream(), Keys.MACHINE.stream()).toList());
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void whatIsGivenIsUsedAndWhatIsAskedForIsSet(String name) {
    for (Row row : Mapping.find(name).rows()) {
      if (Keys.PRIMITIVES.contains(row.does())) {
        assertThat(row.placeholders()).as(row.does()).containsAll(Keys.operands(row.does()));
      }
    }
  }

  /** What an interrupt orders by itself; the reason is in the row's source and note. */
  @ParameterizedTest
  @CsvSource({
    "x86, ipi-send, fence MB",
    "x86, ipi-receive, nothing",
    "x86, exception-return, fence MB",
    "x86, load-root, fence MB",
    "aarch64, ipi-send, fence wmb",
    "aarch64, ipi-receive, fence MB",
    "aarch64, exception-entry, nothing",
    "aarch64, load-root, nothing",
    "ppc, ipi-send, fence MB",
    "ppc, ipi-receive, fence rmb",
    "ppc, load-root, nothing",
    "riscv, ipi-send, fence MB",
    "riscv, ipi-receive, fence MB",
    "riscv, load-root, nothing"
  })
  void whatAnInterruptOrders(String name, String does, String orders) {
    assertThat(Mapping.find(name).rows())
        .filteredOn(row -> row.does().equals(does))
        .singleElement()
        .satisfies(row -> assertThat(row.orders()).contains(orders));
  }

  /** A row's source names a file of the kernel, but for accesses that are the compiler's. */
  @ParameterizedTest
  @MethodSource("builtIn")
  void everyRowHasASource(String name) {
    assertThat(Mapping.find(name).rows())
        .allSatisfy(row ->
            assertThat(row.source())
                .as(row.does())
                .matches(
                    row.does().endsWith(" plain")
                        ? "none: .*"
                        : "(arch|include|kernel|drivers|Documentation)/.+[.](h|c|S|txt).*"));
  }

  @ParameterizedTest
  @CsvSource({
    "armv8, aarch64",
    "arm64, aarch64",
    "aarch64, aarch64",
    "power, ppc",
    "powerpc, ppc",
    "tso, x86",
    "x86_64, x86",
    "aarch64-llsc, aarch64-llsc",
    "riscv, riscv"
  })
  void aMappingHasOtherNames(String asked, String name) {
    assertThat(Mapping.find(asked)).isEqualTo(Mapping.find(name));
    assertThat(Mapping.find(asked).name()).isEqualTo(name);
  }

  @Test
  void aVariantDiffersInItsRowsAndNoOthers() {
    Mapping lse = Mapping.find("aarch64");
    Mapping llsc = Mapping.find("aarch64-llsc");
    assertThat(llsc.row("xchg MB").template())
        .containsExactly(
            "ldxr {result},[{address}]",
            "stlxr {status},{value},[{address}]",
            "cbnz {status},{fail}",
            "dmb ish");
    assertThat(llsc.row("fence MB")).isEqualTo(lse.row("fence MB"));
    assertThat(llsc.isa()).isEqualTo(lse.isa());
    assertThat(llsc.model()).isEqualTo("armv8");
    assertThat(llsc.title()).isNotEqualTo(lse.title());
  }

  @Test
  void placeholdersAndWidthsAreFilledIn() {
    Row load = Mapping.find("ppc").row("load ACQUIRE");
    Map<String, String> names = Map.of("result", "r3", "address", "r4");
    assertThat(load.lines(h -> names.getOrDefault(h, h), false))
        .containsExactly("lwz r3,0(r4)", "lwsync");
    assertThat(load.lines(h -> names.getOrDefault(h, h), true))
        .containsExactly("ld r3,0(r4)", "lwsync");
  }

  @Test
  void whatIsMissingIsToldWithWhatThereIs() {
    Mapping x86 = Mapping.find("x86");
    assertThat(x86.has("fence sync-rcu")).isFalse();
    assertThatThrownBy(() -> x86.row("fence sync-rcu"))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith("mapping x86 has no row for \"fence sync-rcu\"; expected one of ")
        .hasMessageContaining("fence MB");
    assertThatThrownBy(() -> Mapping.find("sparc"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("there is no mapping sparc; expected one of x86, aarch64");
  }

  /** What the machine does has an order that the checker can look up. */
  @ParameterizedTest
  @MethodSource("builtIn")
  void whatTheMachineOrdersIsAFenceOrNothing(String name) {
    Mapping mapping = Mapping.find(name);
    for (String key : Keys.MACHINE) {
      String orders = mapping.row(key).orders().orElseThrow();
      assertThat(orders.equals(Row.NOTHING) || mapping.has(orders)).as(key).isTrue();
    }
    assertThat(Mapping.find("x86").row("load-root").orders()).contains("fence MB");
    assertThat(Mapping.find("aarch64").row("load-root").orders()).contains(Row.NOTHING);
  }
}
