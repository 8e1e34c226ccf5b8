package dev.lazymm.litmus;

/**
 * Values out of thin air: where reads read, by way of copies, from themselves. As with herd, such
 * an execution counts, but nothing can be computed with it.
 */
final class ThinAir {
  private final Candidate candidate;
  private final Valuation values;
  private final int size;

  ThinAir(Candidate candidate) {
    this.candidate = candidate;
    values = candidate.values();
    size = candidate.size();
  }

  /**
   * Gives a symbol to each such value.
   *
   * @return false if some value is still not known
   */
  boolean solve() {
    for (int e = 0; e < size; e++) {
      if (values.source(e) >= 0 && !values.isSeen(e)) {
        int inCycle = copiedFrom(e);
        if (inCycle < 0 || !values.conjure(inCycle)) {
          return false;
        }
      }
    }
    return !computesWithSymbol();
  }

  /** Follows copies from an unknown read; {@return a read on their cycle, -1 if there is none} */
  private int copiedFrom(int read) {
    int at = read;
    for (int step = 0; step < 2 * size; step++) {
      int source = values.source(at);
      PathEvent write = candidate.event(source);
      if (write == null || !(write.value() instanceof Value.OfRead(int event))) {
        return -1;
      }
      at = candidate.base(candidate.thread(source)) + event;
      if (values.source(at) < 0) {
        return -1;
      }
    }
    return at; // after so many steps it goes round
  }

  private boolean computesWithSymbol() {
    for (int e = 0; e < size; e++) {
      PathEvent event = candidate.event(e);
      if (event != null) {
        Value.Known view = values.view(candidate.thread(e));
        if ((event.value() != null && event.value().isComputedFromSymbol(view))
            || (event.address() != null && event.address().isComputedFromSymbol(view))) {
          return true;
        }
      }
    }
    for (int t = 0; t < candidate.paths().size(); t++) {
      for (Path.Guard guard : candidate.paths().get(t).guards()) {
        if (guard.value().isComputedFromSymbol(values.view(t))) {
          return true;
        }
      }
    }
    return false;
  }
}
