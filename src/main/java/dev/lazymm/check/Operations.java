package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansion;
import dev.lazymm.check.mapped.Expansions;
import dev.lazymm.machine.Rmw;

/**
 * What an event of a graph is to a memory model. The read and the write part of a
 * read-modify-write, and of a lock, are one operation.
 *
 * <p>An IPI is a store by its sender that the taking of the interrupt reads, with the fences that
 * the architecture's mapping has for both. Where source text is judged these are the full barriers
 * of llist_add() and llist_del_all(), through which kernel/smp.c hands over what is to be called.
 * Ghosts are no operations, but for loads of the MMU's root and flushes of the TLB.
 */
final class Operations {
  private static final Rmw[] RMW = Rmw.values();
  private static final int AFTER_SPINLOCK = 3;

  /** What a {@link Kind#FENCE} is, by its number. */
  private static final String[] FENCES = {
    "smp_mb();", "smp_rmb();", "smp_wmb();", "smp_mb__after_spinlock();"
  };

  /** How the kernel's atomics end that return a value, by {@link #order}; the last return none. */
  private static final String[] ORDERS = {"_relaxed", "_acquire", "_release", "", "-"};

  private final Expansions expansions;
  private final Expansion[] loads = new Expansion[3];
  private final Expansion[] stores = new Expansion[3];
  private final Expansion[] fences = new Expansion[FENCES.length];
  private final Expansion[] updates = new Expansion[RMW.length * ORDERS.length * 2];
  private final Expansion await;
  private final Expansion acquiringAwait;
  private final Expansion lock;
  private final Expansion unlock;
  private final Expansion send;
  private final Expansion taken;
  private final Expansion root;
  private final Expansion flush;

  Operations(Expansions expansions) {
    this.expansions = expansions;
    loads[0] = expansions.of("r0 = READ_ONCE(*x);");
    loads[1] = expansions.of("r0 = smp_load_acquire(x);");
    loads[2] = expansions.of("r0 = *x;");
    stores[0] = expansions.of("WRITE_ONCE(*x, 1);");
    stores[1] = expansions.of("smp_store_release(x, 1);");
    stores[2] = expansions.of("*x = 1;");
    for (int i = 0; i < FENCES.length; i++) {
      fences[i] = expansions.of(FENCES[i]);
    }
    await = expansions.branching("r0 = READ_ONCE(*x);");
    acquiringAwait = expansions.branching("r0 = smp_load_acquire(x);");
    lock = expansions.ofLock("spin_lock(x);");
    unlock = expansions.ofLock("spin_unlock(x);");
    send = expansions.of(ipi("ipi-send") + " WRITE_ONCE(*x, 1);");
    taken = expansions.of("r0 = READ_ONCE(*x); " + ipi("ipi-receive"));
    root = fence("load-root");
    flush = fence("flush-tlb");
  }

  private String ipi(String key) {
    return expansions.isSource() ? "smp_mb();" : expansions.fence(key).orElse("");
  }

  private Expansion fence(String key) {
    return expansions.fence(key).map(expansions::of).orElse(Expansion.NOTHING);
  }

  /** {@return what an event is, with the write part that follows it if there is one} */
  Expansion of(Graph g, int e) {
    int flags = g.flags[e];
    return switch (g.kind[e]) {
      case Kind.READ -> loads[plainOr(flags, Graph.ACQUIRE)];
      case Kind.WRITE ->
          (flags & Graph.UNLOCK) != 0 ? unlock : stores[plainOr(flags, Graph.RELEASE)];
      case Kind.AWAIT -> (flags & Graph.ACQUIRE) != 0 ? acquiringAwait : await;
      case Kind.RMW_R -> update(RMW[g.op[e]], order(flags), g.succeeds(e));
      case Kind.LOCK_R -> g.succeeds(e) ? lock : Expansion.NOTHING;
      case Kind.SEND -> send;
      case Kind.POLL -> g.rf[e] == Graph.NONE ? Expansion.NOTHING : taken;
      case Kind.FENCE -> fences[g.op[e] == AFTER_SPINLOCK && !follows(g, e) ? 0 : g.op[e]];
      case Kind.HOLD -> g.op[e] == Explorer.ROOT ? root : Expansion.NOTHING;
      case Kind.FLUSH, Kind.FLUSH_ALL -> flush;
      default -> Expansion.NOTHING;
    };
  }

  /** {@return a load or a store that the graph does not have} */
  Expansion access(boolean writes) {
    return writes ? stores[0] : loads[0];
  }

  /**
   * Whether a thread has taken a lock that others may hold before a fence. A lock of its own makes
   * no events, and a fence after it is a full one all the same.
   */
  private static boolean follows(Graph g, int fence) {
    int t = g.thread[fence];
    for (int i = g.index[fence] - 1; i >= 0; i--) {
      if (g.kind[g.po[t][i]] == Kind.LOCK_R) {
        return true;
      }
    }
    return false;
  }

  private static int plainOr(int flags, int ordered) {
    return (flags & Graph.PLAIN) != 0 ? 2 : (flags & ordered) != 0 ? 1 : 0;
  }

  private static int order(int flags) {
    int ordered = flags & (Graph.ACQUIRE | Graph.RELEASE);
    if (ordered == 0) {
      return (flags & Graph.NO_RETURN) != 0 ? 4 : 0;
    }
    return ordered == Graph.ACQUIRE ? 1 : ordered == Graph.RELEASE ? 2 : 3;
  }

  @SuppressWarnings("EnumOrdinal") // a place in a table
  private Expansion update(Rmw op, int order, boolean succeeds) {
    int at = (op.ordinal() * ORDERS.length + order) * 2 + (succeeds ? 1 : 0);
    Expansion known = updates[at];
    if (known == null) {
      known = expansions.ofUpdate(statement(op, order), succeeds);
      updates[at] = known;
    }
    return known;
  }

  private static String statement(Rmw op, int order) {
    boolean returns = order < ORDERS.length - 1;
    String suffix = returns ? ORDERS[order] : ORDERS[0];
    return switch (op) {
      case ADD -> returns ? fetch("add", suffix) : "atomic_add(1, x);";
      case OR -> returns ? fetch("or", suffix) : "atomic_or(1, x);";
      case AND -> returns ? fetch("and", suffix) : "atomic_and(1, x);";
      case XCHG -> "r0 = atomic_xchg" + suffix + "(x, 1);";
      case CMPXCHG -> "r0 = atomic_cmpxchg" + suffix + "(x, 0, 1);";
      case ADD_UNLESS ->
          suffix.isEmpty()
              ? "r0 = atomic_add_unless(x, 1, 0);"
              : "r0 = atomic_cmpxchg" + suffix + "(x, 0, 1);"; // it loops over that
    };
  }

  private static String fetch(String op, String suffix) {
    return "r0 = atomic_fetch_" + op + suffix + "(1, x);";
  }
}
