package dev.lazymm.check;

/** What an event of an execution graph is; small integers because they lie in arrays. */
final class Kind {
  static final int READ = 0;

  /** The read part of a read-modify-write; its write part is the next event if it succeeds. */
  static final int RMW_R = 1;

  /** The one read of an await; blocked if its value does not satisfy. */
  static final int AWAIT = 2;

  /** The read part of a lock; blocked if its value is not 0. */
  static final int LOCK_R = 3;

  static final int WRITE = 4;
  static final int RMW_W = 5;
  static final int SEND = 6;

  /** An interruptible point: reads nothing, or one SEND to its CPU. */
  static final int POLL = 7;

  static final int FENCE = 8;
  // Ghosts: no value, no coherence, no branching.
  static final int HOLD = 9;
  static final int RELEASE = 10;

  /** A flush of the current tag: of one range, or of all (-1). */
  static final int FLUSH = 11;

  static final int FLUSH_ALL = 12;
  static final int ALLOC = 13;
  static final int FREE = 14;
  static final int USER = 15;
  static final int WARN = 16;
  static final int UNLINK = 17;

  /** Leaf entries of a range have changed. */
  static final int PTE = 18;

  /** The flush for such a change has returned. */
  static final int FLUSHED = 19;

  /** The kernel says what it caches under a tag, and how fresh that is. */
  static final int SLOT = 20;

  /** What follows depends on an earlier read of the thread; see {@link Kept}. */
  static final int DEPENDS = 21;

  /** User code has come to a load whose value it reads later; see {@link UserLoads}. */
  static final int LOAD = 22;

  /**
   * An atomic add whose result nobody is given, and that is not ordered with others of its cell: a
   * write without a read part. Its value is what it adds. See {@link Cuts}.
   */
  static final int ADD = 23;

  /** The core serializes: what it fetches later is fetched after this. */
  static final int SYNC_CORE = 24;

  /** The restartable sequence that user code is in, if any, begins again. */
  static final int RSEQ_PREEMPT = 25;

  private static final String[] NAMES = {
    "read",
    "rmw-read",
    "await",
    "lock",
    "write",
    "rmw-write",
    "send",
    "poll",
    "fence",
    "hold",
    "release",
    "flush",
    "flush-all",
    "alloc",
    "free",
    "user",
    "warn",
    "unlink",
    "pte",
    "flushed",
    "slot",
    "depends",
    "load",
    "add",
    "sync-core",
    "rseq-preempt"
  };

  private Kind() {}

  /** {@return whether events of this kind read a cell} */
  static boolean isRead(int kind) {
    return kind <= LOCK_R;
  }

  /** {@return whether events of this kind write a cell} */
  static boolean isWrite(int kind) {
    return kind == WRITE || kind == RMW_W || kind == ADD;
  }

  /** {@return whether events of this kind read or write a cell} */
  static boolean isAccess(int kind) {
    return isRead(kind) || isWrite(kind);
  }

  /** {@return a name for messages} */
  static String name(int kind) {
    return NAMES[kind];
  }
}
