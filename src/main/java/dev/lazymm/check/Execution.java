package dev.lazymm.check;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Snapshot;
import dev.lazymm.workload.EndLaws;
import dev.lazymm.workload.FinalState;
import dev.lazymm.workload.Population;
import dev.lazymm.workload.Prepared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One execution as invariants see it: its events, their order, who held what from when to when, and
 * how it ended. Valid while the listener that was given it runs; one of a {@linkplain #keptGraph
 * kept} graph is valid as long as the exploration's pass, but for how it ended.
 */
final class Execution implements FinalState {
  /**
   * An interval in which a register of a CPU held an object.
   *
   * @param start the event that began it, {@link Graph#NONE} if it was so at the start
   * @param end the event that ended it, {@link Graph#NONE} if nothing did
   */
  record Interval(int cpu, Hold register, KObject object, int start, int end) {}

  private final Explorer explorer;
  private final Graph graph;
  private final Prepared prepared;
  private final Population population;
  private final List<Interval> intervals = new ArrayList<>();
  private final List<Integer> frees = new ArrayList<>();
  private final List<Integer> allocs = new ArrayList<>();
  private final MemoryModel model;
  private final boolean weak;
  private final int[] @Nullable [] before;
  private final int[] @Nullable [] needed;

  /** What the model has said of two events of two CPUs. */
  private final Map<Long, Boolean> ordered = new HashMap<>();

  private final @Nullable Tlb[] tlbs;
  private @Nullable Graph kept;
  private @Nullable EndLaws endLaws;

  Execution(Explorer explorer, Graph graph, Prepared prepared, Population population) {
    this(explorer, graph, prepared, population, explorer.model());
  }

  private Execution(
      Explorer explorer, Graph graph, Prepared prepared, Population population, MemoryModel model) {
    this.model = model;
    this.explorer = explorer;
    this.graph = graph;
    this.prepared = prepared;
    this.population = population;
    weak = model.isWeak();
    before = new int[graph.size][];
    needed = new int[graph.size][];
    tlbs = new @Nullable Tlb[graph.threads];
    for (int t = 0; t < graph.threads; t++) {
      scan(t);
    }
  }

  /** {@return the same as another model orders it, which orders at least as much} */
  Execution under(MemoryModel stronger) {
    Execution other = new Execution(explorer, graph, prepared, population, stronger);
    ordered.forEach((pair, is) -> {
      if (is) {
        other.ordered.put(pair, true);
      }
    });
    return other;
  }

  /**
   * {@return the same with barriers that its code does not have, of the same model}
   *
   * @param renamed the number in {@code stronger} of each event of this
   */
  Execution with(Graph stronger, int[] renamed) {
    Execution other = new Execution(explorer, stronger, prepared, population, model);
    ordered.forEach((pair, is) -> {
      if (is) {
        int e = renamed[(int) (pair / graph.size)];
        int f = renamed[(int) (pair % graph.size)];
        other.ordered.put((long) e * stronger.size + f, true);
      }
    });
    return other;
  }

  /**
   * {@return the pairs of events of two CPUs that the model was asked about, and does not order}
   */
  List<int[]> unordered() {
    return ordered.entrySet().stream()
        .filter(entry -> !entry.getValue())
        .map(entry -> (long) entry.getKey())
        .sorted()
        .map(pair -> new int[] {(int) (pair / graph.size), (int) (pair % graph.size)})
        .toList();
  }

  private void scan(int t) {
    List<Hold> registers = explorer.registers();
    @Nullable Interval[] open = new @Nullable Interval[registers.size()];
    Snapshot.CpuState start = explorer.program().start().cpus().get(t);
    start.holds().forEach((hold, object) -> begin(open, t, hold, object, Graph.NONE));
    if (start.root() != null) {
      begin(open, t, Hold.ROOT, start.root(), Graph.NONE);
    }
    for (int i = 0; i < graph.length[t]; i++) {
      int e = graph.po[t][i];
      switch (graph.kind[e]) {
        case Kind.FREE -> frees.add(e);
        case Kind.ALLOC -> allocs.add(e);
        case Kind.HOLD, Kind.RELEASE -> {
          Interval was = open[graph.op[e]];
          KObject now = graph.kind[e] == Kind.HOLD ? object(e) : null;
          if (was != null && (was.object() != now || isTaggedOtherwise(t, was, e))) {
            intervals.add(new Interval(t, was.register(), was.object(), was.start(), e));
            open[graph.op[e]] = null;
          }
          if (now != null && open[graph.op[e]] == null) {
            begin(open, t, registers.get(graph.op[e]), now, e);
          }
        }
        default -> {}
      }
    }
    for (Interval interval : open) {
      if (interval != null) {
        intervals.add(interval);
      }
    }
  }

  /** The same root under another tag: what was cached under the one before is not used any more. */
  private boolean isTaggedOtherwise(int t, Interval was, int e) {
    return was.register().equals(Hold.ROOT) && tagOf(t, was.start()) != tagOf(t, e);
  }

  /**
   * {@return the tag that a root was loaded with, as {@link Tlb} has it}
   *
   * @param load a HOLD event of the root, {@link Graph#NONE} for the start of thread {@code t}
   */
  long tagOf(int t, int load) {
    long how =
        load == Graph.NONE
            ? Tlb.load(explorer.program().start().cpus().get(t).tag(), false)
            : graph.operand[load];
    return how >> 1;
  }

  private void begin(@Nullable Interval[] open, int t, Hold hold, KObject object, int e) {
    int r = explorer.registers().indexOf(hold);
    Interval interval = new Interval(t, hold, object, e, Graph.NONE);
    if (r < 0) {
      intervals.add(interval); // never touched in this execution
    } else {
      open[r] = interval;
    }
  }

  Graph graph() {
    return graph;
  }

  /** {@return the graph as it is, which stays so when the exploration goes on} */
  Graph keptGraph() {
    Graph copy = kept;
    if (copy == null) {
      copy = graph.copy();
      kept = copy;
    }
    return copy;
  }

  Kernel kernel() {
    return prepared.kernel();
  }

  Prepared prepared() {
    return prepared;
  }

  Memory memory() {
    return prepared.memory();
  }

  /** {@return the object that a ghost event is about} */
  KObject object(int e) {
    return memory().object(graph.cell[e]);
  }

  /** {@return the cell that an access is of} */
  Cell cell(int e) {
    return explorer.footprint().cellOf(graph.cell[e]);
  }

  /** {@return what a CPU's TLB may hold} */
  Tlb tlb(int cpu) {
    Tlb tlb = tlbs[cpu];
    if (tlb == null) {
      tlb = new Tlb(this, cpu);
      tlbs[cpu] = tlb;
    }
    return tlb;
  }

  /** {@return all intervals of one register} */
  List<Interval> intervals(Hold register) {
    List<Interval> of = new ArrayList<>(); // every law asks: no streams
    for (Interval interval : intervals) {
      if (interval.register().equals(register)) {
        of.add(interval);
      }
    }
    return of;
  }

  /** {@return all FREE events} */
  List<Integer> frees() {
    return frees;
  }

  /** {@return whether {@code e} happens before {@code f}, or is it, in the model's order} */
  boolean isBefore(int e, int f) {
    if (e == Graph.NONE) {
      return true; // at the start
    }
    if (!precedes(e, f)) {
      return false; // no model orders more than SC
    }
    return !weak
        || graph.thread[e] == graph.thread[f]
        || ordered.computeIfAbsent((long) e * graph.size + f, _ -> model.orders(graph, e, f));
  }

  private boolean precedes(int e, int f) {
    return isIn(before, e, f, explorer::beforeUnderSc);
  }

  /**
   * {@return whether {@code e} happens before {@code f}, or is it, under SC} For what is no order
   * of memory but a law about the order in which an execution is told.
   */
  boolean isToldBefore(int e, int f) {
    return e == Graph.NONE || precedes(e, f);
  }

  /** {@return whether {@code e} is drawn before {@code f}, or is it} */
  boolean isNeeded(int e, int f) {
    return isIn(needed, e, f, explorer::neededBy);
  }

  /** Whether {@code e} is among what is before {@code f}, which is asked for once. */
  private boolean isIn(
      int[] @Nullable [] known, int e, int f, BiFunction<Graph, Integer, int[]> ask) {
    int[] lengths = known[f];
    if (lengths == null) {
      lengths = ask.apply(graph, f).clone();
      known[f] = lengths;
    }
    return graph.index[e] < lengths[graph.thread[e]];
  }

  /** {@return whether {@code object} is allocated anew after {@code f} and before {@code e}} */
  boolean reborn(KObject object, int f, int e) {
    for (int a : allocs) {
      KObject born = object(a);
      if ((born == object || born.parts().contains(object))
          && isBefore(f, a)
          && e != Graph.NONE
          && isBefore(a, e)) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return which of the ADDs between two places in the co of a cell can have been done at a time
   * when the others have not: sets of them, as bits in the order of their stamps}
   */
  int[] orders(int c, int after, int last) {
    return explorer.cuts().closedSets(graph, c, after, last);
  }

  /** {@return all mms that were ever made} */
  List<Mm> mms() {
    return population.mms();
  }

  /** {@return the number by which events name a hold register} */
  int register(Hold register) {
    return explorer.register(register);
  }

  // ---- how it ended ----------------------------------------------------------------------------

  @Override
  public long value(Cell cell) {
    return explorer.finalValue(cell.index());
  }

  /** {@return what is to be said of how it ended} */
  EndLaws endLaws() {
    EndLaws laws = endLaws;
    if (laws == null) {
      laws = new EndLaws(prepared, population, this);
      endLaws = laws;
    }
    return laws;
  }

  @Override
  public @Nullable KObject root(int cpu) {
    for (Interval interval : intervals) {
      if (interval.cpu() == cpu
          && interval.register().equals(Hold.ROOT)
          && interval.end() == Graph.NONE) {
        return interval.object();
      }
    }
    return null;
  }

  @Override
  public boolean live(Mm mm) {
    boolean born = mm.slab() == null || prepared.startMms().contains(mm);
    for (int a : allocs) {
      born |= object(a) == mm;
    }
    return born && !freed(mm);
  }

  @Override
  public boolean freed(KObject object) {
    for (int f : frees) {
      if (object(f) == object && !rebornAfter(object, f)) {
        return true;
      }
    }
    return false;
  }

  private boolean rebornAfter(KObject object, int f) {
    for (int a : allocs) {
      KObject born = object(a);
      if ((born == object || born.parts().contains(object)) && isBefore(f, a)) {
        return true;
      }
    }
    return false;
  }
}
