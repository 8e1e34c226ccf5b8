package dev.lazymm.check;

import dev.lazymm.check.RandomPrograms.Feature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Holds the explorer to brute force on as many random programs as one likes, in two thread orders,
 * and makes the first program that differs, or leaves a graph that ends in vain, small. By hand,
 * with the test classes on the class path:
 *
 * <pre>
 * java -cp target/classes:target/test-classes dev.lazymm.check.Differential RMW+AWAIT 0 5000 [vain]
 * </pre>
 *
 * The arguments are the features, {@code -} for none, and the seeds from and to; {@code vain} looks
 * for graphs that end in vain, too.
 */
final class Differential {
  private static final long BUDGET = 20_000;

  private final Set<Feature> features;
  private final boolean vainToo;
  private long executions;
  private long vain;
  private int skipped;

  private Differential(Set<Feature> features, boolean vainToo) {
    this.features = features;
    this.vainToo = vainToo;
  }

  /** See the class comment. */
  public static void main(String[] args) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (String name : args[0].split("\\+", -1)) {
      if (!name.equals("-")) {
        features.add(Feature.valueOf(name.toUpperCase(Locale.ROOT)));
      }
    }
    boolean vainToo = args.length > 3 && args[3].equals("vain");
    Differential all = new Differential(features, vainToo);
    System.out.println(all.compare(Long.parseLong(args[1]), Long.parseLong(args[2])));
  }

  private String compare(long from, long to) {
    for (long seed = from; seed < to; seed++) {
      SmallProgram small = RandomPrograms.draw(features, seed);
      int n = small.threads().size();
      for (int[] order :
          List.of(IntStream.range(0, n).toArray(), Exploration.shuffled(n, new Random(seed)))) {
        if (isBad(small, order)) {
          SmallProgram least = shrunk(small, p -> isBad(p, order));
          return "seed %d, in the order %s:%n%s%s"
              .formatted(seed, Arrays.toString(order), least, differences(least, order));
        }
      }
    }
    return "%d programs agree; %d executions, %d graphs in vain, %d programs too large"
        .formatted(to - from, executions, vain, skipped);
  }

  private boolean isBad(SmallProgram small, int... order) {
    return !differences(small, order).isEmpty();
  }

  private List<String> differences(SmallProgram small, int... order) {
    Optional<Interleavings.Outcome> outcome =
        Interleavings.of(small, Interleavings.Memo.FINGERPRINT, BUDGET);
    if (outcome.isEmpty()) {
      skipped++;
      return List.of();
    }
    Exploration found = Exploration.of(small.toProgram(), order);
    executions += found.executions();
    vain += found.vain();
    List<String> all = new ArrayList<>(found.differencesFrom(outcome.get()));
    if (vainToo && found.vain() > 0) {
      all.add(found.vain() + " graphs end in vain");
    }
    return all;
  }

  /** {@return a program that is still bad, and is not when any operation is left out} */
  private static SmallProgram shrunk(SmallProgram bad, Predicate<SmallProgram> isBad) {
    for (SmallProgram less : smaller(bad)) {
      if (isWellFormed(less) && isBad.test(less)) {
        return shrunk(less, isBad);
      }
    }
    return bad;
  }

  /** Every program with one operation less, or with a pair of operations less. */
  private static List<SmallProgram> smaller(SmallProgram program) {
    int cpus = program.threads().size();
    List<List<Op>> all = new ArrayList<>(program.threads());
    all.addAll(program.handlers());
    List<SmallProgram> less = new ArrayList<>();
    for (int t = 0; t < all.size(); t++) {
      List<Op> ops = all.get(t);
      for (int i = 0; i < ops.size(); i++) {
        for (int j = i; j < ops.size(); j++) {
          List<Op> rest = new ArrayList<>(ops);
          rest.remove(j);
          if (j > i) {
            rest.remove(i);
          }
          List<List<Op>> with = new ArrayList<>(all);
          with.set(t, rest);
          less.add(new SmallProgram(with.subList(0, cpus), with.subList(cpus, with.size())));
        }
      }
    }
    return less;
  }

  /** Locks nest, and nobody waits for a handler with interrupts off. */
  private static boolean isWellFormed(SmallProgram program) {
    for (List<Op> ops : program.threads()) {
      Deque<Integer> held = new ArrayDeque<>();
      boolean on = true;
      for (Op op : ops) {
        boolean good =
            switch (op) {
              case Op.LockOp lock -> !held.contains(lock.l()) && held.offerFirst(lock.l());
              case Op.UnlockOp unlock -> !held.isEmpty() && held.pop() == unlock.l();
              case Op.Send send -> on || !send.waits();
              default -> true;
            };
        if (!good) {
          return false;
        }
        on = op instanceof Op.IrqOn || (on && !(op instanceof Op.IrqOff));
      }
      if (!held.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
