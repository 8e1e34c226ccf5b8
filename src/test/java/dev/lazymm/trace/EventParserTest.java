package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private static final String COLUMNS = "              wl-77      [001] d..2.    12.000001: ";
  private static final long TS = 12_000_001_000L;

  /** Names that look like the payloads they stand in; none has more than 15 bytes. */
  static final String[] NAMES = {
    "",
    " ",
    "wl",
    " prev_pid=1",
    " prev_pid=12345",
    " prev_pid= prev",
    "a prev_prio=1",
    " prev_state=R",
    " ==> next_comm=",
    "==> 2",
    " next_pid=1",
    " next_prio=120",
    "a next_pid=1 ",
    "next_comm=x",
    "prev_comm=",
    "pid=1 prio 4",
    " pid=1",
    " pid=9999999999",
    " pid=1 child_co",
    " child_comm=a",
    " child_pid=5",
    " comm=x",
    " clone_flags=0",
    " prio=120",
    " group_dead=tru",
    " old_pid=1",
    "sched_switch: x",
    "größe ß",
    "ends with 12"
  };

  @ParameterizedTest
  @FieldSource("NAMES")
  void schedSwitch(String comm) {
    for (String other : NAMES) {
      String payload =
          "sched_switch: prev_comm="
              + comm
              + " prev_pid=77 prev_prio=-1 prev_state=R+ ==> next_comm="
              + other
              + " next_pid=4194304 next_prio=120";
      assertThat(Texts.event(COLUMNS + payload))
          .isEqualTo(
              new TraceEvent.SchedSwitch(TS, 1, 77, 77, comm, PrevState.PREEMPTED, 4194304, other));
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void fork(String comm) {
    for (String other : NAMES) {
      String payload = " pid=77 child_comm=" + other + " child_pid=78";
      assertThat(Texts.event(COLUMNS + "sched_process_fork: comm=" + comm + payload))
          .isEqualTo(new TraceEvent.Fork(TS, 1, 77, 77, 78, other));
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void newTaskExecExit(String comm) {
    assertThat(
            Texts.event(
                COLUMNS
                    + "task_newtask: pid=78 comm="
                    + comm
                    + " clone_flags=3d0f00 oom_score_adj=-1000"))
        .isEqualTo(new TraceEvent.NewTask(TS, 1, 77, 78, comm, 0x3d0f00));
    assertThat(
            Texts.event(COLUMNS + "sched_process_exec: filename=/" + comm + " pid=77 old_pid=79"))
        .isEqualTo(new TraceEvent.Exec(TS, 1, 77, 77, 79, "/" + comm));
    assertThat(Texts.event(COLUMNS + "sched_process_exit: comm=" + comm + " pid=77 prio=120"))
        .isEqualTo(new TraceEvent.Exit(TS, 1, 77, 77, comm));
    assertThat(
            Texts.event(
                COLUMNS + "sched_process_exit: comm=" + comm + " pid=77 prio=-1 group_dead=false"))
        .isEqualTo(new TraceEvent.Exit(TS, 1, 77, 77, comm));
  }

  @ParameterizedTest
  @CsvSource({
    "R, false, false, R",
    "R+, true, false, R+",
    "S, false, false, S",
    "D|K, false, false, D|K",
    "D|W|K+, true, false, D|K|W+",
    "Z, false, true, Z",
    "X, false, true, X",
    "x, false, true, x",
    "I, false, false, I",
    "T|t, false, false, T|t",
    "P, false, false, P",
    "S|0x400, false, false, S|?",
    "q, false, false, ?"
  })
  void states(String written, boolean preempted, boolean dead, String text) {
    String payload =
        "sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state="
            + written
            + " ==> next_comm=b next_pid=2 next_prio=120";
    if (!(Texts.event(COLUMNS + payload) instanceof TraceEvent.SchedSwitch event)) {
      throw new AssertionError(payload);
    }
    assertThat(event.preempted()).isEqualTo(preempted);
    assertThat(event.dead()).isEqualTo(dead);
    assertThat(PrevState.text(event.prevState())).isEqualTo(text);
    assertThat(PrevState.isRunnable(event.prevState())).isEqualTo(written.startsWith("R"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tracing_mark_write: LZ: begin 1",
        "tracing_mark_write: LZ: begin 1  ",
        "tracing_mark_write.isra.0: LZ: begin 1",
        "tracing_mark_write+0x1a/0x2f0: LZ: begin 1",
        "tracing_mark_write <ffffffff8112>: LZ: begin 1",
        "print: LZ: begin 1",
        "print:                tracing_mark_write: LZ: begin 1"
      })
  void markers(String text) {
    assertThat(Texts.event(COLUMNS + text))
        .isEqualTo(new TraceEvent.Marker(TS, 1, 77, "LZ: begin 1"));
  }

  @Test
  void emptyMarker() {
    assertThat(Texts.event(COLUMNS + "tracing_mark_write: "))
        .isEqualTo(new TraceEvent.Marker(TS, 1, 77, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sys_membarrier(cmd: 10, flags: 1, cpu_id: 0)",
        "sys_membarrier(cmd: 0x10, flags: 0x1, cpu_id: 0x0)",
        "sys_membarrier(cmd: 10, flags: 1)"
      })
  void membarrier(String text) {
    assertThat(Texts.event(COLUMNS + text)).isEqualTo(new TraceEvent.Membarrier(TS, 1, 77, 16, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "sys_membarrier -> 0x0, sys_membarrier",
    "sched_process_free: comm=a pid=1 prio=120, sched_process_free",
    "sched_switch <-schedule, sched_switch",
    "tracing_mark_write <-vfs_write, tracing_mark_write",
    "sched_switch_x: prev_comm=, sched_switch_x",
    "0: hello, 0"
  })
  void others(String text, String name) {
    assertThat(Texts.event(COLUMNS + text)).isEqualTo(new TraceEvent.Other(TS, 1, 77, name));
  }
}
