package dev.lazymm.check;

import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.List;

/**
 * A dependency of a thread of a graph, by po-indices, which stay what they are when a graph is
 * copied or cut.
 *
 * @param thread which
 * @param read the read
 * @param to the access whose address or value is computed from it; of a control dependency, from
 *     where on all depends on it
 */
record Kept(Dependency kind, int thread, int read, int to) {
  private static final Dependency[] KINDS = Dependency.values();

  /** {@return those that the code has named} */
  static List<Kept> in(Graph g) {
    List<Kept> all = new ArrayList<>();
    for (int e = 0; e < g.size; e++) {
      if (g.kind[e] == Kind.DEPENDS) {
        Dependency kind = KINDS[g.op[e]];
        int to = kind == Dependency.CONTROL ? g.index[e] : access(g, e, kind);
        if (to >= 0) {
          all.add(new Kept(kind, g.thread[e], (int) g.operand[e], to));
        }
      }
    }
    return all;
  }

  /** The access that follows, not counting handlers; negative if there is none yet. */
  private static int access(Graph g, int e, Dependency kind) {
    int t = g.thread[e];
    int here = g.flags[e] & Graph.IN_HANDLER;
    for (int i = g.index[e] + 1; i < g.length[t]; i++) {
      int next = g.po[t][i];
      if ((g.flags[next] & Graph.IN_HANDLER) == here && isOf(g.kind[next], kind)) {
        return i;
      }
    }
    return -1;
  }

  /** {@return whether a kind of event can have a kind of dependency} */
  static boolean isOf(int kind, Dependency dependency) {
    return switch (dependency) {
      case ADDRESS -> Kind.isRead(kind) || kind == Kind.WRITE;
      case DATA -> kind == Kind.RMW_R || kind == Kind.WRITE;
      case CONTROL -> false;
    };
  }
}
