package dev.lazymm.check;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is asked about when a harm is to be explained: the events that lead to it. */
final class Harm {
  final Execution x;
  final Graph g;

  /** How many events of each CPU lead to the harm; an operation's two parts go together. */
  final int[] needed;

  /** The events up to the harm alone: what comes after may be impossible for its own reasons. */
  final Graph prefix;

  /** Finds what was found in a graph as it stands; null if it is about how an execution ends. */
  final @Nullable Invariant invariant;

  final Finding finding;

  Harm(Execution x, String invariant, Finding finding) {
    this.x = x;
    this.finding = finding;
    g = x.graph();
    needed = WitnessMaker.needed(x, finding).clone();
    prefix = g.without(behind());
    this.invariant =
        Invariants.OF_PREFIXES.stream()
            .filter(i -> i.name().equals(invariant))
            .filter(i -> i.find(x).isPresent())
            .findFirst()
            .orElse(null);
  }

  /** {@return whether it does not come about, or is no harm, with some barriers more} */
  boolean isPreventedBy(Set<Spot> spots, Weak weak) {
    if (!weak.isConsistent(Strengthened.of(prefix, spots).graph())) {
      return true;
    }
    if (invariant == null) {
      return false;
    }
    Strengthened whole = Strengthened.of(g, spots);
    return invariant.find(x.with(whole.graph(), whole.renamed())).isEmpty();
  }

  /** {@return whether the CPUs can do all up to it one thing after another, in program order} */
  boolean isInOrder() {
    int[][] order = new int[prefix.threads][];
    for (int t = 0; t < prefix.threads; t++) {
      order[t] =
          IntStream.of(prefix.po[t])
              .limit(prefix.length[t])
              .boxed()
              .sorted(Comparator.comparingInt(prefix::programIndex))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    boolean[] done = new boolean[prefix.size];
    int[] next = new int[prefix.threads];
    int left = prefix.size;
    boolean more = true;
    while (more) {
      more = false;
      for (int t = 0; t < prefix.threads; t++) {
        while (next[t] < order[t].length && isReady(order[t][next[t]], done)) {
          done[order[t][next[t]++]] = true;
          left--;
          more = true;
        }
      }
    }
    return left == 0;
  }

  /** Whether all is done that comes before an event in rf, co and fr. */
  private boolean isReady(int e, boolean[] done) {
    if (!Kind.isWrite(prefix.kind[e])) {
      return prefix.rf[e] < 0 || done[prefix.rf[e]];
    }
    int c = prefix.cell[e];
    for (int i = 0; i < prefix.coPos[e] - 1; i++) {
      if (!done[prefix.co[c][i]]) {
        return false;
      }
    }
    for (int i = 0; i < prefix.readsLength[c]; i++) {
      int r = prefix.reads[c][i];
      if (!done[r] && prefix.position(prefix.rf[r]) < prefix.coPos[e]) {
        return false;
      }
    }
    return true;
  }

  /** The events that the harm does not need. */
  private boolean[] behind() {
    boolean[] behind = new boolean[g.size];
    for (int t = 0; t < g.threads; t++) {
      int n = needed[t];
      if (n > 0 && g.succeeds(g.po[t][n - 1])) {
        needed[t]++; // the write part
      }
      for (int i = needed[t]; i < g.length[t]; i++) {
        behind[g.po[t][i]] = true;
      }
    }
    return behind;
  }
}
