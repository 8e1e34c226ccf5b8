package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.KObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * I7': the law of the tlb_gen protocol. Where the kernel says that what a CPU caches under a tag is
 * as fresh as generation g, nothing is cached there from before a change whose flush made
 * generation g or an earlier one; g is no later than the mm's own generation; and a ctx_id names
 * one mm for ever. A partial flush that is not for exactly the next generation breaks the first.
 *
 * <p>Generations are told by the writes of tlb_gen, which are events only where several CPUs follow
 * the mm. Where one alone does, its own flush and its own slot, this says nothing of it; an entry
 * that such a flush leaves is used by the same CPU in user mode, which is I7's to find.
 */
final class TlbGenerations implements Invariant {
  @Override
  public String name() {
    return "I7'";
  }

  @Override
  public String about() {
    return "tlb_gen: what a slot caches is as fresh as it says, and of the mm it says";
  }

  /** A change, and the generation that its flush made. */
  private record Change(int event, KObject range, Mm mm, long generation) {}

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    List<Tlb.Slot> slots = new ArrayList<>();
    boolean any = false;
    for (int e = 0; e < g.size && !any; e++) {
      any = g.kind[e] == Kind.SLOT;
    }
    for (int t = 0; any && t < g.threads; t++) {
      slots.addAll(x.tlb(t).slots());
    }
    if (slots.isEmpty()) {
      return Optional.empty();
    }
    List<Change> changes = changes(x);
    for (Tlb.Slot slot : slots) {
      int e = slot.event();
      Mm mm = (Mm) x.object(e);
      if (g.operand[e] > newest(x, mm, e)) {
        String what =
            "CPU %d's slot is ahead of its mm: tlb_gen %d of %s"
                .formatted(slot.cpu(), g.operand[e], mm);
        return Optional.of(new Finding(what, List.of(e), false));
      }
      for (Tlb.Slot other : slots) {
        if (Objects.equals(g.payload[e], g.payload[other.event()])
            && !isSame(x, mm, e, (Mm) x.object(other.event()), other.event())) {
          String what = "ctx_id %s names two mms".formatted(g.payload[e]);
          return Optional.of(new Finding(what, List.of(other.event(), e), false));
        }
      }
      for (Change change : changes) {
        if (change.mm() == mm && change.generation() <= g.operand[e]) {
          Optional<Finding> found = stale(x, slot, change);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> stale(Execution x, Tlb.Slot slot, Change change) {
    for (Map.Entry<KObject, Integer> cached : slot.since().entrySet()) {
      boolean concerns = change.range() == change.mm() || change.range() == cached.getKey();
      int since = cached.getValue();
      if (concerns && (since == Graph.NONE || !x.isBefore(change.event(), since))) {
        String what =
            "CPU %d's slot says tlb_gen %d but may cache %s from before generation %d"
                .formatted(
                    slot.cpu(),
                    x.graph().operand[slot.event()],
                    cached.getKey(),
                    change.generation());
        boolean cross = x.graph().thread[change.event()] != slot.cpu();
        return Optional.of(new Finding(what, List.of(change.event(), slot.event()), cross));
      }
    }
    return Optional.empty();
  }

  /** The changes whose generation can be told: those of mms that several CPUs flush or follow. */
  private static List<Change> changes(Execution x) {
    Graph g = x.graph();
    List<Change> changes = new ArrayList<>();
    for (int e = 0; e < g.size; e++) {
      if (g.kind[e] != Kind.PTE) {
        continue;
      }
      KObject range = x.object(e);
      for (Mm mm : x.mms()) {
        if (mm != range && !mm.parts().contains(range)) {
          continue;
        }
        int t = g.thread[e];
        for (int i = g.index[e]; i < g.length[t]; i++) {
          int w = g.po[t][i];
          if (g.kind[w] == Kind.RMW_W && x.cell(w) == mm.tlbGen) {
            changes.add(new Change(e, range, mm, g.value[w]));
            break;
          }
        }
      }
    }
    return changes;
  }

  /** {@return the latest generation of an mm that an event can know of; no bound if untold} */
  private static long newest(Execution x, Mm mm, int e) {
    Graph g = x.graph();
    long newest = 0;
    boolean told = false;
    for (int w = 0; w < g.size; w++) {
      if (Kind.isWrite(g.kind[w]) && x.cell(w) == mm.tlbGen) {
        told = true;
        if (x.isToldBefore(w, e)) {
          newest = Math.max(newest, g.kind[w] == Kind.ADD ? added(x, w, e) : g.value[w]);
        }
      }
    }
    return told ? newest : Long.MAX_VALUE;
  }

  /** What is there for an event, of ADDs that follow the same write. */
  private static long added(Execution x, int w, int e) {
    Graph g = x.graph();
    int c = g.cell[w];
    int base = g.adds.base(c, g.coPos[w]);
    long sum = g.valueAt(c, base);
    for (int p = base + 1; p <= g.adds.last(c, base); p++) {
      sum += x.isToldBefore(g.coAt(c, p), e) ? g.value[g.coAt(c, p)] : 0;
    }
    return sum;
  }

  private static boolean isSame(Execution x, Mm mm, int e, Mm other, int o) {
    if (mm != other) {
      return false;
    }
    for (int f : x.frees()) {
      if (x.object(f) == mm
          && ((x.isBefore(o, f) && x.reborn(mm, f, e))
              || (x.isBefore(e, f) && x.reborn(mm, f, o)))) {
        return false;
      }
    }
    return true;
  }
}
