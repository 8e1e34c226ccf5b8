package dev.lazymm.litmus;

import dev.lazymm.cat.Bounds;
import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Relation;
import dev.lazymm.litmus.LitmusTest.Quantifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches the executions of one candidate: decides read after read where it reads from, then the
 * last write of each location that the test asks about; what is left, coherence and whatever else
 * the model chooses, is the judge's.
 */
final class CandidateSearch {
  private final Candidate candidate;
  private final LitmusTest test;
  private final Judge judge;
  private final Tally tally;
  private final Search.Options options;
  private final long way;
  private final Claims claims;
  private int decisions;
  private int subtree;
  private final Valuation values;
  private final ThinAir thinAir;
  private final EndState state;
  private final int size;
  private final boolean isCut;
  private final Sources sources;
  private final List<Integer> observed;
  private final List<Prop.Term> shown;
  private final int[] last;
  private final Bounds<EventSet> open;
  private boolean located;

  /**
   * @param way the number of the way that the threads go
   * @param claims shared with whoever else searches this way
   */
  CandidateSearch(
      Candidate candidate,
      Judge judge,
      Tally tally,
      Search.Options options,
      long way,
      Claims claims) {
    this.candidate = candidate;
    this.judge = judge;
    this.tally = tally;
    this.options = options;
    this.way = way;
    this.claims = claims;
    test = candidate.test();
    values = candidate.values();
    thinAir = new ThinAir(candidate);
    state = new EndState(candidate);
    size = candidate.size();
    isCut = candidate.paths().stream().anyMatch(Path::cut);
    observed = EndState.observed(test);
    shown = EndState.shown(test);
    last = new int[observed.size()];
    open = new Bounds<>(EventSet.empty(size), EventSet.of(size, this::mayBeLast));
    sources = new Sources(candidate);
  }

  /** Searches all; false if the search is over. */
  boolean run() {
    judge.setSet("FW", open);
    noteStray();
    return !isAllowed() || grow();
  }

  private boolean mayBeLast(int e) {
    return candidate.isWrite(e) && !observed.isEmpty();
  }

  // ---- reads-from ------------------------------------------------------------------------------

  /** Decides the next read; false if the search is over. */
  private boolean grow() {
    if (options.isOver().getAsBoolean()) {
      return false;
    }
    if (isCut && tally.isCut()) {
      return true; // one is enough
    }
    if (decisions == Claims.DEPTH && !claims.take(++subtree)) {
      return true;
    }
    int write = sources.nextInChain();
    if (write >= 0) {
      return growChain(write);
    }
    int read = sources.nextRead();
    if (read < 0) {
      if (decisions < Claims.DEPTH && !claims.take(++subtree)) {
        return true;
      }
      if (isSolved() || (thinAir.solve() && isSolved())) {
        return finish(0);
      }
      values.checkDivisions();
      return true;
    }
    for (int w : sources.writes()) {
      if (sources.mayRead(read, w) && !decided(read, w)) {
        return false;
      }
    }
    return true;
  }

  /** Decides which atomic operation reads a write: each in turn, or none of them. */
  private boolean growChain(int write) {
    List<Integer> readers = sources.readersOf(write);
    boolean goesOn = true;
    for (int i = 0; i < readers.size() && goesOn; i++) {
      goesOn = decided(readers.get(i), write);
      sources.exclude(readers.get(i), write, true);
    }
    decisions++; // that none of them does is a decision, too
    goesOn = goesOn && (sources.isGroundless() || grow());
    decisions--;
    readers.forEach(r -> sources.exclude(r, write, false));
    return goesOn;
  }

  /** Searches with a read reading from a write; false if the search is over. */
  private boolean decided(int read, int write) {
    int mark = values.mark();
    decisions++;
    boolean goesOn = true;
    if (values.decide(read, write)) {
      goesOn = !isAllowed() || grow();
    } else {
      noteStray();
    }
    values.reset(mark);
    decisions--;
    return goesOn;
  }

  /** An execution in which an access goes astray is left out, as by herd, but not in silence. */
  private void noteStray() {
    int e = values.stray();
    PathEvent event = e < 0 ? null : candidate.event(e);
    if (event != null && isAllowed()) {
      tally.stray(
          "P%d may access what is no location%s, in line %d: %s"
              .formatted(
                  candidate.thread(e),
                  event.size() == 0 ? "" : " of %d bytes".formatted(event.size()),
                  event.line(),
                  event.text()));
    }
  }

  /** Whether all addresses and values are known. */
  private boolean isSolved() {
    for (int e = 0; e < size; e++) {
      PathEvent event = candidate.event(e);
      if (event != null
          && ((event.address() != null && !values.isPlaced(e))
              || (candidate.isRead(e) && !values.isSeen(e))
              || (candidate.isWrite(e) && !values.isKnown(e)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether what is decided so far can lead to an execution that is looked for. */
  private boolean isAllowed() {
    if (!isWanted()) {
      return false;
    }
    judge.set("rf", sources.bounds());
    setLocations();
    return judge.isPossible();
  }

  /** Whether the final state, as far as it is known, is one that is looked for. */
  private boolean isWanted() {
    return state.holds(test.filter()) != Truth.FALSE
        && !(options.conditionOnly()
            && state.holds(test.condition()) == Truth.of(test.quantifier() == Quantifier.FORALL));
  }

  private void setLocations() {
    if (located) {
      return;
    }
    Relation.Builder lo = new Relation.Builder(size);
    Relation.Builder hi = new Relation.Builder(size);
    boolean exact = true;
    for (int a = 0; a < size; a++) {
      if (!hasLocation(a)) {
        continue;
      }
      exact &= values.isPlaced(a);
      for (int b = 0; b < size; b++) {
        if (a == b) {
          lo.add(a, a);
          hi.add(a, a);
        } else if (hasLocation(b) && values.mayMeet(a, b)) {
          hi.add(a, b);
          if (values.isPlaced(a) && values.isPlaced(b)) {
            lo.add(a, b);
          }
        }
      }
    }
    Relation fixed = lo.build();
    judge.set("loc", exact ? Bounds.exact(fixed) : new Bounds<>(fixed, hi.build()));
    located = exact && values.isPlacedAtStart();
  }

  private boolean hasLocation(int e) {
    PathEvent event = candidate.event(e);
    return event == null || event.address() != null;
  }

  // ---- last writes, and the rest ---------------------------------------------------------------

  /** Decides the last write of the i-th observed location and those after it. */
  private boolean finish(int i) {
    if (i == observed.size()) {
      return judged();
    }
    int location = observed.get(i);
    boolean written = false;
    for (int w = size - 1; w >= 0; w--) {
      if (candidate.isWrite(w)
          && values.location(w) == location
          && (candidate.event(w) != null || !written)) {
        written = true;
        last[i] = w;
        state.decide(location, w);
        if (isWanted() && !finish(i + 1)) {
          return false;
        }
        state.forget(location);
      }
    }
    return true;
  }

  private boolean judged() {
    boolean holds = state.holds(test.condition()) == Truth.TRUE;
    if (options.conditionOnly() && holds == (test.quantifier() == Quantifier.FORALL)) {
      return true;
    }
    judge.setSet("FW", Bounds.exact(EventSet.of(size, this::isLast)));
    String text = state.text(shown);
    boolean wanted = holds != (test.quantifier() == Quantifier.FORALL);
    boolean goesOn =
        judge.completions((flags, relations) -> {
          if (isCut) {
            tally.cut();
            return true;
          }
          tally.execution(holds, text, flags);
          if (wanted && tally.wantsWitness(way, subtree)) {
            tally.witness(way, subtree, () -> execution(text, flags, relations));
          }
          return !options.isOver().getAsBoolean();
        });
    judge.setSet("FW", open);
    return goesOn;
  }

  private boolean isLast(int e) {
    for (int w : last) {
      if (w == e) {
        return true;
      }
    }
    return false;
  }

  private Execution execution(String text, List<String> flags, Judge.Shown relations) {
    List<Long> each = new ArrayList<>();
    List<Integer> where = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      each.add(values.isKnown(e) ? values.value(e) : 0L);
      where.add(hasLocation(e) ? values.location(e) : -1);
    }
    Map<String, Relation> all = new HashMap<>(relations.shown());
    all.put("rf", relations.relation("rf"));
    all.put("co", relations.relation("co"));
    all.put("fr", relations.relation("fr"));
    return new Execution(candidate, each, where, text, flags, all);
  }
}
