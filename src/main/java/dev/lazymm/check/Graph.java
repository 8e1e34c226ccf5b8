package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An execution graph under construction: events in a thread's program order (po), reads-from (rf),
 * and the coherence order (co) of each cell. Owned by one exploration worker.
 *
 * <p>An event's number is its stamp: events are numbered in the order in which they were added, and
 * only the latest can be taken away ({@link #truncate}); removing from the middle is copying
 * ({@link #copyOf}), which renumbers but keeps the order. The initial write of each cell is {@link
 * #INIT}, before all others in co. Per event there is a vector clock of its prefix in po and rf.
 */
final class Graph {
  /** The initial write of whatever cell is asked about. */
  static final int INIT = -1;

  /** No event: an empty poll's rf, an unset prevRf. */
  static final int NONE = -2;

  static final int IRQS_ON = 1;
  static final int PLAIN = 2;
  static final int ACQUIRE = 4;
  static final int RELEASE = 8;
  static final int FORCED = 16;
  static final int IN_HANDLER = 32;

  /** An empty poll of a waiting CPU that could have taken an IPI, and by default would have. */
  static final int DECLINED = 64;

  /** A read-modify-write whose result nobody is given. */
  static final int NO_RETURN = 128;

  /** The store that frees a lock. */
  static final int UNLOCK = 256;

  /** A load that the kernel lets race (data_race). */
  static final int RACY = 512;

  private static final Rmw[] RMW = Rmw.values();
  private static final Cond[] COND = Cond.values();

  final int threads;
  int size;
  int[] kind = new int[64];
  int[] thread = new int[64];
  int[] index = new int[64];

  /** The cell of an access; the object's handle of a ghost; the target CPU of a SEND. */
  int[] cell = new int[64];

  /** The value read or written. */
  long[] value = new long[64];

  int[] rf = new int[64];

  /**
   * What a read that was given its value in place read before; on the write that it was given, what
   * it read before that. NONE ends the chain.
   */
  int[] prevRf = new int[64];

  int[] coPos = new int[64];

  /**
   * Of a read of a cell that has {@link Adds}: the place in co of the last event that it sees; all
   * from the latest write before that on are its sources, rf names the last. Else unset.
   */
  int[] cut = new int[64];

  /** Rmw or Cond by ordinal; the Hold register of a ghost. */
  int[] op = new int[64];

  long[] operand = new long[64];
  long[] expected = new long[64];
  int[] flags = new int[64];
  @Nullable Object[] payload = new @Nullable Object[64];
  private int[] clock;

  final int[][] po;
  final int[] length;
  int[][] co;
  int[] coLength;
  int[][] reads;
  int[] readsLength;

  /** Its increments that nobody is given the result of. */
  final Adds adds;

  /** The SENDs to each CPU. */
  final int[][] sends;

  final int[] sendsLength;

  /** The poll that takes a SEND, NONE if none does. */
  int[] taker = new int[64];

  private final long[] initial;

  /**
   * @param threads how many CPUs
   * @param initial the value of each cell at the start
   */
  Graph(int threads, long[] initial) {
    this.threads = threads;
    this.initial = initial;
    clock = new int[64 * threads];
    po = new int[threads][32];
    length = new int[threads];
    sends = new int[threads][4];
    sendsLength = new int[threads];
    int cells = initial.length;
    co = new int[cells][];
    coLength = new int[cells];
    reads = new int[cells][];
    readsLength = new int[cells];
    adds = new Adds(this, cells);
    for (int c = 0; c < cells; c++) {
      co[c] = new int[4];
      reads[c] = new int[4];
    }
  }

  /** {@return the number of cells} */
  int cells() {
    return initial.length;
  }

  /** {@return about how much memory this takes, in bytes} */
  long bytes() {
    long events = kind.length * (84L + 4L * threads);
    long perCell = 2L * (16 + 4 * 4) + 20;
    return events + initial.length * perCell + 64L * 4 * threads;
  }

  /** {@return the last event of a thread, NONE if it has none} */
  int last(int t) {
    return length[t] == 0 ? NONE : po[t][length[t] - 1];
  }

  /** {@return whether {@code e} is a poll that took nothing} */
  boolean isEmptyPoll(int e) {
    return e >= 0 && kind[e] == Kind.POLL && rf[e] == NONE;
  }

  /** {@return how many events of thread {@code t} are in the po-and-rf prefix of {@code e}} */
  int prefix(int e, int t) {
    return clock[e * threads + t];
  }

  /** {@return whether {@code x} is in the po-and-rf prefix of {@code e}, e itself included} */
  boolean inPrefix(int x, int e) {
    return x == INIT || index[x] < clock[e * threads + thread[x]];
  }

  /** {@return the value of a write that is no ADD, or of the initial write of {@code c}} */
  long written(int w, int c) {
    return w == INIT ? initial[c] : value[w];
  }

  /** {@return the co-last write of a cell} */
  int coLast(int c) {
    int n = coLength[c];
    return n == 0 ? INIT : co[c][n - 1];
  }

  /** {@return a write by its place in co; 0 is the initial write} */
  int coAt(int c, int position) {
    return position == 0 ? INIT : co[c][position - 1];
  }

  /** {@return the value of a cell once all that is in co up to a place has been done} */
  long valueAt(int c, int place) {
    if (!adds.in(c)) {
      return written(coAt(c, place), c);
    }
    long sum = 0;
    int p = place;
    while (adds.isAt(c, p)) {
      sum += value[co[c][--p]];
    }
    return sum + written(coAt(c, p), c);
  }

  /** {@return the last value of a cell} */
  long lastValue(int c) {
    return valueAt(c, coLength[c]);
  }

  /** {@return the place of a write in the co of its cell; 0 for the initial write} */
  int position(int w) {
    return w == INIT ? 0 : coPos[w];
  }

  /** {@return whether the read part {@code e} has a write part to follow} */
  boolean succeeds(int e) {
    return switch (kind[e]) {
      case Kind.RMW_R -> RMW[op[e]].succeeds(value[e], expected[e]);
      case Kind.LOCK_R -> value[e] == 0;
      default -> false;
    };
  }

  /** {@return whether {@code v} is a value that the await or lock {@code e} waits for} */
  boolean satisfies(int e, long v) {
    return kind[e] == Kind.LOCK_R ? v == 0 : COND[op[e]].test(v, operand[e]);
  }

  /** {@return the read part of a write part} */
  int readPart(int w) {
    return po[thread[w]][index[w] - 1];
  }

  /** {@return the write part that follows a read part which {@link #succeeds}} */
  int writePart(int r) {
    return po[thread[r]][index[r] + 1];
  }

  /** {@return what the write part of a successful read part writes} */
  long rmwResult(int e) {
    return kind[e] == Kind.LOCK_R ? 1 : RMW[op[e]].apply(value[e], operand[e]);
  }

  /** {@return the read-modify-write's write that follows {@code w} in co and reads it, or NONE} */
  int consumer(int w, int c) {
    int p = position(w);
    if (p >= coLength[c]) {
      return NONE;
    }
    int next = co[c][p];
    if (kind[next] != Kind.RMW_W) {
      return NONE;
    }
    return rf[readPart(next)] == w ? next : NONE;
  }

  // ---- what a read sees -----------------------------------------------------------------------

  /** {@return the latest write that is no ADD that a read sees} */
  int source(int r) {
    return adds.in(cell[r]) ? coAt(cell[r], adds.base(cell[r], cut[r])) : rf[r];
  }

  /** {@return whether a read reads a write, or sees an ADD since} */
  boolean sees(int r, int w) {
    if (rf[r] == NONE || cell[r] != cell[w] || !adds.in(cell[r])) {
      return rf[r] == w;
    }
    return coPos[w] <= cut[r] && coPos[w] >= adds.base(cell[r], cut[r]);
  }

  /** A read sees all up to a place in co of a cell that has ADDs. */
  void setCut(int r, int place) {
    int c = cell[r];
    cut[r] = place;
    rf[r] = coAt(c, place);
    value[r] = valueAt(c, place);
    rebase(r, rf[r]);
    int p = place;
    while (adds.isAt(c, p)) {
      join(r, coAt(c, --p));
    }
  }

  /** A read is to be given what it reads anew; it sees nothing until then. */
  void detach(int r) {
    rf[r] = NONE;
  }

  /** {@return the first SEND to a CPU, in the order of {@link #comesBefore}, that no poll takes} */
  int lowestUntaken(int t) {
    int lowest = NONE;
    for (int i = 0; i < sendsLength[t]; i++) {
      int s = sends[t][i];
      if (taker[s] == NONE && comesBefore(s, lowest)) {
        lowest = s;
      }
    }
    return lowest;
  }

  /**
   * {@return whether SEND {@code s} comes before another, or that is NONE} by thread, then in po
   */
  boolean comesBefore(int s, int other) {
    return other == NONE
        || thread[s] < thread[other]
        || (thread[s] == thread[other] && index[s] < index[other]);
  }

  /**
   * {@return the index in po at which a model finds an event: that of its LOAD for a read of user
   * code that is done late}
   */
  int programIndex(int e) {
    return kind[e] == Kind.READ && operand[e] > 0 ? (int) operand[e] - 1 : index[e];
  }

  /** {@return the read of user code that is done late for a LOAD; the LOAD if it is not yet} */
  int lateRead(int load) {
    int t = thread[load];
    for (int i = index[load] + 1; i < length[t]; i++) {
      int e = po[t][i];
      if (programIndex(e) == index[load]) {
        return e;
      }
    }
    return load;
  }

  // ---- growing ---------------------------------------------------------------------------------

  /** Adds an event without rf and co; the caller sets what else it needs. */
  int add(int t, int eventKind, int eventCell, int eventFlags) {
    int e = size++;
    if (e == kind.length) {
      grow();
    }
    kind[e] = eventKind;
    thread[e] = t;
    cell[e] = eventCell;
    flags[e] = eventFlags;
    rf[e] = NONE;
    prevRf[e] = NONE;
    coPos[e] = 0;
    int i = length[t]++;
    if (i == po[t].length) {
      po[t] = Arrays.copyOf(po[t], 2 * i);
    }
    po[t][i] = e;
    index[e] = i;
    int base = e * threads;
    if (i == 0) {
      Arrays.fill(clock, base, base + threads, 0);
    } else {
      System.arraycopy(clock, po[t][i - 1] * threads, clock, base, threads);
    }
    clock[base + t] = i + 1;
    if (Kind.isRead(eventKind)) {
      int n = readsLength[eventCell]++;
      if (n == reads[eventCell].length) {
        reads[eventCell] = Arrays.copyOf(reads[eventCell], 2 * n);
      }
      reads[eventCell][n] = e;
    } else if (eventKind == Kind.ADD) {
      adds.added(eventCell);
    } else if (eventKind == Kind.SEND) {
      int n = sendsLength[eventCell]++;
      if (n == sends[eventCell].length) {
        sends[eventCell] = Arrays.copyOf(sends[eventCell], 2 * n);
      }
      sends[eventCell][n] = e;
      taker[e] = NONE;
    }
    return e;
  }

  /** Sets what a read reads from; also of the last event of a thread later on. */
  void setRf(int e, int w) {
    if (adds.in(cell[e])) {
      setCut(e, position(w));
      return;
    }
    rf[e] = w;
    value[e] = written(w, cell[e]);
    rebase(e, w);
  }

  /** Sets which SEND a poll takes. */
  void setTaken(int e, int send) {
    if (rf[e] != NONE) {
      taker[rf[e]] = NONE;
    }
    if (send != NONE) {
      taker[send] = e;
    }
    rf[e] = send;
    rebase(e, send);
  }

  /** Read r, the last event of its thread, is given write w, which no other read is given. */
  void give(int r, int w) {
    prevRf[w] = prevRf[r];
    prevRf[r] = rf[r];
    setRf(r, w);
  }

  /** {@return the read that write w was given to, which reads again what it did before; or NONE} */
  int takeBack(int w) {
    int c = cell[w];
    for (int i = 0; i < readsLength[c]; i++) {
      int r = reads[c][i];
      if (rf[r] == w && prevRf[r] != NONE) {
        int before = prevRf[r];
        prevRf[r] = prevRf[w];
        prevRf[w] = NONE;
        setRf(r, before);
        return r;
      }
    }
    return NONE;
  }

  private void rebase(int e, int source) {
    int base = e * threads;
    int t = thread[e];
    if (index[e] == 0) {
      Arrays.fill(clock, base, base + threads, 0);
    } else {
      System.arraycopy(clock, po[t][index[e] - 1] * threads, clock, base, threads);
    }
    clock[base + t] = index[e] + 1;
    join(e, source);
  }

  private void join(int e, int source) {
    if (source >= 0) {
      int base = e * threads;
      int from = source * threads;
      for (int i = 0; i < threads; i++) {
        if (clock[from + i] > clock[base + i]) {
          clock[base + i] = clock[from + i];
        }
      }
    }
  }

  /** Puts a write at a place in co, 1 being next after the initial write. */
  void place(int w, int position) {
    int c = cell[w];
    int n = coLength[c]++;
    if (n == co[c].length) {
      co[c] = Arrays.copyOf(co[c], 2 * n);
    }
    int[] order = co[c];
    for (int i = n; i >= position; i--) {
      order[i] = order[i - 1];
      coPos[order[i]] = i + 1;
    }
    order[position - 1] = w;
    coPos[w] = position;
    if (adds.in(c)) {
      adds.moveCuts(c, position, 1);
    }
  }

  /** Takes a write out of co. */
  void unplace(int w) {
    int c = cell[w];
    int n = --coLength[c];
    int[] order = co[c];
    for (int i = coPos[w]; i <= n; i++) {
      order[i - 1] = order[i];
      coPos[order[i - 1]] = i;
    }
    if (adds.in(c)) {
      adds.moveCuts(c, coPos[w], -1);
    }
    coPos[w] = 0;
  }

  /** Takes away every event from stamp {@code newSize} on, and undoes their in-place revisits. */
  void truncate(int newSize) {
    while (size > newSize) {
      int e = --size;
      length[thread[e]]--;
      int c = cell[e];
      if (Kind.isRead(kind[e])) {
        readsLength[c]--;
      } else if (Kind.isWrite(kind[e])) {
        takeBack(e);
        if (coPos[e] != 0) {
          unplace(e);
        }
        if (kind[e] == Kind.ADD) {
          adds.removed(c);
        }
      }
      if (kind[e] == Kind.SEND) {
        sendsLength[c]--;
      } else if (kind[e] == Kind.POLL && rf[e] != NONE) {
        taker[rf[e]] = NONE;
      }
      payload[e] = null;
    }
  }

  // ---- copying ---------------------------------------------------------------------------------

  /**
   * Makes this graph a copy of {@code g} without the events marked in {@code deleted}. What was
   * given in place by a deleted write is taken back.
   *
   * @param renamed receives the new number of each event, NONE for deleted ones
   */
  void copyOf(Graph g, boolean[] deleted, int[] renamed) {
    size = 0;
    Arrays.fill(length, 0);
    Arrays.fill(readsLength, 0);
    Arrays.fill(sendsLength, 0);
    adds.clear();
    for (int e = 0; e < g.size; e++) {
      renamed[e] = deleted[e] ? NONE : copyEvent(g, e);
    }
    for (int c = 0; c < co.length; c++) {
      coLength[c] = 0;
      for (int i = 0; i < g.coLength[c]; i++) {
        int n = renamed[g.co[c][i]];
        if (n != NONE) {
          place(n, coLength[c] + 1);
        }
      }
    }
    for (int e = 0; e < g.size; e++) {
      int n = renamed[e];
      if (n != NONE) {
        int from = g.rf[e];
        int before = g.prevRf[e];
        while (from != NONE && before != NONE && renamed(from, renamed) == NONE) {
          int older = g.prevRf[from];
          from = before;
          before = older;
        }
        rf[n] = renamed(from, renamed);
        prevRf[n] = renamed(before, renamed);
        if (kind[n] == Kind.POLL && rf[n] != NONE) {
          taker[rf[n]] = n;
        } else if (from != g.rf[e]) {
          setRf(n, rf[n]);
        } else if (from != NONE && Kind.isRead(kind[n]) && g.adds.in(cell[n])) {
          cut[n] = staying(g.co[cell[n]], g.cut[e], renamed);
          rf[n] = coAt(cell[n], cut[n]);
        }
      }
    }
  }

  /** How many of the first events in co stay. */
  private static int staying(int[] order, int n, int[] renamed) {
    int staying = 0;
    for (int i = 0; i < n; i++) {
      staying += renamed[order[i]] == NONE ? 0 : 1;
    }
    return staying;
  }

  /** The prefix of an event that stays does not change: it stays whole. */
  private int copyEvent(Graph g, int e) {
    int n = add(g.thread[e], g.kind[e], g.cell[e], g.flags[e]);
    value[n] = g.value[e];
    op[n] = g.op[e];
    operand[n] = g.operand[e];
    expected[n] = g.expected[e];
    payload[n] = g.payload[e];
    System.arraycopy(g.clock, e * threads, clock, n * threads, threads);
    return n;
  }

  /** {@return this graph as it is now, for who keeps it while this one grows on} */
  Graph copy() {
    return without(new boolean[size]);
  }

  /** {@return a copy without the events marked, what follows any of which is marked too} */
  Graph without(boolean[] deleted) {
    Graph copy = new Graph(threads, initial);
    copy.copyOf(this, deleted, new int[size]);
    return copy;
  }

  private static int renamed(int e, int[] renamed) {
    return e < 0 ? e : renamed[e];
  }

  private void grow() {
    int n = 2 * kind.length;
    kind = Arrays.copyOf(kind, n);
    thread = Arrays.copyOf(thread, n);
    index = Arrays.copyOf(index, n);
    cell = Arrays.copyOf(cell, n);
    value = Arrays.copyOf(value, n);
    rf = Arrays.copyOf(rf, n);
    prevRf = Arrays.copyOf(prevRf, n);
    coPos = Arrays.copyOf(coPos, n);
    cut = Arrays.copyOf(cut, n);
    op = Arrays.copyOf(op, n);
    operand = Arrays.copyOf(operand, n);
    expected = Arrays.copyOf(expected, n);
    flags = Arrays.copyOf(flags, n);
    payload = Arrays.copyOf(payload, n);
    taker = Arrays.copyOf(taker, n);
    clock = Arrays.copyOf(clock, n * threads);
  }
}
