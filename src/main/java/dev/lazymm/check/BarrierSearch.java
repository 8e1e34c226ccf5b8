package dev.lazymm.check;

import dev.lazymm.check.Barrier.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the weakest barriers with which the model does not allow an execution, or orders what is
 * found out of order. It asks about the same execution with more barriers: first with full ones
 * everywhere, as nothing helps where these do not; then with single ones, the cheaper kinds first;
 * then with pairs, one on each of two CPUs; at last it takes away from all of them what is not
 * needed. More barriers never allow more, so many places are asked about at once, and halved.
 */
final class BarrierSearch {
  /** Questions to the model before it gives up looking for fewer. */
  private static final int MOST = 4000;

  private static final List<Kind> CHEAP = List.of(Kind.ACQUIRE, Kind.RELEASE, Kind.RMB, Kind.WMB);
  private static final List<Kind> FULL = List.of(Kind.MB);

  private final Graph g;
  private final int[] needed;
  private final Predicate<Set<Spot>> forbids;
  private final Map<Set<Spot>, Boolean> known = new HashMap<>();

  /**
   * @param needed how many events of each thread there may be barriers among
   * @param forbids whether some barriers are enough; more of them always are as well
   */
  BarrierSearch(Graph g, int[] needed, Predicate<Set<Spot>> forbids) {
    this.g = g;
    this.needed = needed.clone();
    this.forbids = forbids;
  }

  /**
   * {@return sets of barriers each of which is enough, the cheaper first: all single ones of some
   * kinds, or one set of as few as were found; none if no barriers are enough}
   */
  List<Set<Spot>> find() {
    List<Spot> all = new ArrayList<>();
    for (int t = 0; t < g.threads; t++) {
      all.addAll(places(t, FULL));
    }
    if (!helps(all, Set.of())) {
      return List.of();
    }
    List<Set<Spot>> singles = singles();
    if (!singles.isEmpty()) {
      return singles;
    }
    Set<Spot> some = pair();
    return List.of(some.isEmpty() ? fewer(all) : some);
  }

  /** {@return the barriers of some kinds that a thread may have, the latest first} */
  private List<Spot> places(int t, List<Kind> kinds) {
    List<Spot> places = new ArrayList<>();
    for (Kind kind : kinds) {
      for (int i = needed[t] - 1; i >= 0; i--) {
        Spot spot = new Spot(kind, t, i);
        if (spot.fits(g)) {
          places.add(spot);
        }
      }
    }
    return places;
  }

  // ---- one, or two -----------------------------------------------------------------------------

  /** {@return those that are enough alone; full ones only if no other is} */
  private List<Set<Spot>> singles() {
    for (List<Kind> kinds : List.of(CHEAP, FULL)) {
      List<Set<Spot>> found = new ArrayList<>();
      for (Kind kind : kinds) {
        for (int t = 0; t < g.threads; t++) {
          helping(places(t, List.of(kind)), Set.of(), Integer.MAX_VALUE)
              .forEach(spot -> found.add(Set.of(spot)));
        }
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private Set<Spot> pair() {
    for (List<List<Kind>> kinds :
        List.of(
            List.of(CHEAP, CHEAP),
            List.of(CHEAP, FULL),
            List.of(FULL, CHEAP),
            List.of(FULL, FULL))) {
      for (int t = 0; t < g.threads; t++) {
        for (int u = t + 1; u < g.threads; u++) {
          List<Spot> one = places(t, kinds.getFirst());
          List<Spot> other = places(u, kinds.getLast());
          for (Spot spot : helping(one, new HashSet<>(other), Integer.MAX_VALUE)) {
            List<Spot> with = helping(other, Set.of(spot), 1);
            if (!with.isEmpty()) {
              return Set.of(spot, with.getFirst());
            }
          }
        }
      }
    }
    return Set.of();
  }

  /** {@return those, at most so many, each of which is enough together with others} */
  private List<Spot> helping(List<Spot> places, Set<Spot> others, int most) {
    if (places.isEmpty() || most == 0 || !helps(places, others)) {
      return List.of();
    }
    if (places.size() == 1) {
      return places;
    }
    int half = places.size() / 2;
    List<Spot> found = new ArrayList<>(helping(places.subList(0, half), others, most));
    found.addAll(helping(places.subList(half, places.size()), others, most - found.size()));
    return found;
  }

  // ---- more ------------------------------------------------------------------------------------

  /** {@return some of these that are enough, and none of which can be left out or be cheaper} */
  private Set<Spot> fewer(List<Spot> enough) {
    List<Spot> left = new ArrayList<>(enough);
    for (int size = left.size() / 2; size > 0; size /= 2) {
      for (int from = 0; from < left.size(); ) {
        List<Spot> rest = new ArrayList<>(left);
        rest.subList(from, Math.min(from + size, rest.size())).clear();
        if (helps(rest, Set.of())) {
          left = rest;
        } else {
          from += size;
        }
      }
    }
    Set<Spot> cheaper = new HashSet<>(left);
    for (Spot spot : left) {
      cheaper.remove(spot);
      List<Spot> instead = helping(places(spot.thread(), CHEAP), cheaper, 1);
      cheaper.add(instead.isEmpty() ? spot : instead.getFirst());
    }
    return cheaper;
  }

  // ---- where else ------------------------------------------------------------------------------

  /**
   * {@return the first and the last po-index at which a fence of a set can stand as well, with no
   * place in between where it cannot}
   */
  int[] room(Spot fence, Set<Spot> set) {
    Set<Spot> others = new HashSet<>(set);
    others.remove(fence);
    int[] room = {fence.index(), fence.index()};
    for (int way : new int[] {-1, 1}) {
      int end = way < 0 ? 0 : 1;
      for (int i = fence.index() + way; i > 0 && i < needed[fence.thread()]; i += way) {
        Spot spot = new Spot(fence.kind(), fence.thread(), i);
        if (spot.fits(g)) {
          if (!helps(List.of(spot), others)) {
            break;
          }
          room[end] = i;
        }
      }
    }
    return room;
  }

  // ---- questions -------------------------------------------------------------------------------

  /** {@return whether the execution does not come about, or is not wrong, with some barriers} */
  private boolean helps(List<Spot> spots, Set<Spot> others) {
    Set<Spot> all = new HashSet<>(spots);
    all.addAll(others);
    Boolean answer = known.get(all);
    if (answer == null) {
      if (known.size() >= MOST) {
        return false;
      }
      answer = forbids.test(all);
      known.put(all, answer);
    }
    return answer;
  }
}
