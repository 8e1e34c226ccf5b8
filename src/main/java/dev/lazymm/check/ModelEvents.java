package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansion;
import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a graph as a memory model sees them, numbered: first an initial write of each
 * location that is accessed, then the events of each thread's operations ({@link Operations}) in
 * program order; with who reads from whom, and the coherence order of each location.
 *
 * <p>Locations are the graph's cells; past them there is one for each SEND, and one for a {@link
 * Conflict} of ghosts.
 */
final class ModelEvents {
  /** Of what is no event of the graph. */
  static final int NO_EVENT = -1;

  final int size;

  /** The first of each thread's events; behind them the number of all events. */
  final int[] from;

  /** The event of the graph that each is of. */
  final int[] source;

  /** What each event is one of the events of; null of initial writes. */
  final @Nullable Expansion[] expansion;

  /** Which of them it is. */
  final int[] part;

  /** The location of each event; -1 if it accesses none. */
  final int[] location;

  /** What each event reads from; -1 if it reads nothing. */
  final int[] rf;

  /** The writes of each location that has more than its initial one, in coherence order. */
  final List<int[]> co = new ArrayList<>();

  /** What depends on the result of an operation, as kernel code says. */
  final List<Named> dependencies = new ArrayList<>();

  /**
   * One event that depends on another operation.
   *
   * @param on the first event of that operation
   * @param to the event
   */
  record Named(Dependency kind, int on, int to) {}

  private final Graph g;
  private final boolean[] about;
  private final @Nullable Conflict conflict;

  /** The first event of what each event of the graph is; -1 if it is nothing to the model. */
  private final int[] base;

  /** The initial write of each cell; -1 of cells that are not accessed. */
  private final int[] initial;

  /** The accesses that ghosts of the conflict have become; -1 if there is none. */
  private int first = -1;

  private int second = -1;

  /** The initial write of the location that they have for themselves. */
  private int ownInitial = -1;

  private int next;

  /**
   * @param about the events of the graph that matter; a part of an operation stands for all of it
   * @param more dependencies besides those that the graph has
   */
  ModelEvents(
      Graph g,
      Operations operations,
      boolean[] about,
      @Nullable Conflict conflict,
      List<Kept> more) {
    this.g = g;
    this.about = about;
    this.conflict = conflict;
    int cells = g.cells();
    int most = cells + 3;
    Expansion[] of = new Expansion[g.size];
    for (int e = 0; e < g.size; e++) {
      of[e] = isAbout(e) ? operations.of(g, e) : Expansion.NOTHING;
      most += of[e].size();
    }
    source = new int[most];
    expansion = new @Nullable Expansion[most];
    part = new int[most];
    location = new int[most];
    from = new int[g.threads + 1];
    base = new int[g.size];
    initial = new int[cells];
    Arrays.fill(base, -1);
    Arrays.fill(initial, -1);
    number(of, operations);
    size = next;
    rf = new int[size];
    Arrays.fill(rf, -1);
    communicate();
    Kept.in(g).forEach(this::depend);
    more.forEach(this::depend);
  }

  // ---- numbers ---------------------------------------------------------------------------------

  private void number(Expansion[] of, Operations operations) {
    for (int e = 0; e < g.size; e++) {
      if (Kind.isAccess(g.kind[e]) && isAbout(e) && initial[g.cell[e]] < 0) {
        initial[g.cell[e]] = next;
        add(NO_EVENT, null, 0, g.cell[e]);
      }
    }
    int own = g.cells() + g.size;
    if (conflict instanceof Conflict.OfGhosts) {
      ownInitial = next;
      add(NO_EVENT, null, 0, own);
    }
    for (int t = 0; t < g.threads; t++) {
      from[t] = next;
      for (int e : inProgramOrder(t)) {
        if (conflict instanceof Conflict.OfGhosts two && two.first() == e) {
          first = next;
          add(NO_EVENT, operations.access(two.firstWrites()), 0, own);
        } else if (conflict instanceof Conflict.WithAccess one && one.ghost() == e) {
          first = next;
          add(NO_EVENT, operations.access(true), 0, g.cell[one.access()]);
        }
        if (of[e].size() > 0) {
          base[e] = next;
          for (int k = 0; k < of[e].size(); k++) {
            add(e, of[e], k, of[e].accesses(k) ? location(e) : -1);
          }
        }
        if (conflict instanceof Conflict.OfGhosts two && two.second() == e) {
          second = next;
          add(NO_EVENT, operations.access(two.secondWrites()), 0, own);
        }
      }
    }
    from[g.threads] = next;
  }

  /** A thread's events, with late reads where their loads are. */
  private int[] inProgramOrder(int t) {
    int[] order = Arrays.copyOf(g.po[t], g.length[t]);
    for (int i = 0; i < g.length[t]; i++) {
      int e = g.po[t][i];
      int at = g.programIndex(e);
      if (at < i) {
        order[i] = order[at]; // the LOAD, which is nothing to a model
        order[at] = e;
      }
    }
    return order;
  }

  private void add(int e, @Nullable Expansion of, int k, int at) {
    source[next] = e;
    expansion[next] = of;
    part[next] = k;
    location[next] = at;
    next++;
  }

  private int location(int e) {
    return switch (g.kind[e]) {
      case Kind.SEND -> g.cells() + e;
      case Kind.POLL -> g.cells() + g.rf[e];
      default -> g.cell[e];
    };
  }

  /**
   * {@return whether an event of the graph matters, or one that it must not be without: the other
   * part of its operation, the unlock of its lock}
   */
  private boolean isAbout(int e) {
    if (about[e]) {
      return true;
    }
    int t = g.thread[e];
    int i = g.index[e];
    if (g.kind[e] == Kind.RMW_W) {
      return isAbout(g.readPart(e));
    }
    return g.succeeds(e)
        && ((i + 1 < g.length[t] && about[g.po[t][i + 1]])
            || (g.kind[e] == Kind.LOCK_R && isUnlockAbout(e)));
  }

  private boolean isUnlockAbout(int lock) {
    int t = g.thread[lock];
    for (int i = g.index[lock] + 1; i < g.length[t]; i++) {
      int e = g.po[t][i];
      if ((g.flags[e] & Graph.UNLOCK) != 0 && g.cell[e] == g.cell[lock]) {
        return about[e];
      }
    }
    return false;
  }

  // ---- reads-from and coherence ----------------------------------------------------------------

  private void communicate() {
    for (int event = 0; event < size; event++) {
      int e = source[event];
      Expansion of = expansion[event];
      if (of != null && e >= 0 && of.reads(part[event])) {
        rf[event] = read(e);
      }
    }
    for (int c = 0; c < initial.length; c++) {
      if (initial[c] >= 0) {
        order(c);
      }
    }
    if (conflict instanceof Conflict.OfGhosts two) {
      ghosts(two);
    }
  }

  /** What an event of the graph reads from. */
  private int read(int e) {
    int w = g.rf[e];
    if (readsGhost(e)) {
      return first;
    }
    if (w != Graph.INIT && isAbout(w)) {
      return writer(w);
    }
    return g.kind[e] == Kind.POLL ? -1 : initial[g.cell[e]]; // whatever is left is after it
  }

  /** Whether a read is to read the store that a ghost has become. */
  private boolean readsGhost(int e) {
    return conflict instanceof Conflict.WithAccess with
        && with.ghostFirst()
        && (with.access() == e || (g.succeeds(e) && with.access() == g.writePart(e)));
  }

  /** What writes, of an event of the graph that writes. */
  private int writer(int e) {
    int at = g.kind[e] == Kind.RMW_W ? g.readPart(e) : e;
    int b = base[at];
    Expansion x = b < 0 ? Expansion.NOTHING : expansionOf(b);
    for (int k = x.size() - 1; k >= 0; k--) {
      if (x.writes(k)) {
        return b + k;
      }
    }
    throw new IllegalStateException("no event of " + Kind.name(g.kind[e]) + " writes");
  }

  /** The coherence order of a cell, with the store that a ghost has become in its place. */
  private void order(int c) {
    int ghostAt =
        conflict instanceof Conflict.WithAccess with && g.cell[with.access()] == c
            ? place(with)
            : -1;
    int[] writes = new int[g.coLength[c] + 2];
    int n = 0;
    writes[n++] = initial[c];
    for (int i = 0; i <= g.coLength[c]; i++) {
      if (i == ghostAt) {
        writes[n++] = first;
      }
      if (i < g.coLength[c] && isAbout(g.co[c][i])) {
        writes[n++] = writer(g.co[c][i]);
      }
    }
    if (n > 1) {
      co.add(Arrays.copyOf(writes, n));
    }
  }

  /** After how many writes of the graph the store that a ghost has become stands. */
  private int place(Conflict.WithAccess with) {
    int e = with.access();
    boolean writes = Kind.isWrite(g.kind[e]);
    if (with.ghostFirst()) {
      return writes ? g.coPos[e] - 1 : g.coLength[g.cell[e]];
    }
    return g.position(writes ? e : g.rf[e]);
  }

  /** The second of two ghosts comes first: the first one reads it, or is overwritten. */
  private void ghosts(Conflict.OfGhosts two) {
    if (two.firstWrites() && two.secondWrites()) {
      co.add(new int[] {ownInitial, second, first});
    } else if (two.secondWrites()) {
      co.add(new int[] {ownInitial, second});
      rf[first] = second;
    } else {
      co.add(new int[] {ownInitial, first});
      rf[second] = ownInitial;
    }
  }

  // ---- dependencies ----------------------------------------------------------------------------

  private void depend(Kept kept) {
    int on = base[g.po[kept.thread()][kept.read()]];
    if (on < 0) {
      return; // the question is not about it
    }
    for (int event = on + expansionOf(on).size(); event < from[kept.thread() + 1]; event++) {
      boolean ghost = source[event] == NO_EVENT;
      int index = g.index[ghost ? ghostOf(event) : source[event]];
      boolean there = index == kept.to() && !ghost;
      Expansion of = expansionOf(event);
      boolean depends =
          switch (kept.kind()) {
            case ADDRESS -> there && of.accesses(part[event]);
            case DATA -> there && of.writes(part[event]);
            case CONTROL -> index >= kept.to();
          };
      if (depends) {
        dependencies.add(new Named(kept.kind(), on, event));
      }
    }
  }

  /** The event of the graph beside which an access stands that a ghost has become. */
  private int ghostOf(int event) {
    return switch (conflict) {
      case Conflict.OfGhosts two -> event == first ? two.first() : two.second();
      case Conflict.WithAccess one -> one.ghost();
      case null -> throw new IllegalStateException("no event is a ghost");
    };
  }

  // ---- what is asked ---------------------------------------------------------------------------

  /** {@return how many locations there may be} */
  int locations() {
    return g.cells() + g.size + 1;
  }

  /** {@return what an event that is no initial write is one of the events of} */
  Expansion expansionOf(int event) {
    Expansion x = expansion[event];
    if (x == null) {
      throw new IllegalStateException("an initial write");
    }
    return x;
  }
}
