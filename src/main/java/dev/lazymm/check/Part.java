package dev.lazymm.check;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A part of an exploration: some choices, in the order in which one explorer would try them with
 * none of another part in between; and what was found in it so far. Guarded by its {@link Search},
 * but for the tally and the touches, which belong to who explores it.
 */
final class Part {
  /** How the exploration of a part ended. */
  enum End {
    /** Everything in it was looked at. */
    EXHAUSTED,
    /** Something was found, and then enough was looked at. */
    FOUND,
    /** Something new was learned of the program: what was counted is void. */
    LEARNED,
    /** An execution has too many events. */
    TOO_LARGE
  }

  /** Where it begins. */
  final List<Level> start;

  /** What is left to do; while somebody is at it, as it was noted last, with what was counted. */
  List<Level> rest;

  Tally tally;
  Touches touches = new Touches();
  long executions;
  long blocked;
  int largest;

  /** After how many graphs of this part something was found; negative if nothing was. */
  long foundAt = -1;

  @Nullable End end;

  /** Why it is TOO_LARGE, or what was LEARNED. */
  String why = "";

  Footprint.Known learned = Footprint.Known.NOTHING;

  /** Whether it began with all that the parts before it had touched. */
  boolean exact;

  boolean running;

  /** Whether it is of no use any more. */
  boolean cancelled;

  /** Where the graphs that are looked at for it are drawn from, and given back to. */
  AtomicLong tickets = new AtomicLong();

  /** The snapshot for which this was last saved, and what was saved. */
  long saved;

  Saved.@Nullable Image image;

  Part(List<Level> start, Tally tally) {
    this.start = start;
    this.rest = start;
    this.tally = tally;
  }

  long graphs() {
    return executions + blocked;
  }

  /** Notes how far an explorer is: what it has counted, and what is left to do. */
  void keep(Explorer explorer, List<Level> left) {
    rest = left;
    executions = explorer.executions();
    blocked = explorer.blocked();
    largest = explorer.largest();
    foundAt = tally.foundAt();
  }

  /** Adds what came after. */
  void append(Part later) {
    tally.append(later.tally); // first what may run out of memory, and can be done twice
    touches.addAll(later.touches);
    if (foundAt < 0 && later.foundAt >= 0) {
      foundAt = graphs() + later.foundAt;
    }
    executions += later.executions;
    blocked += later.blocked;
    largest = Math.max(largest, later.largest);
  }

  /** Begins anew, with all that the parts before it have touched. */
  void again(Touches before) {
    rest = start;
    tally = tally.fresh();
    touches = before.copy();
    executions = 0;
    blocked = 0;
    largest = 0;
    foundAt = -1;
    end = null;
    exact = true;
  }
}
