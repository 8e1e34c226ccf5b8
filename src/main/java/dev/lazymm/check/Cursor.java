package dev.lazymm.check;

/**
 * One thread's place in the execution graph while its script is run: the events from here on answer
 * the script's next operations, and are compared with them. Past the last one {@link Growth} adds
 * events, over which the cursor is then moved.
 */
final class Cursor {
  private final int thread;
  private Graph graph;
  private int next;

  /**
   * The thread's events when the run began; past them nothing is there that the run has not added.
   */
  private int[] events = new int[0];

  private int recorded;

  Cursor(int thread, Graph graph) {
    this.thread = thread;
    this.graph = graph;
  }

  /** Goes to the start of a graph. */
  void begin(Graph on) {
    graph = on;
    events = on.po[thread];
    recorded = on.length[thread];
    next = 0;
  }

  Graph graph() {
    return graph;
  }

  /** {@return the event that stands next, NONE if the graph has no more} */
  int peek() {
    return next < recorded ? events[next] : Graph.NONE;
  }

  /** {@return the event just before, NONE at the start} */
  int previous() {
    return next > 0 ? graph.po[thread][next - 1] : Graph.NONE;
  }

  /** {@return the po-index of the event that stands next, also if there is none yet} */
  int index() {
    return next;
  }

  /**
   * Takes the event that stands next, which must be what the script does.
   *
   * @param what the event's cell, object or target
   * @return the event, NONE if the graph has no more
   */
  int take(int kind, int what) {
    int e = peek();
    if (e == Graph.NONE) {
      return e;
    }
    if (graph.kind[e] != kind || graph.cell[e] != what) {
      throw new Diverged(
          thread,
          next,
          Kind.name(graph.kind[e]) + " of " + graph.cell[e],
          Kind.name(kind) + " of " + what);
    }
    next++;
    return e;
  }

  /** Takes the poll that stands next, whatever its CPU waits for. */
  int takePoll() {
    int e = peek();
    return take(Kind.POLL, e == Graph.NONE ? -1 : graph.cell[e]);
  }

  /** Goes over one event. */
  void skip() {
    next++;
  }

  /** Goes over all that the graph has. */
  void skipAll() {
    next = graph.length[thread];
  }

  /** Says that the write just taken has another value when it is done again. */
  Diverged diverged(String expected, String found) {
    return new Diverged(thread, next - 1, expected, found);
  }
}
