package dev.lazymm.check;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Brute force: walks through all interleavings of a {@link SmallProgram} under sequential
 * consistency, one event at a time, and collects the executions they make. Two interleavings that
 * agree on program order, reads-from, coherence and taken IPIs (the traces of Mazurkiewicz, with
 * adds whose results nobody is given independent of each other) have the same futures; so each
 * partial execution is gone on from once.
 *
 * <p><b>Meaning.</b> Each load, store, RMW, lock, unlock and satisfied await is one event and
 * happens at once. An await can happen only when the value satisfies its condition, a lock only
 * when its cell is 0. A send is, in this order: one SEND event for each other target, ascending;
 * the handler's events here, if this thread is a target; if it waits, for each other target,
 * ascending, an await of {@code d<self>.<target> >= n}, where n counts this thread's waiting sends
 * to the target. A handler that was sent by such a send ends with the store of n to that cell. A
 * thread that has interrupts on, is in no handler and is the target of an untaken SEND may take any
 * one of those, as an event, between any two of its events, while it waits, and after its last one;
 * the handler's events are its next ones. After its last operation interrupts are on. Interrupts
 * are on or off at a place of the program: irq off and irq on are no events, and of a gap between
 * two events any part where interrupts are on will do. An execution is complete when all threads
 * have finished and all SENDs are taken.
 *
 * <p><b>Key.</b> Parts joined by {@code " | "}. First one part for each thread, ascending: its
 * number and {@code ":"}, then each of its events in program order, each after one blank:
 *
 * <pre>
 * R(cell,rf,value)      a load
 * A(cell,rf,value)      an await, also the wait of a send
 * F(cell,rf,value)      an RMW that failed
 * U(cell,rf,old,new)    an RMW that succeeded: one event
 * L(cell,rf,0,1)        a lock: one event
 * +(cell,operand)       an add whose result nobody is given
 * W(cell,new)           a store, an unlock, the store that ends a handler that is waited for
 * S(target,handler)     a SEND: a thread's number, h0 or h1 or ...
 * T(rf)                 an IPI taken: the SEND
 * </pre>
 *
 * where {@code rf} is {@code init} or {@code thread.index}, and the index counts from 0 the
 * thread's events in this listing. Events of a handler stand in the list of the thread that runs
 * it. Then one part for each cell that was written: its name and {@code ":"}, then each write in
 * coherence order as {@code thread.index} after one blank. Adds whose results nobody is given
 * commute, so they are no writes there: the write that they follow, or nothing for the initial
 * value, is followed by {@code +thread.index} for each, in the order of threads; and so is an rf
 * for each that is seen. Cells are {@code x0, x1, ...}, locks {@code l0, ...}, completions {@code
 * d<sender>.<target>}, and stand in this order: all x by number, all l by number, all d by sender
 * and then target. Example:
 *
 * <pre>
 * 0: W(x0,1) R(x1,1.1,2) | 1: R(x0,0.0,1) W(x1,2) | x0: 0.0 | x1: 1.1
 * </pre>
 */
final class Interleavings {
  /** How a partial execution that was met before is known. */
  enum Memo {
    /** Not at all: every interleaving is walked. */
    NONE,
    /** By 128 bits of hash. */
    FINGERPRINT,
    /** By its canonical key. */
    KEY
  }

  /**
   * What was found.
   *
   * @param complete the keys of the complete executions
   * @param hangs the keys of the executions in which not all threads have finished and none can
   *     step: awaits that are not satisfied and locks that are not free, with interrupts off or no
   *     IPI to take. A thread may always go as far as it can without an event, into a region with
   *     interrupts off, say; so such an execution may also go on to a complete one.
   * @param states how many states were gone on from
   */
  record Outcome(Set<String> complete, Set<String> hangs, long states) {}

  private final Memo memo;
  private final long budget;
  private final Set<Object> seen = new HashSet<>();
  private final Set<String> complete = new HashSet<>();
  private final Set<String> hangs = new HashSet<>();
  private long states;

  private Interleavings(Memo memo, long budget) {
    this.memo = memo;
    this.budget = budget;
  }

  /** {@return all executions of the program} */
  static Outcome of(SmallProgram program) {
    return of(program, Memo.FINGERPRINT, Long.MAX_VALUE).orElseThrow();
  }

  /** {@return all executions of the program; empty if there are more than {@code budget} states} */
  static Optional<Outcome> of(SmallProgram program, Memo memo, long budget) {
    return of(program, memo, budget, false);
  }

  /**
   * {@return all executions of the program with IPIs that go through the kernel's queue}
   *
   * <p>As kernel/smp.c has it: smp_call_function_many_cond() waits until this sender's last IPI to
   * the target has left the queue (csd_lock), then queues the new one. One interrupt takes all that
   * is queued, and runs first the handlers of senders that wait, then the others, each in the order
   * of the queue, with nothing of the interrupted code in between
   * (__flush_smp_call_function_queue).
   */
  static Outcome queued(SmallProgram program) {
    return of(program, Memo.FINGERPRINT, Long.MAX_VALUE, true).orElseThrow();
  }

  private static Optional<Outcome> of(
      SmallProgram program, Memo memo, long budget, boolean queued) {
    Interleavings walk = new Interleavings(memo, budget);
    walk.from(OracleState.initial(new Flattened(program), queued));
    return walk.states > budget
        ? Optional.empty()
        : Optional.of(new Outcome(walk.complete, walk.hangs, walk.states));
  }

  private void from(OracleState state) {
    if (states > budget || !isNew(state)) {
      return;
    }
    states++;
    if (state.isComplete()) {
      complete.add(state.key());
    } else if (state.isHang()) {
      hangs.add(state.key());
    }
    state.forEachNext(this::from);
  }

  private boolean isNew(OracleState state) {
    return switch (memo) {
      case NONE -> true;
      case FINGERPRINT -> seen.add(state.fingerprint());
      case KEY -> seen.add(state.key());
    };
  }
}
