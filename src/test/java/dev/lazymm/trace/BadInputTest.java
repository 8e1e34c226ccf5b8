package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
  private static final String GOOD = "              wl-77      [001] d..2.    12.000001: ev: x\n";
  private static final String COLUMNS = "              wl-77      [001] d..2.    12.000001: ";

  @Test
  void theWholeMessage() {
    TraceFormatException fault =
        Texts.fails(
            GOOD
                + COLUMNS
                + "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=wl"
                + " next_pid= next_prio=120\n");
    assertThat(fault)
        .hasMessage(
            """
            t.txt:2:142: the number of " next_pid=" is missing
              ..._pid=7 prev_prio=120 prev_state=S ==> next_comm=wl next_pid= next_prio=120
                                                                             ^
              expected: a decimal number\
            """);
    assertThat(fault.file()).isEqualTo("t.txt");
    assertThat(fault.line()).isEqualTo(2);
    assertThat(fault.column()).isEqualTo(142);
    assertThat(fault.problem()).isEqualTo("the number of \" next_pid=\" is missing");
    assertThat(fault.expected()).isEqualTo("a decimal number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "              wl-77      [0x1] d..2.    12.000001: ev: x;28;the CPU's number and ] is missing",
        "              wl-77      [001 d..2.    12.000001: ev: x;30;the CPU's number and ] is missing",
        "              wl-77      [001] d..2.    12,000001: ev: x;43;a colon after the time is missing",
        "              wl-77      [001] d..2.    12.: ev: x;44;1 to 9 digits after the point of a time below"
            + " 2^63 ns is missing",
        "              wl-77      [001] d..2.    99223372036.0: ev: x;54;1 to 9 digits after the point of a"
            + " time below 2^63 ns is missing",
        "              wl-77      [001]    99999999999999999999: ev: x;35;a time below 2^63 is missing",
        "              wl-77      [001] d..2.    : ev: x;41;the time, as seconds.micros or ticks is missing",
        "              wl-77      [001] d..2.    12.000001: ;52;the event's name is missing",
        "              wl-77      (12x) [001] d..2.    12.000001: ev: x;15;this is not an event",
        "              wl-99999999999      [001] d..2.    12.000001: ev: x;15;this is not an event",
        "              wl-2147483648      [001] d..2.    12.000001: ev: x;15;this is not an event",
        "hello;1;this is not an event",
        "   hello;4;this is not an event"
      })
  void columns(String line, int column, String problem) {
    expect(GOOD + line + "\n", 2, column, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "sched_switch: prev_pid=1;15;\"prev_comm=\" is missing",
        "sched_switch: prev_comm=a b c next_pid=1 next_prio=1;25;\" prev_pid=\" is missing",
        "sched_switch: prev_comm=a prev_pid=7;36;\" next_prio=\" is missing",
        "sched_switch: prev_comm=a prev_pid=x prev_prio=120 prev_state=S ==> next_comm=b next_pid=1"
            + " next_prio=1;36;a decimal number is missing",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=1 ==> next_comm=b next_pid=1"
            + " next_prio=1;63;a task state such as S, R+ or D|K is missing",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S|;65;the number of \" next_prio=\" is missing",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S -> next_comm=b next_pid=1"
            + " next_prio=1;64;\" ==> next_comm=\" is missing",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=b next_pid=-1"
            + " next_prio=1;91;\" next_pid=\" is missing",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=b"
            + " next_pid=2147483648 next_prio=1;90;the number is too large",
        "sched_switch: prev_comm=a prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=b next_pid=1"
            + " next_prio=1 0x;106;the number of \" next_prio=\" is missing",
        "sched_process_fork: comm=a pid=7 child_pid=8;33;\" child_comm=\" is missing",
        "task_newtask: pid=7 comm=a clone_flags=xyz oom_score_adj=0;43;the number of \" clone_flags=\" is"
            + " missing",
        "task_newtask: pid=7 comm=a clone_flags=11112222333344445 oom_score_adj=0;40;the number is too large",
        "task_newtask: pid= comm=a clone_flags=0 oom_score_adj=0;19;a decimal number is missing",
        "sched_process_exec: filename=/bin/a pid=7;41;\" old_pid=\" is missing",
        "sched_process_exit: comm=a prio=120;27;the number of \" pid=\" is missing",
        "sys_membarrier(cmd: , flags: 0);21;a hexadecimal number is missing",
        "sys_membarrier(cmd: 8, flags: 0;32;the call does not end here"
      })
  void payloads(String payload, int column, String problem) {
    expect(GOOD + COLUMNS + payload + "\n", 2, COLUMNS.length() + column, problem);
  }

  @Test
  void unknownCpu() {
    String at7 = GOOD.replace("[001]", "[007]");
    expect(Texts.HEAD + GOOD + at7, 5, 27, "there is no CPU 7");
    assertThat(Texts.fails(Texts.HEAD + at7).expected())
        .isEqualTo("a CPU from 0 to 1, as #P:2 in the head says");
    expect(Texts.HEAD + "##### CPU 2 buffer started ####\n", 4, 11, "there is no CPU 2");
    expect(Texts.HEAD + "CPU:2 [LOST 1 EVENTS]\n", 4, 5, "there is no CPU 2");
    expect(GOOD.replace("[001]", "[8192]"), 1, 27, "there is no CPU 8192");
  }

  @Test
  void timeGoesBack() {
    String earlier = GOOD.replace("12.000001", "12.000000");
    expect(GOOD + earlier, 2, 41, "time goes back on CPU 1: 12.000000000 after 12.000001000");
    expect(
        GOOD + earlier.replace("[001]", "[000]"),
        2,
        41,
        "time goes back from CPU 1 to CPU 0: 12.000000000 after 12.000001000");
    expect(
        "              wl-77      [001] d..2. 9: ev: x\n              wl-77      [001] d..2. 8: ev: x\n",
        2,
        38,
        "time goes back on CPU 1: 8 after 9");
  }

  @Test
  void unitChanges() {
    expect(GOOD + GOOD.replace("12.000001", "12000002"), 2, 41, "the unit of the time changes");
  }

  @Test
  void emptyFile() {
    assertThat(Texts.fails(""))
        .hasMessage(
            "t.txt: the file is empty\n  expected: ftrace text, `perf script` text or `trace-cmd report` text");
    expect("\n# x\n", 0, 0, "there is neither a head nor an event in the file");
    assertThat(Texts.fails(Texts.gzip(""), new ArrayList<>()).problem())
        .isEqualTo("the file is empty");
  }

  @Test
  void cutInALine() {
    expect(GOOD + GOOD.strip(), 2, 43, "the file ends in the middle of a line");
  }

  @Test
  void damagedHead() {
    expect(
        "# tracer: nop\n# entries-in-buffer/entries-written: 12048   #P:4\n",
        2,
        43,
        "\"/\" is missing");
    expect(
        "# entries-in-buffer/entries-written: x/1   #P:4\n", 1, 38, "a decimal number is missing");
    expect(
        "# tracer: nop\n#\n# nop latency trace v1.1.5 on 6.12.0\n",
        3,
        1,
        "this text was made with the option latency-format");
    expect(GOOD + "# tracer: nop\n", 2, 1, "a second recording begins here");
  }

  @Test
  void damagedLostLine() {
    expect(GOOD + "CPU:1 [LOST x EVENTS]\n", 2, 13, "a decimal number is missing");
    expect(GOOD + "CPU:1 [LOST 5 EVEN", 2, 19, "the file ends in the middle of a line");
    expect(GOOD + "##### CPU x buffer started ####\n", 2, 11, "a decimal number is missing");
  }

  @Test
  void truncatedGzip() throws IOException {
    StringBuilder text = new StringBuilder(Texts.HEAD);
    for (int i = 0; i < 5000; i++) {
      text.append(GOOD.replace("77", Integer.toString(1000 + i * 7919 % 4001)));
    }
    byte[] whole = Texts.gzip(text.toString());
    List<TraceEvent> events = new ArrayList<>();
    TraceFormatException fault = Texts.fails(Arrays.copyOf(whole, whole.length / 2), events);
    assertThat(events).hasSizeGreaterThan(1000);
    long last = events.size() + 3L;
    assertThat(fault.line()).isEqualTo(last);
    assertThat(fault)
        .hasMessage(
            "t.txt:%d: the gzip data is truncated after line %d%n  expected: a whole gzip file; check it with `gzip -t`"
                .formatted(last, last));
    expectGzip(Arrays.copyOf(whole, 5), "the gzip data is truncated");
    expectGzip(
        Arrays.copyOf(whole, whole.length - 3), "the gzip data is truncated after line 5003");
  }

  @Test
  void damagedGzip() {
    byte[] packed = Texts.gzip(Texts.HEAD + GOOD);
    packed[packed.length - 6] ^= 1;
    expectGzip(packed, "the gzip data is damaged (Corrupt GZIP trailer) after line 4");
    packed[2] = 77;
    expectGzip(packed, "the gzip data is damaged (Unsupported compression method)");
  }

  @Test
  void otherFormats() {
    expect("\u0017\bDtracing7\0", 0, 0, "this is a trace.dat file of trace-cmd, not text");
    expect("PERFILE2xxxx", 0, 0, "this is a perf.data file, not text");
  }

  @Test
  void binaryGarbage() {
    byte[] garbage = new byte[3000];
    new java.util.Random(7).nextBytes(garbage);
    garbage[0] = 'g';
    garbage[garbage.length - 1] = '\n';
    TraceFormatException fault = Texts.fails(garbage, new ArrayList<>());
    assertThat(fault.line()).isEqualTo(1);
    assertThat(fault.problem()).isEqualTo("this is not an event");
    assertThat(fault.getMessage().lines()).hasSize(4).allMatch(line -> line.length() < 130);

    byte[] noLine = new byte[Lines.LONGEST + 1];
    assertThat(Texts.fails(noLine, new ArrayList<>()).problem())
        .isEqualTo("the line is longer than 65536 bytes");
  }

  /** After a marker only text is taken as its continuation, and no damaged event. */
  @Test
  void garbageAfterAMarker() {
    String marker = COLUMNS + "tracing_mark_write: a\n";
    expect(marker + "b\u0000c\n", 2, 1, "this is not an event");
    expect(marker + COLUMNS.replace("]", "") + "\n", 2, 30, "the CPU's number and ] is missing");
    expect(marker + GOOD + "b\n", 3, 1, "this is not an event");
  }

  @Test
  void columnsCountCharacters() {
    expect(GOOD + "            größe-7 [x\n", 2, 22, "the CPU's number and ] is missing");
  }

  @Test
  void eventsBeforeAreDelivered() {
    List<TraceEvent> events = new ArrayList<>();
    Texts.fails((GOOD + GOOD + "x\n").getBytes(StandardCharsets.UTF_8), events);
    assertThat(events).hasSize(2);
  }

  private static void expect(String text, long line, int column, String problem) {
    TraceFormatException fault = Texts.fails(text);
    assertThat(fault.problem()).isEqualTo(problem);
    assertThat(fault.line()).as("line").isEqualTo(line);
    assertThat(fault.column()).as("column").isEqualTo(column);
  }

  private static void expectGzip(byte[] file, String problem) {
    assertThat(Texts.fails(file, new ArrayList<>()).problem()).isEqualTo(problem);
  }
}
