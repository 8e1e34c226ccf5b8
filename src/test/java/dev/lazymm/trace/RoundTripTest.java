package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written in whatever variant comes back. */
class RoundTripTest {
  private static final int FILES = 150;
  private static final int MOST_EVENTS = 60;
  private static final String[] PIECES = {
    " prev_pid=",
    " next_pid=",
    " ==> ",
    " pid=",
    "comm=",
    " child_comm=",
    "-12 ",
    "[000] ",
    ": ",
    "=",
    "(",
    ")",
    "-",
    " ",
    "7",
    "120",
    "1.5:",
    "wl",
    "ß",
    "<...>",
    "#",
    "CPU:0 [",
    "=> "
  };
  private static final int[] STATES = {
    0,
    PrevState.PREEMPTED,
    PrevState.INTERRUPTIBLE,
    PrevState.UNINTERRUPTIBLE,
    PrevState.ZOMBIE,
    PrevState.DEAD,
    PrevState.IDLE,
    PrevState.UNINTERRUPTIBLE | 1 << 9
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void comesBack(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int file = 0; file < FILES; file++) {
      TraceWriter writer =
          new TraceWriter(
              random.nextBoolean(),
              random.nextBoolean(),
              pick(random, "", "d..2", "dN.5.", "..s1f5.", "....."),
              random.nextBoolean(),
              pick(random, "\n", "\r\n"));
      int cpus = 1 + random.nextInt(200);
      List<TraceEvent> events = events(random, cpus, writer.ticks());
      String text = writer.write(events, cpus, comm(random));
      if (text.isEmpty()) {
        continue;
      }
      byte[] bytes =
          random.nextBoolean() ? Texts.gzip(text) : text.getBytes(StandardCharsets.UTF_8);
      List<TraceEvent> back = new ArrayList<>();
      Texts.run(new ByteArrayInputStream(bytes), TraceSink.toEvents(back::add));
      assertThat(back).as("seed %d, file %d:%n%s", seed, file, text).isEqualTo(events);
    }
  }

  /** Whatever is done to a text, the reader does not break, and what stood before is delivered. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void survivesDamage(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int file = 0; file < FILES; file++) {
      TraceWriter writer = new TraceWriter(false, random.nextBoolean(), "d..2.", false, "\n");
      List<TraceEvent> events = events(random, 4, false);
      if (events.isEmpty()) {
        continue;
      }
      byte[] bytes = writer.write(events, 4, comm(random)).getBytes(StandardCharsets.UTF_8);
      int at = random.nextInt(bytes.length);
      int whole = 0;
      for (int i = 0; i < at; i++) {
        whole += bytes[i] == '\n' ? 1 : 0;
      }
      if (random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, at);
      } else {
        bytes[at] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : " :-[]()=#.\n0".charAt(random.nextInt(12)));
      }
      List<TraceEvent> back = new ArrayList<>();
      try {
        Texts.run(new ByteArrayInputStream(bytes), TraceSink.toEvents(back::add));
      } catch (TraceFormatException e) {
        assertThat(e.line()).as(e.getMessage()).isGreaterThan(bytes.length == 0 ? -1 : whole);
      }
      assertThat(back.subList(0, whole)).isEqualTo(events.subList(0, whole));
    }
  }

  private static List<TraceEvent> events(SplittableRandom random, int cpus, boolean ticks) {
    List<TraceEvent> events = new ArrayList<>();
    long step = ticks ? 1 : 1000;
    long ts = 0;
    long stamped = 0;
    for (int n = random.nextInt(MOST_EVENTS); n > 0; n--) {
      ts += step * random.nextInt(3) * (random.nextInt(10) == 0 ? 1_000_000_007L : 1);
      int cpu = random.nextInt(cpus);
      TraceEvent event = event(random, ts, stamped, cpu);
      events.add(event);
      stamped = event.ts();
    }
    return events;
  }

  private static TraceEvent event(SplittableRandom random, long ts, long before, int cpu) {
    int pid = pid(random);
    return switch (random.nextInt(10)) {
      case 0 -> new TraceEvent.NewTask(ts, cpu, pid, pid(random), comm(random), flags(random));
      case 1 -> new TraceEvent.Fork(ts, cpu, pid, pid(random), pid(random), comm(random));
      case 2 -> new TraceEvent.Exec(ts, cpu, pid, pid, pid(random), comm(random) + comm(random));
      case 3 -> new TraceEvent.Exit(ts, cpu, pid, pid(random), comm(random));
      case 4 -> new TraceEvent.Membarrier(ts, cpu, pid, flags(random), random.nextInt(3));
      case 5 -> new TraceEvent.Marker(ts, cpu, pid, (comm(random) + comm(random)).stripTrailing());
      case 6 -> new TraceEvent.Other(ts, cpu, pid, pick(random, "sched_waking", "x", "cpu_idle"));
      case 7 -> new TraceEvent.Lost(before, cpu, random.nextInt(4) - 1);
      case 8 -> new TraceEvent.BufferStarted(before, cpu);
      default ->
          new TraceEvent.SchedSwitch(
              ts,
              cpu,
              pid,
              pid(random),
              comm(random),
              STATES[random.nextInt(STATES.length)],
              pid(random),
              comm(random));
    };
  }

  /** A name of at most 15 bytes, put together from what could be taken for something else. */
  private static String comm(SplittableRandom random) {
    StringBuilder comm = new StringBuilder();
    for (int n = random.nextInt(5); n > 0; n--) {
      comm.append(PIECES[random.nextInt(PIECES.length)]);
      if (comm.toString().getBytes(StandardCharsets.UTF_8).length > 15) {
        comm.setLength(7);
      }
    }
    return comm.toString();
  }

  private static int pid(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(100);
      case 2 -> random.nextInt(1 << 22);
      default -> random.nextInt(Integer.MAX_VALUE);
    };
  }

  private static long flags(SplittableRandom random) {
    return random.nextLong() >>> random.nextInt(64);
  }

  private static String pick(SplittableRandom random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
