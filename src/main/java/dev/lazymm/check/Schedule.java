package dev.lazymm.check;

import dev.lazymm.machine.Program;
import dev.lazymm.machine.Refusal;
import java.util.function.BooleanSupplier;

/**
 * Decides who goes on in a graph, and lets it: a thread that is ready; else one whose wait is over;
 * else a CPU that waits and has an IPI to take; else a thread that could read a value that it
 * missed. Within each turn a fixed order of the threads decides. So it follows from the graph
 * alone.
 */
final class Schedule {
  /** Is told that a thread's code failed. */
  @FunctionalInterface
  interface Failures {
    void failed(int thread, RuntimeException failure);
  }

  private final int[] order;
  private final Program program;
  private final Growth growth;
  private final CheckCpu[] cpus;
  private final Failures failures;

  Schedule(int[] order, Program program, Growth growth, CheckCpu[] cpus, Failures failures) {
    this.order = order.clone();
    this.program = program;
    this.growth = growth;
    this.cpus = cpus;
    this.failures = failures;
  }

  /** Lets one thread go on; false if nobody can. */
  boolean goOn(Frame frame) {
    for (int t : order) {
      if (frame.isReady(t)) {
        if (frame.state[t] == Frame.HALTED) {
          growth.forcePoll(t, false);
        } else {
          run(frame, t, false, false);
        }
        return true;
      }
    }
    for (int t : order) {
      if (frame.isOver(t)) {
        run(frame, t, true, false);
        return true;
      }
    }
    for (int t : order) {
      if (frame.isInterrupted(t)) {
        growth.forcePoll(t, othersMayGoOn(frame, t));
        return true;
      }
    }
    return readsMissed(frame);
  }

  private boolean readsMissed(Frame frame) {
    for (int t : order) {
      if (frame.state[t] == Frame.LOCK_PARKED) {
        growth.tryConflicts(t);
      }
    }
    for (int t : order) {
      if (growth.hasMissed(t)) {
        run(frame, t, true, canOnlyFail(frame, t));
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the graph in which {@code t}, which has missed a value, reads the last one would be the
   * end, and not even a hang.
   */
  private boolean canOnlyFail(Frame frame, int t) {
    boolean inVain = false;
    for (int u : order) {
      if (u != t && growth.hasMissed(u)) {
        return false;
      }
      inVain |= frame.isInVain(u);
    }
    return inVain;
  }

  /** Whether anything could go on without {@code t}'s taking its IPI while it waits. */
  private boolean othersMayGoOn(Frame frame, int t) {
    for (int u : order) {
      if ((u != t && frame.isInterrupted(u))
          || growth.hasMissed(u)
          || (frame.state[u] == Frame.LOCK_PARKED && growth.mayConflict(u))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Lets a thread go on, whoever else could.
   *
   * @param mayGoOn asked before each operation but the first whether it may be added
   */
  void lead(Frame frame, int t, BooleanSupplier mayGoOn) {
    growth.begin(t, mayGoOn);
    run(frame, t);
  }

  /** Runs a thread's code from its start, up to the first operation that is not in the graph. */
  private void run(Frame frame, int t, boolean mayAwait, boolean mustSucceed) {
    growth.begin(t, mayAwait, mustSucceed);
    run(frame, t);
  }

  private void run(Frame frame, int t) {
    CheckCpu cpu = cpus[t];
    int state;
    try {
      state = cpu.run(program.scripts().get(t), frame.graph);
    } catch (Suspend s) {
      state = Frame.UNKNOWN;
    } catch (Footprint.Restart | Refusal | Explorer.TooLarge e) {
      throw e;
    } catch (RuntimeException e) {
      failures.failed(t, e);
      state = Frame.FAILED;
    }
    frame.stands(t, state, cpu);
  }
}
