package dev.lazymm.litmus.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws litmus tests in C whose condition is a cycle, as diy does (Alglave, Maranget, Sarkar,
 * Sewell: Fences in weak memory models, CAV 2010): from each thread's last access an edge leads to
 * the next thread's first, on a location of their own; inside a thread something orders the two, or
 * does not, or they are one. Whether the cycle can be seen is for models to say.
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

  private final long seed;

  public CycleGenerator(long seed) {
    this.seed = seed;
  }

  /** {@return the text of the n-th test} */
  public String test(int n) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + n);
    int threads =
        Math.min(random.nextInt(2, MOST_THREADS + 1), random.nextInt(2, MOST_THREADS + 2));
    List<Edge> edges = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      edges.add(pick(random, Edge.values()));
    }
    List<String> condition = new ArrayList<>();
    List<Access> firsts = new ArrayList<>();
    List<@Nullable Access> lasts = new ArrayList<>();
    accesses(random, edges, firsts, lasts, condition);
    Threads drawn = new Threads(random);
    StringBuilder bodies = new StringBuilder();
    for (int t = 0; t < threads; t++) {
      bodies.append(drawn.thread(t, firsts.get(t), lasts.get(t)));
    }
    return "C generated-%d-%d%n%n{}%n%s%nexists (%s)%n"
        .formatted(seed, n, bodies, String.join(" /\\ ", condition));
  }

  /**
   * Draws the accesses. Edges that meet in a thread's only access, which then has no last, are on
   * one location, where the writes along them count up.
   */
  private static void accesses(
      SplittableRandom random,
      List<Edge> edges,
      List<Access> firsts,
      List<@Nullable Access> lasts,
      List<String> condition) {
    int threads = edges.size();
    String location = "x0";
    int value = 0;
    List<Access> ends = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Edge out = edges.get(t);
      // Thread 0 always has two accesses, so that the last edge ends in its first.
      boolean single =
          t > 0 && edges.get(t - 1).toWrites == out.fromWrites && random.nextInt(5) == 0;
      if (!single) {
        location = "x" + t;
        value = out.fromWrites ? 1 : 0;
      }
      lasts.add(single ? null : new Access(out.fromWrites, location, value, "r2"));
      if (!single && !out.fromWrites) {
        condition.add(t + ":r2=0");
      }
      if (out.toWrites) {
        value++;
      }
      if (!out.toWrites) {
        condition.add((t + 1) % threads + ":r1=" + value);
      }
      if (out == Edge.CO) {
        condition.remove(location + "=" + (value - 1));
        condition.add(location + "=" + value);
      }
      ends.add(new Access(out.toWrites, location, value, "r1"));
    }
    firsts.add(ends.getLast());
    firsts.addAll(ends.subList(0, threads - 1));
  }

  private static <T> T pick(SplittableRandom random, T[] from) {
    return from[random.nextInt(from.length)];
  }
}
