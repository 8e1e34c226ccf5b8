package dev.lazymm.check;

import java.util.function.IntConsumer;

/**
 * Where one CPU can be interrupted: its interrupt flag, and its polls. A poll stands before each
 * operation that others, or the CPU's own handlers, can tell from its neighbours; two points with
 * only private work in between are the same point. What a poll takes is the graph's to say.
 */
final class Interrupts {
  private final int cpu;
  private final Footprint footprint;
  private final Growth growth;
  private final Cursor cursor;
  private final Runnable beforeHandler;
  private final IntConsumer handler;

  /** Whether any CPU interrupts this one. */
  private boolean polled;

  private boolean off;
  private boolean inHandler;

  /** The point at which interrupts were turned off has not been polled at. */
  private boolean owed;

  /** Something its handlers can tell was done since the last poll. */
  private boolean dirty;

  /**
   * @param beforeHandler does what the interrupted code is still to do
   * @param handler runs the handler of the SEND that a poll takes
   */
  Interrupts(
      int cpu,
      Footprint footprint,
      Growth growth,
      Cursor cursor,
      Runnable beforeHandler,
      IntConsumer handler) {
    this.cpu = cpu;
    this.footprint = footprint;
    this.growth = growth;
    this.cursor = cursor;
    this.beforeHandler = beforeHandler;
    this.handler = handler;
  }

  /** A new run: interrupts are on. */
  void begin() {
    polled = footprint.isPolled(cpu);
    off = false;
    inHandler = false;
    dirty = false;
  }

  // ---- the flag --------------------------------------------------------------------------------

  /** The point just before is polled at when, and if, an event follows. */
  void disable() {
    if (!off) {
      off = true;
      owed = true;
    }
  }

  void enable() {
    off = false;
  }

  /** Sets the flag back to what {@link #areOff} was, without a point of its own. */
  void restore(boolean wereOff) {
    off = wereOff;
  }

  /** {@return the flag itself, whether in a handler or not} */
  boolean areOff() {
    return off;
  }

  boolean inHandler() {
    return inHandler;
  }

  /** {@return whether an interrupt can come here} */
  boolean canCome() {
    return !off && !inHandler;
  }

  /** {@return whether something the CPU's handlers can tell was done since the last poll} */
  boolean isDirty() {
    return dirty;
  }

  /** {@return an event's flags, with those that say how interrupts stand here} */
  int flags(int more) {
    return more | (off ? 0 : Graph.IRQS_ON) | (inHandler ? Graph.IN_HANDLER : 0);
  }

  // ---- polls -----------------------------------------------------------------------------------

  /** {@return whether a wait that begins here has a poll of its own} */
  boolean pollIsDue() {
    return polls() && !hasPolled();
  }

  private boolean polls() {
    return polled && canCome();
  }

  private boolean hasPolled() {
    return !dirty && cursor.graph().isEmptyPoll(cursor.previous());
  }

  /** A private access; if the CPU's handlers can tell, it is an interruptible point of its own. */
  void beforePrivate(int kind) {
    if (kind == Footprint.PRIVATE_TO_HANDLERS && !inHandler) {
      poll();
      dirty = true;
    }
  }

  /**
   * Before an event: was there an interruptible point since the last? Then takes what the graph
   * says, or adds a poll. Right after an empty poll it would be the same point again.
   */
  void poll() {
    if (off && owed) {
      owed = false;
      off = false;
      pollHere();
      off = true;
    } else {
      pollHere();
    }
  }

  private void pollHere() {
    if (!polls() || hasPolled()) {
      return;
    }
    dirty = false;
    while (true) {
      int e = cursor.takePoll();
      if (e == Graph.NONE) {
        growth.poll(cpu, flags(0));
        cursor.skip();
        return;
      }
      if (cursor.graph().rf[e] == Graph.NONE) {
        return;
      }
      take(e);
    }
  }

  /** Whatever the handler does to the flag, its return restores it. */
  private void take(int poll) {
    boolean wereOff = off;
    boolean wasOwed = owed;
    beforeHandler.run();
    inHandler = true;
    handler.accept(poll);
    inHandler = false;
    off = wereOff;
    owed = wasOwed;
  }

  // ---- polls of a CPU that waits ---------------------------------------------------------------

  /**
   * At a wait: takes the polls that the graph has of it. With interrupts off it has no point of its
   * own.
   *
   * @param shared whether the wait is for a shared cell, and has an event
   */
  void beforeWait(boolean shared) {
    if (off) {
      poll();
    }
    takeAll(shared);
    skipEmpty(shared);
  }

  /**
   * Runs the handlers of the polls that the graph has here. A wait for a private cell has no event
   * of its own; its polls are the forced ones that are not of the halt.
   */
  void takeAll(boolean hasEvent) {
    Graph graph = cursor.graph();
    while (polls()) {
      int e = cursor.peek();
      if (e == Graph.NONE || graph.kind[e] != Kind.POLL || graph.rf[e] == Graph.NONE) {
        return;
      }
      boolean forcedHere = (graph.flags[e] & Graph.FORCED) != 0 && graph.op[e] != Frame.OP_HALT;
      if (!hasEvent && !forcedHere) {
        return;
      }
      cursor.skip();
      dirty = false;
      take(e);
    }
  }

  /**
   * A wait for a shared cell has one empty poll, before its read; a wait for a private one has
   * none, unless it was declined there.
   */
  private void skipEmpty(boolean shared) {
    if (!polls()) {
      return;
    }
    int e = cursor.peek();
    Graph graph = cursor.graph();
    if (graph.isEmptyPoll(e) && (shared || (graph.flags[e] & Graph.DECLINED) != 0)) {
      cursor.skip();
      dirty = false;
    }
  }

  /** A wait was added, with its poll if it has one. */
  void waitAdded() {
    cursor.skipAll();
    dirty = false;
  }
}
