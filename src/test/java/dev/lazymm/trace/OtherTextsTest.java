package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code perf script} text and {@code trace-cmd report} text. */
class OtherTextsTest {
  private static final String PERF = "            a b      77 [001]    12.345678: ";
  private static final String REPORT = "             a b-77    [001]    12.345678: ";
  private static final String SWITCH =
      "sched:sched_switch: prev_comm=a b prev_pid=77 prev_prio=120 prev_state=S ==>"
          + " next_comm=c next_pid=78 next_prio=120";

  @Test
  void perfScript() {
    Texts.Reading reading = Texts.read(Texts.resource("sample.perf-script.txt"));
    assertThat(reading.events())
        .containsExactly(
            new TraceEvent.NewTask(5_000_200_000L, 0, 71, 72, "sh", 0x1200000),
            new TraceEvent.Fork(5_000_210_000L, 0, 71, 71, 72, "sh"),
            new TraceEvent.SchedSwitch(5_000_300_000L, 1, 0, 0, "swapper/1", 0, 72, "sh"),
            new TraceEvent.Exec(5_000_400_000L, 1, 72, 72, 72, "/bin/ls"),
            new TraceEvent.Membarrier(5_000_450_000L, 1, 72, 16, 0),
            new TraceEvent.Lost(5_000_460_000L, 1, 17),
            new TraceEvent.Other(5_000_470_000L, 1, 72, "P"),
            new TraceEvent.Exit(5_000_500_000L, 1, 72, 72, "ls"),
            new TraceEvent.SchedSwitch(
                5_000_600_000L, 1, TraceEvent.NO_PID, 72, "ls", PrevState.ZOMBIE, 0, "swapper/1"));
    assertThat(reading.summary().info().cpus()).isEqualTo(2);
    assertThat(reading.summary().lossy()).isTrue();
    assertThat(reading.summary().lostEvents()).isEqualTo(17);
  }

  @Test
  void traceCmdReport() {
    Texts.Reading reading = Texts.read(Texts.resource("sample.report.txt"));
    assertThat(reading.events())
        .containsExactly(
            new TraceEvent.Marker(5_000_100_000L, 0, 71, "BEGIN"),
            new TraceEvent.NewTask(5_000_200_000L, 0, 71, 72, "sh", 0x1200000),
            new TraceEvent.Fork(5_000_210_000L, 0, 71, 71, 72, "sh"),
            new TraceEvent.SchedSwitch(5_000_300_000L, 1, 0, 0, "swapper/1", 0, 72, "sh"),
            new TraceEvent.Exec(5_000_400_000L, 1, 72, 72, 72, "/bin/ls"),
            new TraceEvent.Lost(5_000_400_000L, 1, 17),
            new TraceEvent.Exit(5_000_500_000L, 1, 72, 72, "ls"),
            new TraceEvent.SchedSwitch(
                5_000_600_000L, 1, 72, 72, "ls", PrevState.ZOMBIE, 0, "swapper/1"));
    assertThat(reading.summary().info().cpus()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "            a b      77 [001]    12.345678: ",
        "            a b    77 [001]    12.345678: ",
        "            a b      77/77      [001]    12.345678: ",
        "            a b      70/77      [001]    12.345678000: ",
        "            a b      77 [001]    12.345678:          1      ",
        "a b 77 [001] 12.345678: ",
        "  1 [000] 1.5: x      77 [001]    12.345678: ",
        " -1 [000] 1.5: x      77 [001]    12.345678: "
      })
  void everyVariantOfPerfScript(String columns) {
    assertThat(Texts.event(columns + SWITCH))
        .isEqualTo(
            new TraceEvent.SchedSwitch(
                12_345_678_000L, 1, 77, 77, "a b", PrevState.INTERRUPTIBLE, 78, "c"));
  }

  @Test
  void perfScriptWithoutCpu() {
    assertThat(Texts.event("            a b      77    12.345678: x:ev: y"))
        .isEqualTo(new TraceEvent.Other(12_345_678_000L, TraceEvent.NO_CPU, 77, "ev"));
  }

  @Test
  void perfScriptWithCallChain() {
    String text = PERF + "x:ev: y\n\tffffffff81 __schedule+0x1 ([kernel.kallsyms])\n\n";
    assertThat(Texts.read(text).summary().skippedLines()).isEqualTo(1);
  }

  /** Names that look like the middle of trace-cmd's format, and its letters of another time. */
  @ParameterizedTest
  @CsvSource({
    "'a b:77 [120] S ==> c:78 [120]', a b, 1, c",
    "':1 [1] S ==> :77 [120] S ==> c:78 [-5]', ':1 [1] S ==> ', 1, c",
    "'a b:77 [120] D|x ==> :1 [1] S:78 [120]', a b, 66, ':1 [1] S'",
    "'a b:77 [120] W ==> c:78 [120]', a b, 128, c"
  })
  void shortSwitch(String payload, String prev, int state, String next) {
    TraceEvent expected =
        new TraceEvent.SchedSwitch(12_345_678_000L, 1, 77, 77, prev, state, 78, next);
    assertThat(Texts.event(REPORT + "sched_switch:         " + payload)).isEqualTo(expected);
    assertThat(Texts.event(PERF + "sched:sched_switch: " + payload)).isEqualTo(expected);
  }

  @Test
  void faults() {
    fault(PERF + "x:ev: y\n" + PERF.replace("[001]", "[0x1]") + "x:ev: y\n", 2, 27);
    fault(PERF + "x:ev: y\n" + PERF.replace("12.", "11.") + "x:ev: y\n", 2, 34);
    fault(PERF + "x:ev: y\n" + PERF.replace("8: ", "8 ") + "x:ev: y\n", 2, 43);
    fault(PERF + SWITCH.replace("next_pid=78", "next_pid=") + "\n", 1, 143);
    fault(PERF + "PERF_RECORD_LOST lost x\n", 1, 67);
    fault("# nrcpus online : 1\n" + PERF + "x:ev: y\n", 2, 26);
    fault("cpus=x\n" + REPORT + "ev: y\n", 1, 6);
    fault("cpus=1\n" + REPORT + "ev: y\n", 2, 25);
    fault("cpus=2\n" + REPORT + "sched_switch: a b:77 [120] S ==> c:78 [120\n", 2, 58);
    fault("cpus=2\n" + REPORT + "sched_switch: a b:77 [120] ==> c:78 [120]\n", 2, 71);
  }

  private static void fault(String text, int line, int column) {
    TraceFormatException fault = Texts.fails(text);
    assertThat(fault).hasMessageContaining("expected: ").hasMessageContaining("^");
    assertThat(fault.line() + ":" + fault.column())
        .as(fault.getMessage())
        .isEqualTo(line + ":" + column);
  }
}
