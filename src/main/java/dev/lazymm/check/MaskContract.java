package dev.lazymm.check;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.CpuMask;
import java.util.List;
import java.util.Optional;

/**
 * I6: where the final drop trusts mm_cpumask (shootdown), the mask it reads names every CPU that
 * may borrow the mm at that moment. Judged at the last read of the mask before the mm is freed.
 */
final class MaskContract implements Invariant {
  private final boolean ended;

  /**
   * @param ended whether executions have ended, so that masks of one CPU alone can be looked at
   */
  MaskContract(boolean ended) {
    this.ended = ended;
  }

  @Override
  public String name() {
    return "I6";
  }

  @Override
  public String about() {
    return "mask contract: the final mmdrop finds every borrower in mm_cpumask";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    if (!x.kernel().lazyMm().needsMask()) {
      return Optional.empty();
    }
    for (int f : x.frees()) {
      if (x.object(f) instanceof Mm mm) {
        Optional<Finding> found = at(x, mm, f);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> at(Execution x, Mm mm, int f) {
    Graph g = x.graph();
    int t = g.thread[f];
    int read = Graph.NONE;
    for (int i = 0; i < g.index[f]; i++) {
      int e = g.po[t][i];
      if (g.kind[e] == Kind.READ && x.cell(e) == mm.cpumask.word(0)) {
        read = e;
      }
    }
    long mask;
    if (read != Graph.NONE) {
      mask = g.value[read];
    } else if (ended) { // no other CPU touches this mask, and it does not change after the read
      read = f;
      mask = x.value(mm.cpumask.word(0));
    } else {
      return Optional.empty();
    }
    for (Execution.Interval hold : x.intervals(Kernel.ACTIVE_MM)) {
      boolean now =
          hold.object() == mm
              && (hold.end() == Graph.NONE || !x.isToldBefore(hold.end(), read))
              && (hold.start() == Graph.NONE || !x.isToldBefore(read, hold.start()));
      if (now && (mask & CpuMask.bit(hold.cpu())) == 0) {
        String what =
            "CPU %d borrows %s but is not in the mask that the final mmdrop reads"
                .formatted(hold.cpu(), mm);
        List<Integer> events =
            hold.start() == Graph.NONE ? List.of(read) : List.of(hold.start(), read);
        return Optional.of(new Finding(what, events, hold.cpu() != t));
      }
    }
    return Optional.empty();
  }
}
