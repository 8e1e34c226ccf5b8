package dev.lazymm.check;

/**
 * A barrier that a graph does not have.
 *
 * @param kind which
 * @param thread where
 * @param index the po-index of the access that it is of, or of the event that a fence stands before
 */
record Spot(Barrier.Kind kind, int thread, int index) {
  /** {@return whether a graph has a place for such a barrier} */
  boolean fits(Graph g) {
    int e = g.po[thread][index];
    int marked = g.flags[e] & Graph.PLAIN;
    return switch (kind) {
      case RMB, WMB, MB -> index > 0 && g.kind[e] != Kind.RMW_W; // nothing inside an operation
      case ACQUIRE ->
          (g.kind[e] == Kind.READ || g.kind[e] == Kind.AWAIT || g.kind[e] == Kind.RMW_R)
              && marked == 0
              && (g.flags[e] & Graph.ACQUIRE) == 0;
      case RELEASE ->
          (g.kind[e] == Kind.WRITE || (g.kind[e] == Kind.RMW_R && g.succeeds(e)))
              && marked == 0
              && (g.flags[e] & Graph.RELEASE) == 0;
    };
  }

  /** {@return what the kernel calls it} */
  String kernel(Graph g) {
    int e = g.po[thread][index];
    return switch (kind) {
      case RMB, WMB, MB -> kind.kernel;
      case ACQUIRE ->
          switch (g.kind[e]) {
            case Kind.READ -> "smp_load_acquire()";
            case Kind.AWAIT -> "smp_cond_load_acquire()";
            default -> "acquire ordering";
          };
      case RELEASE -> g.kind[e] == Kind.WRITE ? "smp_store_release()" : "release ordering";
    };
  }
}
