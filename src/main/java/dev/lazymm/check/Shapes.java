package dev.lazymm.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape of a harm: with the barriers of the sites that were weakened, if these forbid it;
 * else with those that were found; else, where all is in order, what the CPUs tell each other.
 */
final class Shapes {
  /** So much can still be read, and judged. */
  private static final int MOST_IN_ORDER = 16;

  private final Explorer explorer;
  private final Harm harm;
  private final Acts acts;

  Shapes(Explorer explorer, Harm harm, Acts acts) {
    this.explorer = explorer;
    this.harm = harm;
    this.acts = acts;
  }

  /**
   * {@return the shape; null if there is none to show}
   *
   * @param why with which barriers it is forbidden; null if none were found
   * @param isInOrder whether it happens without any reordering
   */
  @Nullable Shape find(@Nullable Forbidden why, boolean isInOrder) {
    Map<Spot, Missing.Placed> missing = Missing.in(explorer, harm.g, explorer.weakenings());
    if (explorer.model() instanceof Weak weak && !missing.isEmpty()) {
      Set<Spot> spots = enough(missing.keySet(), weak);
      if (!spots.isEmpty()) {
        Shape shape = shape(new Forbidden(weak, harm, spots), missing);
        return shape == null ? null : shape.of(names(spots, missing));
      }
    }
    if (why != null) {
      return shape(why, missing);
    }
    return isInOrder ? inOrder() : null;
  }

  private static List<String> names(Set<Spot> spots, Map<Spot, Missing.Placed> missing) {
    return spots.stream()
        .map(missing::get)
        .filter(Objects::nonNull)
        .map(placed -> placed.site().name())
        .distinct()
        .sorted()
        .toList();
  }

  private @Nullable Shape shape(Forbidden why, Map<Spot, Missing.Placed> missing) {
    Shape shape = why.shape(acts, missing);
    return shape == null ? why.race(harm, acts, missing) : shape;
  }

  /** {@return as few of some barriers as forbid it, whole sites of a step; none if all do not} */
  private Set<Spot> enough(Set<Spot> all, Weak weak) {
    if (!harm.isPreventedBy(all, weak)) {
      return Set.of();
    }
    Set<Spot> left = new HashSet<>(all);
    for (Spot spot : all) {
      Set<Spot> fewer = new HashSet<>(left);
      fewer.removeIf(s -> s.thread() == spot.thread() && s.index() == spot.index());
      if (!fewer.isEmpty() && harm.isPreventedBy(fewer, weak)) {
        left = fewer;
      }
    }
    return left;
  }

  // ---- without any reordering ------------------------------------------------------------------

  private @Nullable Shape inOrder() {
    Graph g = harm.g;
    boolean[] events = new boolean[g.size];
    int count = 0;
    for (int r = 0; r < g.size; r++) {
      boolean takes = Kind.isRead(g.kind[r]) || (g.kind[r] == Kind.POLL && g.rf[r] >= 0);
      if (takes && isNeeded(r) && g.rf[r] >= 0 && g.thread[g.rf[r]] != g.thread[r]) {
        count += events[g.rf[r]] ? 1 : 2;
        events[r] = true;
        events[g.rf[r]] = true;
      }
    }
    Conflict conflict = conflict();
    if (count > MOST_IN_ORDER || (count == 0 && conflict == null)) {
      return null;
    }
    int[] same = new int[g.size];
    Arrays.setAll(same, e -> e);
    return new ShapeMaker(g, same, events, conflict, null, harm.x, acts, new HashMap<>()).make();
  }

  private boolean isNeeded(int e) {
    return harm.g.index[e] < harm.needed[harm.g.thread[e]];
  }

  /** Who holds what is freed looks at it again, when it has done all else. */
  private @Nullable Conflict conflict() {
    Graph g = harm.g;
    int free = harm.finding.events().getLast();
    if (g.kind[free] != Kind.FREE) {
      return null;
    }
    return explorer.registers().stream()
        .flatMap(register -> harm.x.intervals(register).stream())
        .filter(hold -> hold.object() == harm.x.object(free) && hold.cpu() != g.thread[free])
        .filter(hold -> LiveActiveMm.overlaps(harm.x, hold, free))
        .map(hold -> g.po[hold.cpu()][g.length[hold.cpu()] - 1])
        .map(last -> new Conflict.OfGhosts(free, true, last, false))
        .findFirst()
        .orElse(null);
  }
}
