package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
  private static final TraceEvent EXPECTED = new TraceEvent.Other(12_345_678_000L, 3, 77, "ev");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "              wl-77      [003] d..2.    12.345678: ev: x",
        "              wl-77      [003]    12.345678: ev: x",
        "              wl-77      (    70) [003] d..2.    12.345678: ev: x",
        "              wl-77      (-------) [003] d..2.    12.345678: ev: x",
        "              wl-77    (-----) [003] d..2    12.345678: ev: x",
        "              wl-77      (1234567) [003]    12.345678: ev: x",
        "              wl-77      [003] dN.5    12.345678: ev: x",
        "              wl-77      [003] dN.5..    12.345678: ev: x",
        "              wl-77      [003] ..s1f5a    12.345678: ev: x",
        "              wl-77      [003] .....    12.345678000: ev: x",
        "           <...>-77      [003] d..2.    12.345678: ev: x",
        "              wl-77      [003] d..2.    12.345678: ev <-caller",
        "              wl-77      [003] d..2.    12.345678: ev(arg: 1)",
        "              wl-77      [003] d..2.    12.345678: ev",
        "              wl-77 [3] 12.345678: ev: x"
      })
  void everyVariant(String line) {
    assertThat(Texts.event(line)).isEqualTo(EXPECTED);
  }

  /** Names of at most 15 bytes that a program can give itself, each to drive a reader astray. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "a-12",
        "-1 -2 -3 -4 -5",
        "x [003] y",
        "x-1 [000] 1.5:",
        "a-1 [0] 1: b",
        "-1 [000] 1: e:",
        "(-------) [001]",
        "-5 (    5) [000",
        "==> 2",
        "<...>",
        "<idle>",
        "[000]",
        "a=b c=1",
        " lead",
        "trail ",
        "tab\tbed",
        "comm: 7 |",
        "sched_switch:",
        "# tracer: nop",
        "CPU:1 [LOST 2 E",
        "=> foo",
        "12.345678:",
        "größe-1",
        "123456789012345"
      })
  void anyName(String comm) {
    String padded = " ".repeat(16 - comm.getBytes(StandardCharsets.UTF_8).length);
    String line = padded + comm + "-77      [003] d..2.    12.345678: ev: x-5 [001] 7.5: y";
    assertThat(Texts.event(line)).isEqualTo(EXPECTED);
    String ticks = padded + comm + "-77      [003]    98765432109: ev: x";
    assertThat(Texts.event(ticks)).isEqualTo(new TraceEvent.Other(98765432109L, 3, 77, "ev"));
  }

  /** The leading spaces are gone or doubled, so byte 16 says nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wl",
        "a-12",
        "x [003] y",
        "x-1 [000] 1.5:",
        "a-1 [0] 1: b",
        "-1 -2 -3 -4 -5",
        "<idle>"
      })
  void anyNameInCutOrIndentedLines(String comm) {
    String line = comm + "-77      [003] d..2.    12.345678: ev: x";
    assertThat(Texts.event(line)).isEqualTo(EXPECTED);
    assertThat(Texts.event(" ".repeat(20) + line)).isEqualTo(EXPECTED);
  }

  @Test
  void columnsInThePayloadAreNotTheLines() {
    String line = "a-77 [003] 12.345678: tracing_mark_write: b-5 [001] 9.000000: ev: x";
    assertThat(Texts.event(line))
        .isEqualTo(new TraceEvent.Marker(12_345_678_000L, 3, 77, "b-5 [001] 9.000000: ev: x"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.000001, 1000",
    "0.1, 100000000",
    "7.123456789, 7123456789",
    "9223372035.999999, 9223372035999999000",
    "0, 0",
    "9223372036854775807, 9223372036854775807"
  })
  void times(String written, long ts) {
    assertThat(Texts.event("              wl-77      [003] " + written + ": ev: x").ts())
        .isEqualTo(ts);
  }
}
