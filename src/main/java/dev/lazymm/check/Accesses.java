package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import org.jspecify.annotations.Nullable;

/**
 * One CPU's accesses to memory. One to a shared cell is an event: answered from the graph, or added
 * to it with a poll before it. One to a cell of this CPU alone goes to its {@link PrivateMemory}.
 * Ghosts and fences are events as well, without a value.
 */
final class Accesses {
  /** In place of the result of an add of which nobody is given the result. */
  private static final long NOT_GIVEN = Long.MIN_VALUE;

  private final Explorer explorer;
  private final Footprint footprint;
  private final Growth growth;
  private final int id;
  private final Cursor cursor;
  private final Interrupts interrupts;
  private final PrivateMemory own;
  private final Heap heap;
  private final HandlerRaces handlerRaces = new HandlerRaces();
  private final Dependents dependents = new Dependents();

  /** Whether this CPU is interrupted: else it has no handlers that could race. */
  private boolean handles;

  /** Whether adds without a result are left unordered. */
  private final boolean unordered;

  private @Nullable Recorder recorder;

  Accesses(
      Explorer explorer,
      Growth growth,
      int id,
      Cursor cursor,
      Interrupts interrupts,
      PrivateMemory own,
      Heap heap) {
    this.explorer = explorer;
    this.footprint = explorer.footprint();
    this.growth = growth;
    this.id = id;
    this.cursor = cursor;
    this.interrupts = interrupts;
    this.own = own;
    this.heap = heap;
    unordered = explorer.leavesAddsUnordered();
  }

  /** A new run. */
  void begin() {
    handles = footprint.isPolled(id);
    handlerRaces.barrier();
    dependents.begin();
  }

  /** From here on {@code to} is told of every operation; nobody is if it is null. */
  void record(@Nullable Recorder to) {
    recorder = to;
  }

  /** Tells the recorder of an operation. */
  void tell(int e, String what, @Nullable Cell cell, long v, @Nullable Site site) {
    tell(e, what, cell, 0, v, site);
  }

  private void tell(
      int e, String what, @Nullable Cell cell, long old, long v, @Nullable Site site) {
    if (recorder != null) {
      recorder.operation(e, what, cell, old, v, site);
    }
  }

  /**
   * Notes an access.
   *
   * @return the number of a shared cell, or which kind of private it is ({@link Footprint#touch})
   */
  int touch(Cell cell, boolean write) {
    int c = footprint.touch(cell.index(), id, write, interrupts.inHandler());
    if (c < 0 && heap.isFreed(cell.owner())) {
      warn("use after free of " + cell);
    }
    return c;
  }

  /** {@return the flags for how the kernel orders an operation, less what its site loses} */
  int flags(Ordering written, Site site) {
    return flags(explorer.ordering(site, written));
  }

  private static int flags(Ordering ordering) {
    return switch (ordering) {
      case NO_RETURN -> Graph.NO_RETURN;
      case RELAXED -> 0;
      case ACQUIRE -> Graph.ACQUIRE;
      case RELEASE -> Graph.RELEASE;
      case FULL -> Graph.ACQUIRE | Graph.RELEASE;
    };
  }

  // ---- loads and stores ------------------------------------------------------------------------

  long load(Cell cell, int flags, @Nullable Site site) {
    int c = touch(cell, false);
    depend(cell, c, false);
    if (c < 0) {
      interrupts.beforePrivate(c);
      watch(cell, c, false, flags);
      return own.get(cell);
    }
    interrupts.poll();
    int e = cursor.take(Kind.READ, c);
    if (e == Graph.NONE) {
      e = growth.read(id, Kind.READ, c, 0, 0, 0, interrupts.flags(flags));
      cursor.skip();
    }
    long v = cursor.graph().value[e];
    tell(e, "read", cell, v, site);
    watch(cell, c, false, flags);
    return v;
  }

  /**
   * User code comes to a load whose value it reads later, with {@link #loadLate}.
   *
   * @return the index in po of the event that says so; negative if the cell makes no events
   */
  int issue(Cell cell) {
    int c = touch(cell, false);
    if (c < 0) {
      return -1;
    }
    int e = ghost(Kind.LOAD, c, 0, null);
    return cursor.graph().index[e];
  }

  /**
   * {@return the value of such a load}
   *
   * @param marker what {@link #issue} returned: there it is in program order, and was an
   *     interruptible point
   */
  long loadLate(Cell cell, int marker) {
    int c = touch(cell, false);
    int e = cursor.take(Kind.READ, c);
    if (e == Graph.NONE) {
      e = growth.read(id, Kind.READ, c, 0, marker + 1L, 0, interrupts.flags(0));
      cursor.skip();
    }
    tell(e, "read", cell, cursor.graph().value[e], null);
    return cursor.graph().value[e];
  }

  void store(Cell cell, long v, int flags, @Nullable Site site) {
    int c = touch(cell, true);
    depend(cell, c, true);
    if (c < 0) {
      interrupts.beforePrivate(c);
      own.set(cell, v);
      tell(Graph.NONE, "write", cell, v, site);
      watch(cell, c, true, flags);
      return;
    }
    interrupts.poll();
    int e = cursor.take(Kind.WRITE, c);
    if (e == Graph.NONE) {
      e = growth.write(id, c, v, interrupts.flags(flags));
      cursor.skip();
    } else if (cursor.graph().value[e] != v) {
      throw cursor.diverged(cell + " := " + cursor.graph().value[e], cell + " := " + v);
    }
    tell(e, "write", cell, v, site);
    watch(cell, c, true, flags);
  }

  @SuppressWarnings("EnumOrdinal") // the graph keeps operations in an int[]
  long rmw(Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
    int c = touch(cell, true);
    depend(cell, c, true);
    if (c < 0) {
      interrupts.beforePrivate(c);
      long old = own.get(cell);
      boolean writes = op.succeeds(old, expected);
      if (writes) {
        own.set(cell, op.apply(old, operand));
        int fence = fenceOfPrivate(explorer.ordering(site, ordering));
        if (ordering == Ordering.FULL) {
          tellFence(fence, Shape.ATOMIC, site);
        }
        tell(Graph.NONE, "rmw", cell, old, op.apply(old, operand), site);
      }
      watchRmw(cell, c, writes);
      return old;
    }
    interrupts.poll();
    if (op == Rmw.ADD && ordering == Ordering.NO_RETURN && unordered) {
      add(cell, c, operand, site);
      return NOT_GIVEN;
    }
    int e = cursor.take(Kind.RMW_R, c);
    if (e == Graph.NONE) {
      int all = interrupts.flags(flags(ordering, site));
      e = growth.read(id, Kind.RMW_R, c, op.ordinal(), operand, expected, all);
      cursor.skip();
    }
    Graph graph = cursor.graph();
    if (recorder != null) {
      recorder.ordering(ordering);
    }
    if (graph.succeeds(e)) {
      cursor.skip(); // the write part is always there
      tell(e, "rmw", cell, graph.value[e], graph.rmwResult(e), site);
    } else {
      tell(e, "read", cell, graph.value[e], site);
    }
    watchRmw(cell, c, graph.succeeds(e));
    return graph.value[e];
  }

  /**
   * An atomic on memory that this CPU alone touches is no access to the others, but still a
   * barrier: a fully ordered one, or any where they all are one. One that fails is taken for none,
   * as LKMM has it; some hardware orders more.
   *
   * @return its event; NONE if it has none
   */
  private int fenceOfPrivate(Ordering ordering) {
    MemoryModel model = explorer.model();
    return model.isWeak() && (ordering == Ordering.FULL || model.isLockedFull())
        ? ghostHere(Kind.FENCE, -1, 0, 0, null)
        : Graph.NONE;
  }

  /** An add whose result nobody is given: one event, without a read. */
  private void add(Cell cell, int c, long delta, Site site) {
    int e = cursor.take(Kind.ADD, c);
    if (e == Graph.NONE) {
      e = growth.add(id, c, delta, interrupts.flags(flags(Ordering.NO_RETURN, site)));
      cursor.skip();
    } else if (cursor.graph().value[e] != delta) {
      throw cursor.diverged(cell + " += " + cursor.graph().value[e], cell + " += " + delta);
    }
    tell(e, "rmw", cell, 0, delta, site);
    watchRmw(cell, c, true);
  }

  // ---- dependencies ----------------------------------------------------------------------------

  /** A load of a pointer; later accesses to the object depend on it. */
  long dereference(Cell cell) {
    long handle = load(cell, 0, null);
    int read = lastRead(cell);
    if (read >= 0 && explorer.model().isWeak()) {
      dependents.pointer(handle, read, interrupts.inHandler());
    }
    return handle;
  }

  /** Something that follows depends on the latest read of a cell. */
  @SuppressWarnings("EnumOrdinal") // the graph keeps kinds in an int[]
  void depends(Dependency kind, Cell cell, Site site) {
    int read = lastRead(cell);
    if (read < 0 || !explorer.model().isWeak() || explorer.takesAway(site, Weakening.REMOVED)) {
      return;
    }
    if (kind == Dependency.CONTROL) {
      ghostHere(Kind.DEPENDS, -1, kind.ordinal(), read, null);
    } else {
      dependents.next(kind, read, interrupts.inHandler());
    }
    tell(Graph.NONE, "depends", null, 0, site);
  }

  /**
   * {@return the index of the latest read of a cell, outside of handlers that interrupted this;
   * negative if the cell makes no events}
   *
   * @throws IllegalStateException if there is none
   */
  private int lastRead(Cell cell) {
    int c = footprint.denseOf(cell.index());
    if (c < 0) {
      return -1;
    }
    Graph g = cursor.graph();
    int last = cursor.previous();
    for (int i = last < 0 ? -1 : g.index[last]; i >= 0; i--) {
      int e = g.po[id][i];
      if (Kind.isRead(g.kind[e]) && g.cell[e] == c && isHere(g, e)) {
        return i;
      }
    }
    throw new IllegalStateException("a dependency on " + cell + ", which was not read");
  }

  private boolean isHere(Graph g, int e) {
    return interrupts.inHandler() == ((g.flags[e] & Graph.IN_HANDLER) != 0);
  }

  /** Before an access: notes what it depends on. */
  @SuppressWarnings("EnumOrdinal") // as above
  private void depend(Cell cell, int c, boolean writes) {
    for (Dependents.On on :
        dependents.take(cell.owner().handle(), writes, interrupts.inHandler())) {
      if (c >= 0) {
        ghostHere(Kind.DEPENDS, -1, on.kind().ordinal(), on.read(), null);
      }
    }
  }

  /** A handler begins: nothing in it depends on what another one has read. */
  void handlerBegins() {
    dependents.handlerBegins();
  }

  // ---- races with the CPU's own handlers ------------------------------------------------------

  /** The compiler keeps accesses before this point before it, and those after it after it. */
  void compilerBarrier() {
    if (handles && !interrupts.inHandler()) {
      handlerRaces.barrier();
    }
  }

  /** A load or a store was done; {@code flags} say whether it is marked and what it orders. */
  private void watch(Cell cell, int c, boolean write, int flags) {
    if (handles) { // else nobody cares
      watchHandled(cell, c, write, flags);
    }
  }

  private void watchHandled(Cell cell, int c, boolean write, int flags) {
    if ((flags & (Graph.ACQUIRE | Graph.RELEASE)) != 0) {
      compilerBarrier();
    }
    if (c == Footprint.PRIVATE) {
      return;
    }
    boolean plain = (flags & Graph.PLAIN) != 0;
    boolean races =
        interrupts.inHandler()
            ? handlerRaces.handler(cell.index(), write)
            : plain && interrupts.canCome() && handlerRaces.interruptible(cell.index(), write);
    if (races) {
      String what = DataRace.WITH_HANDLER + cell;
      tell(ghostHere(Kind.WARN, -1, 0, 0, what), what, null, 0, null);
    }
  }

  private void watchRmw(Cell cell, int c, boolean writes) {
    compilerBarrier();
    watch(cell, c, writes, 0);
  }

  // ---- waits -----------------------------------------------------------------------------------

  /**
   * Waits for a value.
   *
   * @param written how the kernel orders it
   * @param flags what it orders in this run: {@link Graph#ACQUIRE} or nothing
   * @throws Park if it is not there
   */
  @SuppressWarnings("EnumOrdinal") // the graph keeps conditions in an int[]
  long await(Cell cell, Cond cond, long operand, Ordering written, int flags, Site site) {
    compilerBarrier();
    int c = touch(cell, false);
    depend(cell, c, false);
    if (c < 0 && !cond.test(own.get(cell), operand) && !footprint.isPolled(id)) {
      throw new Park(
          Frame.PARKED, ~cell.index(), cond.ordinal(), operand); // nobody has written it so far
    }
    interrupts.beforeWait(c >= 0);
    if (c < 0) {
      interrupts.beforePrivate(c);
      if (!cond.test(own.get(cell), operand)) {
        throw new Park(Frame.PARKED, ~cell.index(), cond.ordinal(), operand);
      }
      return own.get(cell);
    }
    int e = cursor.take(Kind.AWAIT, c);
    if (e == Graph.NONE) {
      int all = interrupts.flags(flags);
      e = growth.await(id, c, cond.ordinal(), operand, all, interrupts.pollIsDue());
      if (e == Graph.NONE) {
        throw new Park(Frame.PARKED, c, cond.ordinal(), operand);
      }
      interrupts.waitAdded();
    }
    Graph graph = cursor.graph();
    if (!graph.satisfies(e, graph.value[e])) {
      throw new Park(Frame.BLOCKED, c, cond.ordinal(), operand);
    }
    if (recorder != null) {
      recorder.ordering(written);
    }
    tell(e, "await", cell, graph.value[e], site);
    return graph.value[e];
  }

  /**
   * Takes a spin lock.
   *
   * @throws Park if it is held
   */
  void lock(Cell cell, Site site) {
    compilerBarrier();
    int c = touch(cell, true);
    depend(cell, c, false);
    interrupts.beforeWait(c >= 0);
    if (c < 0) {
      interrupts.beforePrivate(c);
      if (own.get(cell) != 0) {
        throw new Park(Frame.LOCK_PARKED, ~cell.index(), 0, 0);
      }
      own.set(cell, 1);
      int _ = fenceOfPrivate(Ordering.ACQUIRE);
      return;
    }
    int e = cursor.take(Kind.LOCK_R, c);
    if (e == Graph.NONE) {
      e = growth.lock(id, c, interrupts.flags(Graph.ACQUIRE), interrupts.pollIsDue());
      if (e == Graph.NONE) {
        throw new Park(Frame.LOCK_PARKED, c, 0, 0);
      }
      interrupts.waitAdded();
    } else if (cursor.graph().value[e] != 0) {
      throw new Park(Frame.BLOCKED, c, 0, 0);
    } else {
      cursor.skip(); // the write part
    }
    tell(e, "lock", cell, 1, site);
  }

  // ---- events without a value ------------------------------------------------------------------

  /** Adds a ghost or a fence, or finds it in the graph. */
  int ghost(int kind, int what, int op, @Nullable Object payload) {
    interrupts.poll();
    return ghostHere(kind, what, op, 0, payload);
  }

  /** A ghost that is no interruptible point of its own: part of what comes before it. */
  int ghostHere(int kind, int what, int op, long operand, @Nullable Object payload) {
    int e = cursor.take(kind, what);
    if (e == Graph.NONE) {
      e = growth.ghost(id, kind, what, op, operand, interrupts.flags(0), payload);
      cursor.skip();
    }
    return e;
  }

  void fence(Site site, int op) {
    compilerBarrier();
    int e = Graph.NONE;
    if (!explorer.takesAway(site, Weakening.REMOVED) && explorer.model().isWeak()) {
      e = ghost(Kind.FENCE, -1, op, null);
    }
    tellFence(e, op, site);
    tell(Graph.NONE, "fence", null, op, site);
  }

  /** Tells the recorder of a fence, also if it has no event here. */
  private void tellFence(int e, int op, Site site) {
    if (recorder != null) {
      int index = e == Graph.NONE ? cursor.index() : cursor.graph().index[e];
      recorder.fence(e, index, op, site);
    }
  }

  /** Says that the code has done what it must not. */
  void warn(String what) {
    tell(ghost(Kind.WARN, -1, 0, what), what, null, 0, null);
  }
}
