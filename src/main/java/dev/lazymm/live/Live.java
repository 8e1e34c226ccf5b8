package dev.lazymm.live;

import dev.lazymm.machine.KObject;
import dev.lazymm.workload.EndLaws;
import dev.lazymm.workload.Expectation;
import dev.lazymm.workload.FinalState;
import dev.lazymm.workload.Laws;
import dev.lazymm.workload.Prepared;
import dev.lazymm.workload.ScenarioWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a prepared scenario on real threads, round after round, and judges how each round went and
 * ended. Most rounds end in a state that was seen before, which is not judged again.
 */
public final class Live {
  /** The machine stood still: somebody waits for what never comes, or the time was too short. */
  public static final class StuckException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StuckException(String who) {
      super(who);
    }
  }

  /** So many different end states are kept; more are judged, but not told apart. */
  private static final int MOST_STATES = 4096;

  private Live() {}

  /**
   * Runs a scenario once to its end, whatever goes wrong on the way.
   *
   * @return the state in which it ended
   * @throws StuckException if it did not end
   * @throws IllegalStateException if the code of a CPU failed
   */
  public static FinalState once(Prepared prepared, LiveOptions options) {
    List<FinalState> states = new ArrayList<>();
    LiveResult result = run(prepared, options.withRounds(1), states::add);
    if (result.stuck() instanceof String who) {
      throw new StuckException(who);
    }
    if (states.isEmpty()) {
      throw new IllegalStateException(result.found().getFirst().finding().what());
    }
    return states.getFirst();
  }

  /** {@return what a run showed} */
  public static LiveResult run(Prepared prepared, LiveOptions options) {
    return run(prepared, options, state -> {});
  }

  /**
   * Runs rounds until a bound is reached.
   *
   * @param newState given each end state that was not seen before
   * @return what the run showed
   */
  public static LiveResult run(
      Prepared prepared, LiveOptions options, Consumer<FinalState> newState) {
    Run run = new Run(prepared, options, newState);
    String stuck = run.machine.run();
    return run.result(stuck);
  }

  /** How often an end state was seen, and what is wrong with it. */
  private static final class Seen {
    final List<Finding> findings;
    long times;

    Seen(List<Finding> findings) {
      this.findings = findings;
    }
  }

  /** One run. Its state is touched by one thread at a time. */
  private static final class Run implements LiveMachine.Rounds {
    private final Prepared prepared;
    private final LiveOptions options;
    private final Consumer<FinalState> newState;
    private final LiveMachine machine;
    private final Map<EndState, Seen> states = new HashMap<>();
    private final Map<String, LiveResult.Found> found = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private long rounds;
    private boolean more;

    Run(Prepared prepared, LiveOptions options, Consumer<FinalState> newState) {
      this.prepared = prepared;
      this.options = options;
      this.newState = newState;
      machine = new LiveMachine(prepared.program(), options, this);
    }

    @Override
    public boolean another() {
      return rounds < options.rounds()
          && (options.keepGoing() || found.isEmpty())
          && (options.time().isZero() || System.nanoTime() - begin < options.time().toNanos());
    }

    @Override
    public void ended(boolean cut) {
      rounds++;
      Map<String, Finding> now = new LinkedHashMap<>();
      for (int i = 0; i < machine.cpus(); i++) {
        machine.cpu(i).findings().all().forEach(f -> now.putIfAbsent(f.name(), f));
      }
      if (!cut) {
        end().forEach(f -> now.putIfAbsent(f.name(), f));
      }
      now.forEach((name, finding) ->
          found.merge(
              name,
              new LiveResult.Found(finding, rounds, 1),
              (old, more) -> new LiveResult.Found(old.finding(), old.round(), old.times() + 1)));
    }

    private List<Finding> end() {
      EndState state = machine.endState(prepared.startMms());
      Seen seen = states.get(state);
      if (seen == null) {
        newState.accept(state);
        seen = new Seen(judge(state));
        if (states.size() < MOST_STATES) {
          states.put(state, seen);
        } else {
          more = true;
        }
      }
      seen.times++;
      return seen.findings;
    }

    private List<Finding> judge(EndState state) {
      List<Finding> wrong = new ArrayList<>();
      EndLaws.judge(prepared, state).forEach(b -> wrong.add(new Finding(b.law(), b.what())));
      for (int cpu = 0; cpu < machine.cpus(); cpu++) {
        KObject held = state.held(cpu);
        if (held != null && state.freed(held)) {
          wrong.add(new Finding("I1", "%s is freed and CPU %d counts on it".formatted(held, cpu)));
        }
      }
      return wrong;
    }

    LiveResult result(@Nullable String stuck) {
      long switches = 0;
      long ipis = 0;
      for (int i = 0; i < machine.cpus(); i++) {
        switches += machine.cpu(i).switches();
        ipis += machine.cpu(i).interrupts().sent();
      }
      return new LiveResult(
          prepared.kernel().lazyMm().name(),
          prepared.kernel().arch().name(),
          prepared.scenario().name(),
          options.seed(),
          machine.placement(),
          rounds,
          switches,
          ipis,
          ends(),
          more,
          exists(),
          found.values().stream()
              .sorted(Comparator.comparing(f -> f.finding().name(), Laws.GRAVEST_FIRST))
              .toList(),
          stuck);
    }

    private List<LiveResult.End> ends() {
      Map<String, Long> counts = new LinkedHashMap<>();
      states.forEach(
          (state, seen) -> counts.merge(StateText.of(prepared, state), seen.times, Long::sum));
      return counts.entrySet().stream()
          .map(e -> new LiveResult.End(e.getKey(), e.getValue()))
          .sorted(
              Comparator.comparingLong(LiveResult.End::times)
                  .reversed()
                  .thenComparing(LiveResult.End::state))
          .toList();
    }

    private List<LiveResult.End> exists() {
      List<LiveResult.End> exists = new ArrayList<>();
      for (Expectation e : prepared.expectations()) {
        if (e.kind() == Expectation.Kind.EXISTS) {
          long times = 0;
          for (Map.Entry<EndState, Seen> seen : states.entrySet()) {
            times += prepared.holds(e.condition(), seen.getKey()) ? seen.getValue().times : 0;
          }
          exists.add(new LiveResult.End(ScenarioWriter.write(e.condition()), times));
        }
      }
      return exists;
    }
  }
}
