package dev.lazymm.check;

import dev.lazymm.cat.Structure;
import dev.lazymm.check.mapped.Expansions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory model in cat's language: LKMM on the source text, a hardware model on what an
 * architecture's mapping makes of it, or a file of the user's own.
 *
 * <p>All that the explorer takes for granted of a new event's choices is coherence: a thread sees
 * the writes of one cell in their order. The rest the model itself is asked.
 */
final class Weak implements MemoryModel {
  private final String name;
  private final Expansions expansions;
  private final Operations operations;
  private final List<Kept> kept;

  /**
   * @param name on the command line
   */
  Weak(String name, Expansions expansions) {
    this(name, expansions, new Operations(expansions), List.of());
  }

  private Weak(String name, Expansions expansions, Operations operations, List<Kept> kept) {
    this.name = name;
    this.expansions = expansions;
    this.operations = operations;
    this.kept = List.copyOf(kept);
  }

  /** {@return the same model, of graphs that have some dependencies more} */
  Weak keeping(List<Kept> more) {
    return new Weak(name, expansions, operations, more);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsFences() {
    return true;
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
    return judge(g, null);
  }

  private boolean judge(Graph g, @Nullable Conflict conflict) {
    ModelEvents events = new ModelEvents(g, operations, conflict);
    Structure structure = new GraphStructure(g, events, conflict, expansions.alphabet(), kept);
    return expansions.judge(structure).isPossible();
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
    return !judge(g, conflict(g, e, f));
  }

  private static Conflict conflict(Graph g, int e, int f) {
    if (isAccess(g, e) && !isAccess(g, f)) {
      return new Conflict.WithAccess(whole(g, e), f, true);
    }
    if (isAccess(g, f) && !isAccess(g, e)) {
      return new Conflict.WithAccess(whole(g, f), e, false);
    }
    boolean firstWrites = changes(g, e);
    return new Conflict.OfGhosts(e, firstWrites, f, changes(g, f) || !firstWrites);
  }

  private static boolean isAccess(Graph g, int e) {
    return Kind.isRead(g.kind[e]) || Kind.isWrite(g.kind[e]);
  }

  /** An atomic operation comes where its write part does. */
  private static int whole(Graph g, int e) {
    return g.succeeds(e) ? g.po[g.thread[e]][g.index[e] + 1] : e;
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
