package dev.lazymm.check;

import java.util.Arrays;

/**
 * The increments whose result nobody is given (ADDs) in a {@link Graph}: those that follow each
 * other in co without a write in between are a set, of which a read sees all up to its {@link
 * Graph#cut}. Their places in co between two cuts mean nothing.
 */
final class Adds {
  private final Graph graph;

  /** How many there are to each cell. */
  private final int[] many;

  Adds(Graph graph, int cells) {
    this.graph = graph;
    many = new int[cells];
  }

  /** The graph has no events. */
  void clear() {
    Arrays.fill(many, 0);
  }

  /** There is one more. */
  void added(int c) {
    if (many[c]++ == 0) {
      begin(c);
    }
  }

  /** There is one less. */
  void removed(int c) {
    many[c]--;
  }

  /** {@return whether a cell has ADDs, so that what is read of it is told by {@link Graph#cut}} */
  boolean in(int c) {
    return many[c] > 0;
  }

  /** {@return whether an ADD stands at a place in co} */
  boolean isAt(int c, int place) {
    return place > 0 && graph.kind[graph.co[c][place - 1]] == Kind.ADD;
  }

  /** {@return the place of the latest write up to a place in co that is no ADD} */
  int base(int c, int place) {
    int p = place;
    while (isAt(c, p)) {
      p--;
    }
    return p;
  }

  /** {@return the place of the last ADD that follows a place in co without a write in between} */
  int last(int c, int place) {
    int p = place;
    while (p < graph.coLength[c] && isAt(c, p + 1)) {
      p++;
    }
    return p;
  }

  /**
   * {@return the first place after one in co at which a read is told from its neighbours, and
   * before the next write; else that of the last ADD before that}
   */
  int nextCut(int c, int place) {
    int next = last(c, place);
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] != Graph.NONE && graph.cut[r] > place && graph.cut[r] < next) {
        next = graph.cut[r];
      }
    }
    return next;
  }

  /** {@return the latest place, not after one in co, at which something is read, or a write} */
  int cutBefore(int c, int place) {
    int latest = base(c, place);
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] != Graph.NONE && graph.cut[r] > latest && graph.cut[r] <= place) {
        latest = graph.cut[r];
      }
    }
    return latest;
  }

  /** {@return the ADDs between two places in co in the order of their stamps} */
  int[] members(int c, int after, int last) {
    int[] members = Arrays.copyOfRange(graph.co[c], after, last);
    Arrays.sort(members);
    return members;
  }

  /**
   * Of the ADDs after a place in co, up to the {@link #nextCut}, some come first.
   *
   * @param chosen which, as bits in the order of their stamps
   */
  void arrange(int c, int place, int chosen) {
    int last = nextCut(c, place);
    int[] members = members(c, place, last);
    int p = place;
    for (int want = 1; want >= 0; want--) {
      for (int i = 0; i < members.length; i++) {
        if ((chosen >>> i & 1) == want) {
          graph.co[c][p++] = members[i];
          graph.coPos[members[i]] = p;
        }
      }
    }
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] != Graph.NONE && graph.cut[r] == last) {
        graph.rf[r] = graph.coAt(c, last);
      }
    }
  }

  /** The first ADD of a cell: from here on its reads are told by their cuts. */
  private void begin(int c) {
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] != Graph.NONE) {
        graph.cut[r] = graph.position(graph.rf[r]);
      }
    }
  }

  /** The places in co of a cell that has ADDs have moved, from one on. */
  void moveCuts(int c, int from, int by) {
    for (int i = 0; i < graph.readsLength[c]; i++) {
      int r = graph.reads[c][i];
      if (graph.rf[r] != Graph.NONE && graph.cut[r] >= from) {
        graph.cut[r] += by;
      }
    }
  }
}
