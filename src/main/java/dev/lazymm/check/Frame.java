package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One graph being grown, how its threads stand, and the choices not yet tried in it. Owned by one
 * explorer.
 *
 * <p>Who may go on follows from the graph alone, so that the same graph is always grown in the same
 * way: a thread that is {@link #isReady} has nothing to wait for; one whose wait {@link #isOver}
 * goes on when nobody is ready; when nobody's is, one that {@link #isInterrupted} takes its IPI.
 */
final class Frame {
  /** The thread must be run to see what it does next. */
  static final int UNKNOWN = 0;

  /** Waits in an await, without an event for it. */
  static final int PARKED = 1;

  /** Waits for a lock that is held, without an event for it. */
  static final int LOCK_PARKED = 2;

  /** Waits in an await or for a lock; its last event is the read that failed. */
  static final int BLOCKED = 3;

  /** Its code has thrown an exception. */
  static final int FAILED = 4;

  /** At the end of its script, idle. */
  static final int HALTED = 5;

  /** What a thread waits for: a lock; else a {@link Cond} by ordinal. */
  static final int OP_LOCK = 100;

  /** What a thread waits for at the end of its script. */
  static final int OP_HALT = 102;

  private static final Cond[] COND = Cond.values();

  final Graph graph;
  final int[] state;

  /** Which native run found the state; the CPU's private cells are of its latest run. */
  final long[] stateRun;

  /** The cell that is waited for; ~ its index in the memory if it is private to the CPU. */
  final int[] parkCell;

  final int[] parkOp;
  final long[] parkOperand;

  /** Whether the thread can be interrupted while it waits. */
  final boolean[] parkIrqs;

  /** Whether the thread has since its last poll done what its handlers can tell. */
  final boolean[] parkDirty;

  /** How long the thread was when its state was found; another length makes it UNKNOWN. */
  private final int[] stateLength;

  /** When threads parked on locks tried to come before their holders; the latest last. */
  private final List<Tried> tried = new ArrayList<>();

  private final List<Choice> choices = new ArrayList<>();

  /** The choices done that are still in effect, the latest last: how the graph came about. */
  private final List<Choice> applied = new ArrayList<>();

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
  }

  void clear() {
    Arrays.fill(state, UNKNOWN);
    tried.clear();
    choices.clear();
    applied.clear();
  }

  /** Becomes the same graph with its threads as they stand, without choices. */
  void copyOf(Frame other) {
    clear();
    Graph g = other.graph;
    graph.copyOf(g, new boolean[g.size], new int[g.size]);
    for (int t = 0; t < state.length; t++) {
      inherit(other, t);
    }
    tried.addAll(other.tried);
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

  /** A native run has found how thread t stands. */
  void stands(int t, int found, CheckCpu cpu) {
    state[t] = found;
    stateLength[t] = graph.length[t];
    stateRun[t] = cpu.runId();
    parkCell[t] = cpu.parkCell();
    parkOp[t] = found == LOCK_PARKED ? OP_LOCK : cpu.parkOp();
    parkOperand[t] = cpu.parkOperand();
    parkIrqs[t] = cpu.parkIrqs();
    parkDirty[t] = cpu.parkDirty();
  }

  /** Forgets what is no longer so after the graph was truncated. */
  void forgetTruncated() {
    for (int t = 0; t < state.length; t++) {
      if (stateLength[t] != graph.length[t] || isTurned(t)) {
        state[t] = UNKNOWN;
      }
    }
    while (!tried.isEmpty() && tried.getLast().size() >= graph.size) {
      tried.removeLast(); // in a graph that this one does not extend
    }
  }

  /** Whether the await that is a thread's last event has been given a value since, or lost one. */
  private boolean isTurned(int t) {
    int e = graph.last(t);
    return e >= 0
        && graph.kind[e] == Kind.AWAIT
        && (state[t] == BLOCKED) == graph.satisfies(e, graph.value[e]);
  }

  // ---- who may go on ---------------------------------------------------------------------------

  /**
   * {@return whether a thread can go on and has nothing to wait for; to idle is to wait for IPIs}
   */
  boolean isReady(int t) {
    return switch (state[t]) {
      case UNKNOWN -> true;
      case LOCK_PARKED -> isFree(parkCell[t]);
      case HALTED -> mustTake(t);
      default -> false;
    };
  }

  /** {@return whether the value that a parked thread awaits is the cell's last} */
  boolean isOver(int t) {
    int c = parkCell[t];
    return state[t] == PARKED && c >= 0 && COND[parkOp[t]].test(graph.lastValue(c), parkOperand[t]);
  }

  /** {@return whether a thread that waits has an IPI to take} */
  boolean isInterrupted(int t) {
    return (state[t] == PARKED || state[t] == LOCK_PARKED) && parkIrqs[t] && mustTake(t);
  }

  /**
   * {@return whether a parked thread could read a value that it awaits, though it is not the last}
   */
  boolean hasMissed(int t, MemoryModel model, Cuts cuts) {
    int c = parkCell[t];
    if (state[t] != PARKED || c < 0) {
      return false;
    }
    Cond cond = COND[parkOp[t]];
    if (graph.adds.in(c)) {
      cuts.ofRead(graph, t, graph.length[t], c);
      for (int i = 0; i < cuts.size; i++) {
        if (cond.test(cuts.value(graph, c, i), parkOperand[t])) {
          return true;
        }
      }
      return false;
    }
    int earliest = -1;
    for (int p = graph.coLength[c] - 1; p >= 0; p--) {
      if (cond.test(graph.written(graph.coAt(c, p), c), parkOperand[t])) {
        if (earliest < 0) {
          earliest = model.earliest(graph, t, graph.length[t], c);
        }
        if (p < earliest) {
          return false;
        }
        if (model.mayRead(graph, t, c, p)) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@return whether a thread stands as it never would for ever, so that a graph is no hang} */
  boolean isInVain(int t) {
    return isPending(t) || isLate(t);
  }

  /** Whether a thread's last read failed, and its value is no longer the cell's last. */
  private boolean isLate(int t) {
    int e = graph.last(t);
    return state[t] == BLOCKED
        && graph.kind[e] == Kind.AWAIT
        && graph.position(graph.rf[e]) != graph.coLength[graph.cell[e]];
  }

  /** Whether a thread has an IPI to take that it could have taken, and has not. */
  private boolean isPending(int t) {
    return (state[t] == HALTED || parkIrqs[t]) && graph.lowestUntaken(t) != Graph.NONE;
  }

  /**
   * Whether a waiting or halted CPU has an IPI to take here. If it has just polled and taken
   * nothing, taking the IPI at this point is the business of that poll's other choices, and this
   * graph cannot be completed.
   */
  private boolean mustTake(int t) {
    return graph.lowestUntaken(t) != Graph.NONE && !hasPolled(t);
  }

  /** {@return whether a waiting or halted CPU stands where it has just polled and taken nothing} */
  boolean hasPolled(int t) {
    return !parkDirty[t] && graph.isEmptyPoll(graph.last(t));
  }

  /** {@return whether a lock's last value says that it is free} */
  boolean isFree(int c) {
    return c >= 0 && graph.lastValue(c) == 0;
  }

  // ---- choices ---------------------------------------------------------------------------------

  /** {@return the stamp from which thread t has not yet tried to come before a lock's holders} */
  int untriedFrom(int t) {
    for (int i = tried.size() - 1; i >= 0; i--) {
      if (tried.get(i).thread() == t) {
        return tried.get(i).length() == graph.length[t] ? tried.get(i).size() : 0;
      }
    }
    return 0;
  }

  /** Thread t has tried to come before every holder of its lock so far. */
  void triedAll(int t) {
    tried.add(new Tried(t, graph.size, graph.length[t]));
  }

  /** A thread of some length has tried its conflicts in the graph's first {@code size} events. */
  private record Tried(int thread, int size, int length) {}

  void push(int kind, int size, int thread, int a, int b) {
    push(kind, size, thread, a, b, 0);
  }

  void push(int kind, int size, int thread, int a, int b, long sets) {
    push(new Choice(kind, size, thread, a, b, sets));
  }

  void push(Choice choice) {
    choices.add(choice);
  }

  /** {@return how many choices there are} */
  int choices() {
    return choices.size();
  }

  /** {@return a choice, the oldest being 0} */
  Choice choice(int i) {
    return choices.get(i);
  }

  /** Forgets all but the first {@code n} choices. */
  void keepChoices(int n) {
    choices.subList(n, choices.size()).clear();
  }

  boolean hasChoices() {
    return !choices.isEmpty();
  }

  /** {@return the latest choice, which is now tried} */
  Choice pop() {
    return choices.removeLast();
  }

  /** Notes that a choice is about to be done; what it undoes is no longer in effect. */
  void apply(Choice choice) {
    while (!applied.isEmpty() && applied.getLast().from() >= choice.from()) {
      applied.removeLast();
    }
    applied.add(choice);
  }

  /** {@return this frame as choices done and to do} */
  Level level() {
    return new Level(applied, choices);
  }

  /** {@return the oldest choices, about half of them, which are then another's to do} */
  Level split() {
    List<Choice> oldest = choices.subList(0, (choices.size() + 1) / 2);
    Level level = new Level(applied, oldest).trimmed();
    oldest.clear();
    return level;
  }

  /** {@return how many choices are not yet tried} */
  int untried() {
    return choices.size();
  }

  /** The frame stands as the level says, which it has been grown to. */
  void restore(Level level) {
    choices.clear();
    choices.addAll(level.untried());
    applied.clear();
    applied.addAll(level.applied());
  }

  /**
   * An alternative: go back to the first {@code size} events and do {@code kind} with {@code a} and
   * {@code b}.
   *
   * <p>If the cell has ADDs, a place is that of a cut, and {@code sets} say which of the ADDs
   * behind it come first, and in the upper half which of those behind the write a reader sees; see
   * {@link Cuts}. Else they are 0.
   */
  record Choice(int kind, int size, int thread, int a, int b, long sets) {
    Choice(int kind, int size, int thread, int a, int b) {
      this(kind, size, thread, a, b, 0);
    }

    /** {@return two sets as one number} */
    static long sets(int chosen, int seen) {
      return (chosen & 0xffffffffL) | (long) seen << 32;
    }

    /** {@return which ADDs behind place a come first} */
    int chosen() {
      return (int) sets;
    }

    /** {@return which ADDs behind the write read part b sees} */
    int seen() {
      return (int) (sets >>> 32);
    }

    /** The last event reads from a; with ADDs it sees what is up to place a. */
    static final int READ_FROM = 0;

    /**
     * The last event, a read part, reads what write part a has consumed: only for its revisits.
     * With ADDs it sees what is up to place a, and b is the first of those that see more.
     */
    static final int CONFLICT = 1;

    /** Like CONFLICT, of a thread parked on a lock: its read part is added first, with flags b. */
    static final int LOCK_CONFLICT = 2;

    /** LOCK_CONFLICT, and before the read part an empty poll. */
    static final int POLL_AND_LOCK_CONFLICT = 3;

    /** The last event, a write, stands at place a in co; read part b reads it. */
    static final int SLOT = 4;

    /** The last event, a poll, takes a. */
    static final int TAKE = 5;

    /** The last event, a forced poll, takes nothing: others may go on before it must. */
    static final int DECLINE = 6;

    /** The last event, a write or send b, is read by the earlier a: a new graph. */
    static final int REVISIT = 7;

    /** {@return whether it chooses reads-from or coherence of this graph} */
    boolean isOfMemory() {
      return kind == READ_FROM || kind == SLOT;
    }

    /** Nothing to go back to: the graph that is still empty is grown. */
    static final int START = 8;

    /** The exploration of everything. */
    static final Choice ALL = new Choice(START, 0, 0, Graph.NONE, Graph.NONE);

    /** {@return the first event that this may change} */
    int from() {
      return kind == LOCK_CONFLICT || kind == POLL_AND_LOCK_CONFLICT ? size : size - 1;
    }
  }
}
