package dev.lazymm.replay;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.trace.PrevState;
import dev.lazymm.trace.TaskList;
import dev.lazymm.trace.TraceEvent;
import dev.lazymm.trace.TraceInfo;
import dev.lazymm.trace.TraceSink;
import dev.lazymm.trace.TraceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a recording and drives one kernel for each pair of a design and an
 * architecture. {@link #report} can be asked at any time, also when the reader has failed. Streams:
 * what it keeps grows with the tasks alive, not with the recording. For one recording, used once.
 */
public final class Replayer implements TraceSink {
  /**
   * What to replay.
   *
   * @param designs the lifetime designs, at least one, each name once
   * @param arches the architectures, at least one, each name once
   * @param fromMarker the whole text of the marker that opens the window; null: from the start
   * @param toMarker the whole text of the marker that closes it; null: to the end
   * @param span the window by time, instead of by markers; null if there is none
   */
  public record Options(
      List<Designs.Entry> designs,
      List<Arches.Entry> arches,
      @Nullable String fromMarker,
      @Nullable String toMarker,
      @Nullable Span span) {
    /** What to replay between two markers, or the whole with null for both. */
    public Options(
        List<Designs.Entry> designs,
        List<Arches.Entry> arches,
        @Nullable String fromMarker,
        @Nullable String toMarker) {
      this(designs, arches, fromMarker, toMarker, null);
    }

    public Options {
      designs = List.copyOf(designs);
      arches = List.copyOf(arches);
      if (designs.isEmpty() || arches.isEmpty()) {
        throw new IllegalArgumentException("there must be a design and an architecture");
      }
      if (!designs.stream().allMatch(Options::counts)) {
        throw new IllegalArgumentException("there is a design whose costs are not counted");
      }
    }

    /**
     * {@return whether what this design costs is among what is counted} Without a lazy mode that is
     * switches of the MMU, and all that is counted here would be 0. Costs are known by the place in
     * the kernel's code that they come from; those of a design of one's own have others.
     */
    public static boolean counts(Designs.Entry design) {
      return Designs.find(design.name()).isPresent() && !design.name().equals(Designs.NO_LAZY);
    }

    /** {@return the usual designs and architectures, the whole recording} */
    public static Options everything() {
      return new Options(Designs.USUAL, Arches.USUAL, null, null);
    }

    /** {@return the same for the window between two markers} */
    public Options between(@Nullable String from, @Nullable String to) {
      return new Options(designs, arches, from, to);
    }

    /** {@return the same for a window of time} */
    public Options within(Span window) {
      return new Options(designs, arches, null, null, window);
    }
  }

  /**
   * All events with {@code begin <= ts <= end}.
   *
   * @param begin in the recording's unit of time
   * @param end in the recording's unit of time
   */
  public record Span(long begin, long end) {}

  /** What the return from membarrier(2) is called: by ftrace, and by others. */
  private static final List<byte[]> MEMBARRIER_RETURNS =
      Stream.of("sys_membarrier", "sys_exit_membarrier")
          .map(s -> s.getBytes(StandardCharsets.UTF_8))
          .toList();

  /** CPUs of a computer whose recording does not say how many it has. */
  private static final int MANY_CPUS = 1024;

  private final Options options;
  private final @Nullable TaskList taskList;
  private final Window window;
  private final Tally events = new Tally(1);
  private final Tally tally = new Tally(Schedule.KINDS);
  private final List<Model> models = new ArrayList<>();
  private @Nullable Computer computer;
  private @Nullable Schedule schedule;
  private @Nullable Lookahead lookahead;
  private CpuIndex cpus = new CpuIndex(MANY_CPUS);
  private int cpusInHead = TraceInfo.UNKNOWN;
  private boolean lossy;

  /** Makes one for a recording before which {@code tasks} existed, if there is a list of them. */
  public Replayer(Options options, @Nullable TaskList tasks) {
    this.options = options;
    this.taskList = tasks;
    this.window = new Window(options.fromMarker(), options.toMarker(), options.span(), this::mark);
  }

  /** {@return what was counted up to now} */
  public ReplayReport report() {
    if (lookahead != null) {
      lookahead.flush();
    }
    boolean sinceMark = window.opened();
    Map<String, Map<String, ReplayReport.Costs>> designs = new LinkedHashMap<>();
    int next = 0;
    for (Designs.Entry design : options.designs()) {
      Map<String, ReplayReport.Costs> costs = new LinkedHashMap<>();
      for (Arches.Entry arch : options.arches()) {
        Counters counters = next < models.size() ? models.get(next++).counters : new Counters();
        costs.put(arch.name(), counters.costs(sinceMark));
      }
      designs.put(design.name(), costs);
    }
    ReplayReport.Switches switches = Schedule.switches(tally, sinceMark);
    long unknown = tally.count(Schedule.UNKNOWN_MM, sinceMark);
    return new ReplayReport(
        events.count(0, sinceMark),
        cpusInHead > 0 ? cpusInHead : cpus.seen(),
        lossy || (computer != null && computer.lossy()) || !window.complete(),
        switches.total() == 0 ? 0 : (double) unknown / switches.total(),
        tally.count(Schedule.EXITS_WITH_MM, sinceMark),
        models.isEmpty() ? 0 : models.getFirst().counters.mmDeaths(sinceMark),
        switches,
        schedule == null ? 0 : schedule.membarrierCalls(sinceMark),
        schedule == null ? ReplayReport.Interval.NONE : schedule.membarrierIpis(sinceMark),
        designs);
  }

  void missing() {
    lossy = true;
  }

  /** {@return the driven kernels, one a design and an architecture; none before the first event} */
  List<Model> models() {
    return models;
  }

  /** {@return how many kernel objects the driven kernels ever made} */
  int objectCount() {
    return models.stream().mapToInt(Model::objectCount).sum();
  }

  private void mark() {
    events.mark();
    if (lookahead != null) {
      lookahead.mark();
    }
  }

  @Override
  public void header(TraceInfo info) {
    cpusInHead = info.cpus();
    lossy |= info.lossy();
  }

  @Override
  public void schedSwitch(
      long ts,
      int cpu,
      int pid,
      int prevPid,
      TraceText prevComm,
      int prevState,
      int nextPid,
      TraceText nextComm) {
    if (counts(ts) && index(cpu) >= 0) {
      driven()
          .schedSwitch(
              ts,
              index(cpu),
              prevPid,
              PrevState.isDead(prevState),
              PrevState.isPreempted(prevState),
              nextPid);
    }
  }

  @Override
  public void newTask(
      long ts, int cpu, int pid, int childPid, TraceText childComm, long cloneFlags) {
    if (counts(ts) && index(cpu) >= 0) {
      driven().newTask(ts, index(cpu), pid, childPid, cloneFlags);
    }
  }

  @Override
  public void fork(long ts, int cpu, int pid, int parentPid, int childPid, TraceText childComm) {
    if (counts(ts) && index(cpu) >= 0) {
      driven().fork(ts, index(cpu), parentPid, childPid);
    }
  }

  @Override
  public void exec(long ts, int cpu, int pid, int execPid, int oldPid, TraceText filename) {
    if (counts(ts) && index(cpu) >= 0) {
      driven().exec(ts, index(cpu), execPid, oldPid);
    }
  }

  @Override
  public void exit(long ts, int cpu, int pid, int exitPid, TraceText comm) {
    if (counts(ts) && index(cpu) >= 0) {
      driven().exit(ts, index(cpu), exitPid);
    }
  }

  @Override
  public void membarrier(long ts, int cpu, int pid, long command, long flags) {
    if (counts(ts) && index(cpu) >= 0) {
      driven().membarrier(ts, index(cpu), pid, command, flags);
    }
  }

  @Override
  public void marker(long ts, int cpu, int pid, TraceText text) {
    counts(ts);
    window.marker(ts, text);
  }

  @Override
  public void other(long ts, int cpu, int pid, TraceText name) {
    if (counts(ts) && isMembarrierReturn(name) && index(cpu) >= 0) {
      driven().membarrierReturns(ts, index(cpu), pid);
    }
  }

  /** Asked of every event of no other kind, so without a stream. */
  private static boolean isMembarrierReturn(TraceText name) {
    for (int i = 0; i < MEMBARRIER_RETURNS.size(); i++) {
      if (name.contentEquals(MEMBARRIER_RETURNS.get(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void lost(long ts, int cpu, long count) {
    if (!window.over(ts)) {
      lossy = true;
      if (index(cpu) >= 0) {
        driven().lost(index(cpu));
      }
    }
  }

  @Override
  public void bufferStarted(long ts, int cpu) {
    lossy |= !window.over(ts);
  }

  /** Counts an event; {@return whether it is not behind the window} */
  private boolean counts(long ts) {
    if (window.over(ts)) {
      return false;
    }
    events.add(0);
    return true;
  }

  private Lookahead driven() {
    return Objects.requireNonNull(lookahead, "no CPU was seen");
  }

  /** {@return the CPU's place, less than 0 if it has none or more take part than the head knows} */
  private int index(int cpu) {
    if (computer == null) {
      boot();
    }
    int index = cpu == TraceEvent.NO_CPU ? CpuIndex.NONE : cpus.of(cpu);
    lossy |= index < 0;
    return index;
  }

  private void boot() {
    int count = cpusInHead > 0 ? cpusInHead : MANY_CPUS;
    cpus = new CpuIndex(count);
    for (Designs.Entry design : options.designs()) {
      for (Arches.Entry arch : options.arches()) {
        models.add(new Model(design, arch, count));
      }
    }
    Computer made = new Computer(models, count);
    if (taskList != null) {
      made.adopt(taskList);
    }
    computer = made;
    schedule = new Schedule(models, made, count, tally);
    lookahead = new Lookahead(schedule);
  }
}
