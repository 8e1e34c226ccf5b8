package dev.lazymm.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One graph being grown, what is known of its threads, and the choices not yet tried in it. Owned by
 * one worker.
 */
final class Frame {
  /** The thread must be run to see what it does next. */
  static final int UNKNOWN = 0;

  /** Waits in an await whose value has not come. */
  static final int PARKED = 1;

  /** Waits for a lock that is held, without an event. */
  static final int LOCK_PARKED = 2;

  /** Waits for a lock; its last event is the failed read. */
  static final int BLOCKED = 3;

  /** Has missed the value it awaits for ever. */
  static final int STUCK = 4;

  /** At the end of its script, idle. */
  static final int HALTED = 5;

  final Graph graph;
  final int[] state;

  /** How long the thread was when its state was found; another length makes it UNKNOWN. */
  final int[] stateLength;

  /** Which native run found the state; the CPU's private cells are of its latest run. */
  final long[] stateRun;

  final int[] parkCell;
  final int[] parkOp;
  final long[] parkOperand;
  final boolean[] parkIrqs;

  /** Whether the thread has since its last poll done what its handlers can tell. */
  final boolean[] parkDirty;

  /**
   * For a thread parked on a lock: up to which stamp it has tried to come before the lock's holders,
   * and how long it was then.
   */
  private final int[] tried;

  private final int[] triedLength;
  final List<Choice> choices = new ArrayList<>();

  Frame(Graph graph) {
    this.graph = graph;
    int n = graph.threads;
    state = new int[n];
    stateLength = new int[n];
    stateRun = new long[n];
    parkCell = new int[n];
    parkOp = new int[n];
    parkOperand = new long[n];
    parkIrqs = new boolean[n];
    parkDirty = new boolean[n];
    tried = new int[n];
    triedLength = new int[n];
  }

  void clear() {
    Arrays.fill(state, UNKNOWN);
    Arrays.fill(tried, 0);
    choices.clear();
  }

  void push(int kind, int size, int thread, int a, int b) {
    choices.add(new Choice(kind, size, thread, a, b));
  }

  /** Takes over what {@code other} knows of a thread that is the same in both graphs. */
  void inherit(Frame other, int t) {
    state[t] = other.state[t];
    stateLength[t] = other.stateLength[t];
    stateRun[t] = other.stateRun[t];
    parkCell[t] = other.parkCell[t];
    parkOp[t] = other.parkOp[t];
    parkOperand[t] = other.parkOperand[t];
    parkIrqs[t] = other.parkIrqs[t];
    parkDirty[t] = other.parkDirty[t];
  }

  /** {@return the stamp from which thread t has not yet tried to come before a lock's holders} */
  int untriedFrom(int t) {
    return triedLength[t] == graph.length[t] ? tried[t] : 0;
  }

  /** Thread t has tried to come before every holder of its lock so far. */
  void triedAll(int t) {
    tried[t] = graph.size;
    triedLength[t] = graph.length[t];
  }

  /** Forgets the states of threads whose length has changed. */
  void forgetTruncated() {
    for (int t = 0; t < state.length; t++) {
      if (stateLength[t] != graph.length[t]) {
        state[t] = UNKNOWN;
      }
      if (tried[t] >= graph.size) {
        tried[t] = 0; // it was tried in a graph that this one does not extend
      }
    }
  }

  /**
   * An alternative: go back to the first {@code size} events and do {@code kind} with {@code a} and
   * {@code b}.
   */
  record Choice(int kind, int size, int thread, int a, int b) {
    /** The last event reads from a. */
    static final int READ_FROM = 0;

    /** The last event, a read part, reads a, which is consumed: only for its revisits. */
    static final int CONFLICT = 1;

    /** Like CONFLICT, of a thread parked on a lock: its read part is added first. */
    static final int LOCK_CONFLICT = 2;

    /** The last event, a write, stands at place a in co; read part b reads it. */
    static final int SLOT = 3;

    /** The last event, a poll, takes a. */
    static final int TAKE = 4;

    /** The last event, a write or send, is read by the earlier a: a new graph. */
    static final int REVISIT = 5;

    /** The last event, an await, never gets its value. */
    static final int MISS = 6;

    /** The last event, a forced poll, takes nothing: another waiting CPU takes its IPI first. */
    static final int DECLINE = 7;
  }
}
