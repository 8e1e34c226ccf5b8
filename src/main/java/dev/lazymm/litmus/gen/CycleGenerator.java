package dev.lazymm.litmus.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws litmus tests in C whose condition is a cycle, as diy does (Alglave, Maranget, Sarkar,
 * Sewell: Fences in weak memory models, CAV 2010): from each thread's last access an edge leads to
 * the next thread's first, on a location of their own; inside a thread something orders the two, or
 * does not. Whether the cycle can be seen is for models to say.
 *
 * <p>The n-th test of a seed is always the same.
 */
public final class CycleGenerator {
  private static final int MOST_THREADS = 4;

  /** How an access of one thread is tied to one of the next. */
  private enum Edge {
    /** It writes what the next reads. */
    RF(true, false),
    /** It reads what the next overwrites. */
    FR(false, true),
    /** It writes what the next overwrites. */
    CO(true, true);

    final boolean fromWrites;
    final boolean toWrites;

    Edge(boolean fromWrites, boolean toWrites) {
      this.fromWrites = fromWrites;
      this.toWrites = toWrites;
    }
  }

  /** An access as it is written. */
  private record Access(boolean writes, String location, int value, String register) {}

  private final long seed;

  public CycleGenerator(long seed) {
    this.seed = seed;
  }

  /** {@return the text of the n-th test} */
  public String test(int n) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + n);
    int threads = random.nextInt(2, MOST_THREADS + 1);
    List<Edge> edges = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      edges.add(pick(random, Edge.values()));
    }
    List<String> condition = new ArrayList<>();
    StringBuilder bodies = new StringBuilder();
    for (int t = 0; t < threads; t++) {
      int before = (t + threads - 1) % threads;
      Edge in = edges.get(before);
      Edge out = edges.get(t);
      Access first = new Access(in.toWrites, "x" + before, in == Edge.CO ? 2 : 1, "r1");
      Access last = new Access(out.fromWrites, "x" + t, 1, "r2");
      if (!first.writes) {
        condition.add(t + ":r1=1");
      }
      if (!last.writes) {
        condition.add(t + ":r2=0");
      }
      if (in == Edge.CO) {
        condition.add("x" + before + "=2");
      }
      bodies.append(thread(random, t, first, last));
    }
    return "C generated-%d-%d%n%n{}%n%s%nexists (%s)%n"
        .formatted(seed, n, bodies, String.join(" /\\ ", condition));
  }

  private static String thread(SplittableRandom random, int t, Access first, Access last) {
    List<String> lines = new ArrayList<>();
    boolean same = first.location.equals(last.location);
    switch (random.nextInt(16)) {
      case 0 -> between(lines, random, first, last, "smp_mb();");
      case 1 -> between(lines, random, first, last, "smp_wmb();");
      case 2 -> between(lines, random, first, last, "smp_rmb();");
      case 3 -> between(lines, random, first, last, "synchronize_rcu();");
      case 4 -> {
        lines.add("rcu_read_lock();");
        between(lines, random, first, last);
        lines.add("rcu_read_unlock();");
      }
      case 5 -> {
        lines.add(acquire(first));
        lines.add(access(random, last));
      }
      case 6 -> {
        lines.add(access(random, first));
        lines.add(release(last));
      }
      case 7 -> dependent(lines, random, first, last);
      case 8 -> {
        lines.add("spin_lock(l);");
        between(lines, random, first, last);
        lines.add("spin_unlock(l);");
      }
      case 9 -> {
        lines.add("spin_lock(l);");
        lines.add(access(random, first));
        lines.add("spin_unlock(l);");
        lines.add("spin_lock(l);");
        if (random.nextBoolean()) {
          lines.add("smp_mb__after_unlock_lock();");
        }
        lines.add(access(random, last));
        lines.add("spin_unlock(l);");
      }
      case 10 -> between(lines, random, first, last, "r3 = xchg(m, 1);");
      case 11 -> between(lines, random, first, last, "smp_mb__before_atomic();", "atomic_inc(m);");
      case 12 -> between(lines, random, first, last, "atomic_inc(m);", "smp_mb__after_atomic();");
      case 13 -> {
        lines.add("r4 = srcu_read_lock(s);");
        between(lines, random, first, last);
        lines.add("srcu_read_unlock(s, r4);");
      }
      case 14 -> between(lines, random, first, last, "synchronize_srcu(s);");
      default -> between(lines, random, first, last);
    }
    String parameters =
        (same ? "int *" + first.location : "int *" + first.location + ", int *" + last.location)
            + ", int *m, spinlock_t *l, struct srcu_struct *s";
    return "%nP%d(%s)%n{%n\t%s%n}%n".formatted(t, parameters, String.join("\n\t", lines));
  }

  private static void between(
      List<String> lines, SplittableRandom random, Access first, Access last, String... middle) {
    lines.add(access(random, first));
    lines.addAll(List.of(middle));
    lines.add(access(random, last));
  }

  private static void dependent(
      List<String> lines, SplittableRandom random, Access first, Access last) {
    if (first.writes) {
      between(lines, random, first, last);
      return;
    }
    lines.add(access(random, first));
    if (last.writes && random.nextBoolean()) {
      lines.add(access(random, last, last.value + " + r1 * 0"));
    } else if (last.writes) {
      lines.add("if (r1 == 1) {");
      lines.add("\t" + access(random, last));
      lines.add("}");
    } else {
      lines.add("r5 = r1 * 0;");
      lines.add("r6 = %s + r5;".formatted(last.location));
      lines.add("r2 = READ_ONCE(*r6);");
    }
  }

  private static String acquire(Access access) {
    return access.writes
        ? "r3 = xchg_acquire(%s, %d);".formatted(access.location, access.value)
        : "%s = smp_load_acquire(%s);".formatted(access.register, access.location);
  }

  private static String release(Access access) {
    return access.writes
        ? "smp_store_release(%s, %d);".formatted(access.location, access.value)
        : "%s = atomic_add_return_release(0, %s);".formatted(access.register, access.location);
  }

  private static String access(SplittableRandom random, Access access) {
    return access(random, access, Integer.toString(access.value));
  }

  /** Mostly marked, now and then plain or atomic. */
  private static String access(SplittableRandom random, Access access, String written) {
    int how = random.nextInt(12);
    if (access.writes) {
      return switch (how) {
        case 0 -> "*%s = %s;".formatted(access.location, written);
        case 1 -> "r7 = xchg_relaxed(%s, %s);".formatted(access.location, written);
        default -> "WRITE_ONCE(*%s, %s);".formatted(access.location, written);
      };
    }
    return switch (how) {
      case 0 -> "%s = *%s;".formatted(access.register, access.location);
      case 1 ->
          "%s = atomic_add_return_relaxed(0, %s);".formatted(access.register, access.location);
      default -> "%s = READ_ONCE(*%s);".formatted(access.register, access.location);
    };
  }

  private static <T> T pick(SplittableRandom random, T[] from) {
    return from[random.nextInt(from.length)];
  }
}
