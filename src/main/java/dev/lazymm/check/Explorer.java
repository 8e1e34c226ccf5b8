package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explores every consistent execution graph of a program, each exactly once.
 *
 * <p>A graph is grown one event at a time: the first thread of a fixed order that is ready is run
 * natively from its start, answered from the graph, up to the first operation that is not in it;
 * that becomes a new event with its default choice ({@link Growth}), and its other choices are
 * noted. When nobody can go on the graph is judged, the latest choice is gone back to ({@link
 * Alternatives}), and so on. {@link Revisits} make new graphs, explored depth first in frames of
 * their own. No visited set is kept. Memory is that of the frames, and only so many have their
 * graphs at a time: the others are kept as {@link Level}s, and grown again when it is their turn.
 * So is work that comes from elsewhere: from another worker, or from a file.
 *
 * <p>That each graph is reached, and reached once, rests on this: whom to run follows from the
 * graph alone ({@link Schedule}), and an event's default choice from what is there when it is
 * added, in whatever graph ({@link Maximality}).
 *
 * <p>Owned by one thread; any number may run side by side.
 */
final class Explorer {
  /** Is shown every graph that cannot grow any more. */
  interface Listener {
    /** A graph in which every thread has ended. Return false to end the exploration. */
    boolean complete(Explorer explorer, Graph graph);

    /** A graph in which somebody waits for what never comes. */
    default boolean hung(Explorer explorer, Graph graph) {
      return true;
    }

    /** A thread's code failed; the graph holds what led to it. */
    boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure);

    /** The exploration starts again; whatever was shown before does not count. */
    void restarted();
  }

  /**
   * How to explore.
   *
   * @param order the threads, first to be run first; any order gives the same executions
   * @param everythingShared learn no footprint; slower, an oracle
   * @param maxEvents the largest graph allowed; a larger one ends the exploration
   * @param weakened sites that count for less
   * @param orderedIncrements whether atomic adds whose results nobody is given are ordered like all
   *     else
   * @param uses is told of the sites that are come by; null for nobody
   */
  @SuppressWarnings("ArrayRecordComponent") // copied by who uses it, and never compared
  record Options(
      int[] order,
      boolean everythingShared,
      int maxEvents,
      Weakenings weakened,
      boolean orderedIncrements,
      @Nullable SiteUses uses) {
    /** With adds left unordered where the model can. */
    Options(int[] order, boolean everythingShared, int maxEvents, Weakenings weakened) {
      this(order, everythingShared, maxEvents, weakened, false, null);
    }

    /** {@return these options with adds ordered, or not} */
    Options withOrderedIncrements(boolean ordered) {
      return new Options(order, everythingShared, maxEvents, weakened, ordered, uses);
    }

    static Options defaults(int cpus) {
      int[] order = new int[cpus];
      for (int i = 0; i < cpus; i++) {
        order[i] = i;
      }
      return new Options(order, false, 4096, Weakenings.NONE);
    }
  }

  /** The levels that an explorer was given do not come about in this program. */
  static final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Misfit(Choice choice) {
      super("the program does not lead to " + choice, null, false, false);
    }
  }

  /** The program makes more events than the bound allows. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(int events) {
      super("an execution has more than " + events + " events", null, false, false);
    }
  }

  /** The number of {@link Hold#ROOT} in {@link #registers}. */
  static final int ROOT = 0;

  private final Program program;
  private final MemoryModel model;
  private final Options options;
  private final Weakenings weakened;
  private final @Nullable SiteUses uses;

  /** Whether every site is as it was written, and nobody is told which are come by. */
  private final boolean asWritten;

  private Listener listener;
  private final Footprint footprint;
  private final Cuts cuts;
  private final Growth growth;
  private final Alternatives alternatives;
  private final CheckCpu[] cpus;
  private final Schedule schedule;
  private final Place place = new Place();
  private final Sc sc = new Sc();
  private boolean growingAgain;
  private final int[] scratch;
  private final List<Hold> registers = new ArrayList<>(List.of(Hold.ROOT));
  private final HiddenCells hidden;
  private Frame frame;
  private Graph graph;
  private boolean stop;
  private long executions;
  private long blocked;
  private int largest;

  Explorer(Program program, MemoryModel model, Options options, Listener listener) {
    this.program = program;
    this.model = model;
    this.options = options;
    weakened = options.weakened();
    uses = options.uses();
    asWritten = uses == null && weakened.isNone();
    this.listener = listener;
    int n = program.memory().cpus();
    scratch = new int[n];
    hidden = HiddenCells.of(program.memory());
    footprint = new Footprint(program, options.everythingShared());
    footprint.begin();
    Revisits revisits = new Revisits();
    cuts = new Cuts(model);
    growth = new Growth(model, footprint, revisits, cuts, options);
    alternatives = new Alternatives(model, growth, revisits, cuts, this::emptyFrame);
    cpus = new CheckCpu[n];
    for (int t = 0; t < n; t++) {
      cpus[t] = new CheckCpu(this, growth, t);
    }
    schedule = new Schedule(options.order(), program, growth, cpus, this::failed);
    frame = emptyFrame();
    graph = frame.graph;
  }

  // ---- the search ------------------------------------------------------------------------------

  /** Explores all; returns when done, or when the listener has had enough. */
  void run() {
    while (true) {
      try {
        begin(footprint.known(), new Touches(), Level.ALL, listener);
        while (!stop && advance()) {
          // one graph after the other
        }
        return;
      } catch (Footprint.Restart r) {
        listener.restarted();
      }
    }
  }

  /**
   * Begins to explore from some place.
   *
   * @param known the program's footprint
   * @param touches receives what is touched
   * @param from the place; see {@link Level}
   * @param to is shown every graph
   */
  void begin(Footprint.Known known, Touches touches, List<Level> from, Listener to) {
    footprint.begin(known);
    footprint.note(touches);
    alternatives.begin();
    place.begin(from);
    listener = to;
    executions = 0;
    blocked = 0;
    largest = 0;
    stop = false;
    growingAgain = false;
  }

  /** Counts on from here. */
  void count(long executionsBefore, long blockedBefore, int largestBefore) {
    executions = executionsBefore;
    blocked = blockedBefore;
    largest = largestBefore;
  }

  /** Keeps no more graphs than have room in so many bytes, but for a few. */
  void limit(long bytes) {
    place.limit(bytes);
  }

  /**
   * Goes on to the next graph that cannot grow, which the listener is shown.
   *
   * @return false if there is none
   * @throws Misfit if the place that was begun from is not one of this program
   */
  boolean advance() {
    if (!backtrack()) {
      return false;
    }
    while (!stop && schedule.goOn(frame)) {
      // the graph grows
    }
    if (!stop) {
      judge();
    }
    return true;
  }

  /** {@return where the exploration is, between two graphs} */
  List<Level> place() {
    return place.levels();
  }

  /** {@return how the graph that is being grown came about} */
  List<Level> path() {
    return place().stream().map(Level::done).toList();
  }

  /**
   * Gives away about half of the oldest choices, those that would be tried last.
   *
   * @return where to begin to try them; empty if there are too few
   */
  List<Level> split() {
    return place.split();
  }

  private Frame emptyFrame() {
    return new Frame(new Graph(program.memory().cpus(), footprint.initialShared()));
  }

  private void enter(Frame next) {
    place.push(next);
    resume(next);
  }

  private void resume(Frame next) {
    frame = next;
    graph = next.graph;
    growth.enter(next);
  }

  /** Takes the latest choice not yet tried that leads on; false when there is none anywhere. */
  private boolean backtrack() {
    while (true) {
      if (place.hasNoFrame() && !growAgain()) {
        return false;
      }
      if (frame.hasChoices()) {
        Choice choice = frame.pop();
        frame.apply(choice);
        Frame next = alternatives.take(frame, choice);
        if (next != null) {
          if (next != frame) {
            enter(next);
            if (place.makeRoom(graph.bytes())) {
              alternatives.begin();
            }
          }
          return true;
        }
      } else {
        alternatives.recycle(place.pop());
        if (!place.hasNoFrame()) {
          resume(place.top());
        }
      }
    }
  }

  /** Grows the graphs of the latest levels again; false if there is nothing left to do in any. */
  private boolean growAgain() {
    List<Level> all = place.toGrowAgain();
    if (all.isEmpty()) {
      return false;
    }
    growAgain(all);
    return true;
  }

  /** Grows the graph once more to which a {@link #path} leads; the listener is shown it. */
  void retrace(Footprint.Known known, List<Level> path, Listener to) {
    begin(known, new Touches(), path, to);
    growAgain(place.all());
    while (!stop && schedule.goOn(frame)) {
      // the graph grows
    }
    if (!stop) {
      judge();
    }
  }

  /**
   * Grows one graph, led by that of another run of the same scenario, and then as it grows by
   * default; the listener is shown it, if it comes about.
   */
  void follow(Footprint.Known known, Graph leader, Listener to) {
    begin(known, new Touches(), List.of(), to);
    Frame first = first();
    place.push(first);
    resume(first);
    Guide guide = new Guide(leader, first, schedule, growth, alternatives);
    if (!guide.lead()) {
      return;
    }
    while (!stop && schedule.goOn(frame)) {
      // the graph grows
    }
    if (!stop) {
      judge();
    }
  }

  private void growAgain(List<Level> all) {
    growingAgain = true;
    resume(alternatives.target());
    frame.clear();
    graph.truncate(0);
    for (Level level : all) {
      Frame at = frame;
      place.push(at);
      for (Choice choice : level.applied()) {
        resume(growAgain(choice));
      }
      if (frame == at && !level.untried().isEmpty()) {
        growUpTo(level.untried().getLast());
      }
      at.restore(level);
      Frame oldest = place.makeHalfRoom(graph.bytes());
      if (oldest != null) {
        alternatives.recycle(oldest);
      }
    }
    growingAgain = false;
  }

  /** {@return the frame that a choice leads to, grown as far as the choice needs} */
  private Frame growAgain(Choice choice) {
    growUpTo(choice);
    frame.apply(choice);
    Frame next = alternatives.take(frame, choice);
    if (next == null && choice.kind() == Choice.REVISIT) {
      throw new Misfit(choice);
    }
    return next == null ? frame : next;
  }

  private void failed(int t, RuntimeException e) {
    stop |= !growingAgain && !listener.failed(this, graph, t, e);
  }

  /** Nobody can go on: it is an execution, a hang, or of no use but for its revisits. */
  private void judge() {
    largest = Math.max(largest, graph.size);
    if (isExecution(frame)) {
      executions++;
      stop |= !listener.complete(this, graph);
    } else {
      blocked++;
      if (hangs()) {
        stop |= !listener.hung(this, graph);
      }
    }
  }

  /** Whether in a graph that is no execution everybody waits for what never comes, or has ended. */
  private boolean hangs() {
    for (int t = 0; t < graph.threads; t++) {
      if (frame.state[t] == Frame.FAILED || frame.isInVain(t)) {
        return false;
      }
    }
    return true;
  }

  private void growUpTo(Choice choice) {
    while (graph.size < choice.size()) {
      if (!schedule.goOn(frame)) {
        throw new Misfit(choice);
      }
    }
  }

  // ---- graphs side by side ---------------------------------------------------------------------

  /** {@return a frame in which everything is still to do, by {@link Choice#ALL}} */
  Frame first() {
    Frame first = alternatives.target();
    first.clear();
    first.graph.truncate(0);
    return first;
  }

  /** Lets a graph grow; false if it cannot grow any more. */
  boolean grow(Frame at) {
    resume(at);
    return schedule.goOn(at);
  }

  /** Does a choice of a frame, as {@link Alternatives#take} does. */
  @Nullable Frame take(Frame at, Choice choice) {
    resume(at);
    return alternatives.take(at, choice);
  }

  /** {@return a frame of the same graph, without its choices} */
  Frame copy(Frame at) {
    Frame copy = alternatives.target();
    copy.copyOf(at);
    return copy;
  }

  /** A frame is done with. */
  void recycle(Frame at) {
    alternatives.recycle(at);
  }

  /** {@return whether every thread of a graph that cannot grow any more has ended} */
  boolean isExecution(Frame at) {
    for (int t = 0; t < at.graph.threads; t++) {
      if (at.state[t] != Frame.HALTED || at.isInVain(t)) {
        return false;
      }
    }
    return true;
  }

  // ---- what others ask -------------------------------------------------------------------------

  Program program() {
    return program;
  }

  /** {@return which sites count for less in this exploration} */
  Weakenings weakenings() {
    return weakened;
  }

  /** {@return whether a site loses what {@code what} takes away} */
  boolean takesAway(Site site, Weakening what) {
    if (asWritten) {
      return false;
    }
    if (uses != null) {
      uses.note(site, what);
    }
    return weakened.takesAway(site, what);
  }

  /** {@return how an operation on memory is ordered that the kernel orders so} */
  Ordering ordering(Site site, Ordering written) {
    if (asWritten) {
      return written;
    }
    if (uses != null) {
      uses.note(site, written);
    }
    return weakened.ordering(site, written);
  }

  /**
   * {@return the cell in which {@code target} says how many of sender's waiting IPIs it has done}
   */
  Cell completion(int sender, int target) {
    return hidden.done(sender, target);
  }

  /** {@return the cell that is odd while a CPU is in an RCU read-side section} */
  Cell rcuCell(int cpu) {
    return hidden.rcu(cpu);
  }

  /** {@return a small number for a hold register} */
  int register(Hold hold) {
    int i = registers.indexOf(hold);
    if (i < 0) {
      i = registers.size();
      registers.add(hold);
    }
    return i;
  }

  /** {@return the hold registers that events name by number} */
  List<Hold> registers() {
    return registers;
  }

  Footprint footprint() {
    return footprint;
  }

  MemoryModel model() {
    return model;
  }

  Cuts cuts() {
    return cuts;
  }

  /** {@return whether atomic adds whose results nobody is given are left unordered} */
  boolean leavesAddsUnordered() {
    return !options.orderedIncrements() && model.leavesAddsUnordered();
  }

  CheckCpu cpu(int t) {
    return cpus[t];
  }

  /** {@return complete executions so far, in this pass} */
  long executions() {
    return executions;
  }

  /** {@return graphs that could not be completed so far, in this pass} */
  long blocked() {
    return blocked;
  }

  /** {@return the number of events of the largest graph} */
  int largest() {
    return largest;
  }

  /**
   * {@return the value of a cell at the end of the execution just completed}
   *
   * @param c the memory's index of the cell
   */
  long finalValue(int c) {
    int shared = footprint.denseOf(c);
    if (shared >= 0) {
      return graph.lastValue(shared);
    }
    int owner = footprint.ownerOf(c);
    if (owner < 0) {
      return footprint.initial(c);
    }
    if (frame.stateRun[owner] != cpus[owner].runId()) {
      cpus[owner].run(program.scripts().get(owner), graph);
      frame.stateRun[owner] = cpus[owner].runId();
    }
    return cpus[owner].privateValue(c);
  }

  /** Runs a thread once more against a finished graph, for a recorder. */
  void replay(int t, Graph finished) {
    growth.suspend(); // at its first new event
    try {
      cpus[t].run(program.scripts().get(t), finished);
    } catch (Suspend s) {
      // as far as the graph goes
    } finally {
      frame.stateRun[t] = cpus[t].runId();
    }
  }

  /** {@return who waits for what, of a graph that hangs} */
  String waiting() {
    return new Waits(this, frame).text();
  }

  /** {@return how much of each thread an event needs that is drawn, itself included} */
  int[] neededBy(Graph g, int e) {
    model.before(g, g.thread[e], g.index[e] + 1, scratch);
    return scratch;
  }

  /** {@return how much of each thread happens before an event under SC, itself included} */
  int[] beforeUnderSc(Graph g, int e) {
    sc.before(g, g.thread[e], g.index[e] + 1, scratch);
    return scratch;
  }
}
