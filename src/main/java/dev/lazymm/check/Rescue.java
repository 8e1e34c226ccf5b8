package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the dependency that an execution lacks: one with which the model does not allow it, or
 * orders what is found out of order. It asks the model about the same execution with a dependency
 * more; first about all of a kind at once, as most findings are saved by none. More dependencies
 * never allow more, so what was ordered without them need not be asked again.
 */
final class Rescue {
  private final Explorer explorer;
  private final Execution x;
  private final Graph g;
  private final int[] needed;

  private final Harm harm;

  Rescue(Explorer explorer, Harm harm) {
    this.explorer = explorer;
    this.harm = harm;
    x = harm.x;
    g = harm.g;
    needed = harm.needed;
  }

  /** {@return of each kind the first that saves the execution, if one alone does} */
  List<SavedBy> find() {
    if (!(explorer.model() instanceof Weak weak)) {
      return List.of();
    }
    List<Kept> controls = new ArrayList<>();
    for (int t = 0; t < g.threads; t++) {
      for (int i = needed[t] - 1; i >= 0; i--) {
        if (Kind.isRead(g.kind[g.po[t][i]])) {
          controls.add(new Kept(Dependency.CONTROL, t, i, i + 1));
        }
      }
    }
    return Stream.of(
            first(weak, controls),
            first(weak, accesses(weak, Dependency.ADDRESS, controls)),
            first(weak, accesses(weak, Dependency.DATA, controls)))
        .flatMap(Optional::stream)
        .map(this::told)
        .toList();
  }

  /** {@return the dependencies of a kind on each read that might help} */
  private List<Kept> accesses(Weak weak, Dependency kind, List<Kept> reads) {
    List<List<Kept>> byRead = reads.stream().map(read -> accesses(kind, read)).toList();
    if (!saves(weak, byRead.stream().flatMap(List::stream).toList())) {
      return List.of();
    }
    return byRead.stream().filter(all -> saves(weak, all)).flatMap(List::stream).toList();
  }

  private List<Kept> accesses(Dependency kind, Kept read) {
    int t = read.thread();
    int c = g.cell[g.po[t][read.read()]];
    List<Kept> all = new ArrayList<>();
    for (int i = read.to(); i < needed[t]; i++) {
      int e = g.po[t][i];
      if (Kept.isOf(g.kind[e], kind) && g.cell[e] != c) {
        all.add(new Kept(kind, t, read.read(), i));
      }
    }
    return all;
  }

  private Optional<Kept> first(Weak weak, List<Kept> candidates) {
    return saves(weak, candidates)
        ? candidates.stream().filter(kept -> saves(weak, List.of(kept))).findFirst()
        : Optional.empty();
  }

  private boolean saves(Weak weak, List<Kept> kept) {
    if (kept.isEmpty()) {
      return false;
    }
    Weak with = weak.keeping(kept);
    return !with.isConsistent(harm.prefix)
        || (harm.invariant != null && harm.invariant.find(x.under(with)).isEmpty());
  }

  // ---- where that is ---------------------------------------------------------------------------

  private SavedBy told(Kept kept) {
    int to = kept.kind() == Dependency.CONTROL ? -1 : kept.to();
    Placer placer = new Placer(kept.thread(), kept.read(), to);
    placer.hear(explorer, kept.thread(), g);
    return new SavedBy(kept.kind(), placer.place(kept.read()), to < 0 ? null : placer.place(to));
  }

  /** Sees where two accesses of a thread are done. */
  private final class Placer implements Recorder {
    private final int thread;
    private final int[] indices;
    private final SavedBy.@Nullable Place[] places = new SavedBy.@Nullable Place[2];
    private String step = "";

    Placer(int thread, int read, int to) {
      this.thread = thread;
      indices = new int[] {read, to};
    }

    SavedBy.Place place(int index) {
      SavedBy.Place place = places[index == indices[0] ? 0 : 1];
      if (place == null) {
        String cell = x.cell(g.po[thread][index]).toString();
        return new SavedBy.Place(thread, "", cell, List.of());
      }
      return place;
    }

    @Override
    public void operation(
        int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site) {
      for (int i = 0; i < indices.length; i++) {
        if (event >= 0 && cell != null && g.index[event] == indices[i]) {
          places[i] = new SavedBy.Place(thread, step, cell.toString(), CallStack.here());
        }
      }
    }

    @Override
    public void step(String name) {
      step = name;
    }

    @Override
    public void action(String text) {}
  }
}
