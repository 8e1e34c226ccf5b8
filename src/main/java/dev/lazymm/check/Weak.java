package dev.lazymm.check;

import dev.lazymm.cat.Judge;
import dev.lazymm.check.mapped.Expansions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A memory model in cat's language: LKMM on the source text, or a hardware model on what an
 * architecture's mapping makes of it.
 *
 * <p>All that the explorer takes for granted of a new event's choices is coherence: a thread sees
 * the writes of one cell in their order. The rest the model itself is asked.
 */
final class Weak implements MemoryModel {
  private final String name;
  private final Expansions expansions;
  private final Operations operations;
  private final Between between = new Between();

  private final Answers known;

  /** Dependencies that graphs are taken to have. */
  private final List<Kept> kept;

  /** What {@link #isLateLoader} has found; asked for by user code alone. */
  private @Nullable Boolean lateLoader;

  /**
   * @param name on the command line
   */
  Weak(String name, Expansions expansions) {
    this(name, expansions, new Operations(expansions), new Answers(Headroom.share()), List.of());
  }

  private Weak(
      String name, Expansions expansions, Operations operations, Answers known, List<Kept> kept) {
    this.name = name;
    this.expansions = expansions;
    this.operations = operations;
    this.known = known;
    this.kept = List.copyOf(kept);
  }

  /** {@return the same model, of graphs that have some dependencies more} */
  Weak keeping(List<Kept> more) {
    return new Weak(name, expansions, operations, known, more);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void limit(long bytes) {
    known.limit(bytes);
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public boolean isLockedFull() {
    return name.equals("tso");
  }

  @Override
  public boolean isLateLoader() {
    Boolean late = lateLoader;
    if (late == null) {
      late = allowsLoadBuffering();
      lateLoader = late;
    }
    return late;
  }

  /** One thread's load is done late, the other's is not. */
  private boolean allowsLoadBuffering() {
    Graph g = new Graph(2, new long[] {0, 0});
    g.add(0, Kind.LOAD, 0, 0);
    int y = g.add(0, Kind.WRITE, 1, 0);
    g.place(y, 1);
    g.setRf(g.add(1, Kind.READ, 1, 0), y);
    int x = g.add(1, Kind.WRITE, 0, 0);
    g.place(x, 1);
    int late = g.add(0, Kind.READ, 0, 0);
    g.operand[late] = 1;
    g.setRf(late, x);
    return isConsistent(g);
  }

  @Override
  public int earliest(Graph g, int thread, int count, int cell) {
    for (int i = count - 1; i >= 0; i--) {
      int e = g.po[thread][i];
      if (g.cell[e] == cell) {
        if (Kind.isWrite(g.kind[e])) {
          return g.position(e);
        }
        if (Kind.isRead(g.kind[e])) {
          return g.position(g.rf[e]);
        }
      }
    }
    return 0;
  }

  @Override
  public boolean isConsistent(Graph g) {
    for (boolean[] cycle : between.cycles(g)) {
      if (!judge(g, cycle, null)) {
        return false;
      }
    }
    return true;
  }

  boolean judge(Graph g, boolean[] about, @Nullable Conflict conflict) {
    ModelEvents events = new ModelEvents(g, operations, about, conflict, kept);
    ModelKey key = ModelKey.of(events);
    Boolean answer = known.get(key);
    if (answer == null) {
      GraphStructure structure = new GraphStructure(g, events, expansions.alphabet());
      answer = expansions.judge(structure).isPossible();
      known.put(key, answer);
    }
    return answer;
  }

  @Override
  public boolean mayRead(Graph g, int thread, int cell, int place) {
    int e = g.add(thread, Kind.READ, cell, 0);
    g.setRf(e, g.coAt(cell, place));
    boolean consistent = isConsistent(g);
    g.truncate(e);
    return consistent;
  }

  @Override
  public boolean orders(Graph g, int e, int f) {
    int first = begin(g, e);
    int second = whole(g, f);
    return !judge(g, between.ways(g, first, second), conflict(g, first, second));
  }

  /** What the model says of some events, for who wants to know why. */
  record Asked(ModelEvents events, Judge judge) {}

  Asked ask(Graph g, boolean[] about, @Nullable Conflict conflict) {
    ModelEvents events = new ModelEvents(g, operations, about, conflict, kept);
    Judge judge = expansions.judge(new GraphStructure(g, events, expansions.alphabet()));
    return new Asked(events, judge);
  }

  /** {@return the names of the relations that its file defines, in its order} */
  List<String> relations() {
    return expansions.names();
  }

  /** {@return those of them that the relations which some checks of the file test are made of} */
  List<String> partsOf(List<String> checks) {
    Set<String> parts = new HashSet<>();
    checks.forEach(check -> parts.addAll(expansions.partsOf(check)));
    return relations().stream().filter(parts::contains).toList();
  }

  /** {@return the instructions of a fence by its key in the mapping; none of source text} */
  List<String> instructions(String fence) {
    return expansions.instructions(fence);
  }

  /** {@return whether what is no fence is as good as one, or comes with one} */
  boolean isFenced(Graph g, int e) {
    int own = g.kind[e] == Kind.SEND || g.kind[e] == Kind.POLL ? 1 : 0;
    return !Kind.isAccess(g.kind[e]) && operations.of(g, e).size() > own;
  }

  /** {@return the events on the ways from one to another} */
  boolean[] ways(Graph g, int e, int f) {
    return between.ways(g, e, f);
  }

  /** {@return the events of each cycle of po, rf, co and fr} */
  List<boolean[]> cycles(Graph g) {
    return between.cycles(g);
  }

  /** {@return what is asked to find out whether one event is ordered before another} */
  static Conflict conflict(Graph g, int e, int f) {
    if (Kind.isAccess(g.kind[e]) && isOfMemory(g, f)) {
      return new Conflict.WithAccess(whole(g, e), f, true);
    }
    if (Kind.isAccess(g.kind[f]) && isOfMemory(g, e)) {
      return new Conflict.WithAccess(whole(g, f), e, false);
    }
    boolean firstWrites = changes(g, e);
    return new Conflict.OfGhosts(e, firstWrites, f, changes(g, f) || !firstWrites);
  }

  /** Whether a ghost is about the memory that an access may be to. */
  private static boolean isOfMemory(Graph g, int e) {
    return g.kind[e] == Kind.FREE || g.kind[e] == Kind.ALLOC;
  }

  /** An atomic operation begins where its read part does. */
  static int begin(Graph g, int e) {
    return g.kind[e] == Kind.RMW_W ? g.readPart(e) : e;
  }

  /** An atomic operation comes where its write part does. */
  static int whole(Graph g, int e) {
    return g.succeeds(e) ? g.writePart(e) : e;
  }

  /** Whether an event changes what others can tell; else it only looks, as the MMU does. */
  private static boolean changes(Graph g, int e) {
    return switch (g.kind[e]) {
      case Kind.WRITE, Kind.RMW_W, Kind.FREE, Kind.ALLOC, Kind.PTE, Kind.UNLINK, Kind.FLUSHED ->
          true;
      default -> false;
    };
  }

  @Override
  public void before(Graph g, int thread, int count, int[] before) {
    for (int t = 0; t < g.threads; t++) {
      before[t] = count == 0 ? 0 : g.prefix(g.po[thread][count - 1], t);
    }
  }
}
