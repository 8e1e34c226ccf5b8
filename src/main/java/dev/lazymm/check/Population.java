package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many executions a program has, estimated by growing many graphs side by side (stochastic
 * enumeration: Rubinstein, Stochastic enumeration method for counting NP-hard problems, 2013). Each
 * grows up to the next event that has choices. All choices of all graphs, the default ones among
 * them, are the next generation; if there are more than there is room for, some are drawn, and each
 * of these from then on stands for several ({@link Strata}). An execution that is met counts for as
 * many as it stands for. Whatever is drawn, the mean over all draws is the number of executions; if
 * nothing had to be drawn it is that number.
 *
 * <p>One graph at a time is Knuth's estimate (Estimating the efficiency of backtrack programs,
 * 1975). It is of little use here, as many choices come to nothing and a few lead to nearly all.
 * Side by side the former die out and the latter multiply.
 *
 * <p>Owned by one thread.
 */
final class Population {
  /**
   * One of a generation.
   *
   * @param frame a graph
   * @param choice what is to be done in it; null if it grows on as it is
   * @param weight how many such it stands for
   * @param stratum in how many places its graph is not what is added by default, since the latest
   *     revisit; counted no further than the last stratum
   */
  record Heir(Frame frame, @Nullable Choice choice, double weight, int stratum) {
    /** {@return this, standing for so many} */
    Heir standingFor(double many) {
      return new Heir(frame, choice, many, stratum);
    }

    /** {@return the stratum of what the choice leads to} */
    int next() {
      Choice c = choice;
      return c == null ? stratum : Strata.after(stratum, c.kind());
    }
  }

  private final Explorer explorer;
  private final RandomGenerator random;
  private final long bytes;
  private final BooleanSupplier isOver;
  private List<Heir> heirs = new ArrayList<>();
  private long largest = 1;
  private double met;
  private boolean exact;
  private long steps;

  /**
   * @param explorer one that nobody else uses, and that has begun
   * @param random what is drawn from
   * @param bytes about how much memory the graphs may take
   * @param isOver when to give up
   */
  Population(Explorer explorer, RandomGenerator random, long bytes, BooleanSupplier isOver) {
    this.explorer = explorer;
    this.random = random;
    this.bytes = bytes;
    this.isOver = isOver;
  }

  /** {@return how often a graph was let grow} */
  long steps() {
    return steps;
  }

  /** {@return whether nothing had to be drawn for the latest count} */
  boolean isExact() {
    return exact;
  }

  /**
   * {@return how many executions there are, by one draw; empty if it was given up}
   *
   * @param room how many of a generation there may be, at least {@link Strata#NUMBER}
   */
  OptionalDouble count(int room) {
    met = 0;
    exact = true;
    heirs = new ArrayList<>();
    heirs.add(new Heir(explorer.first(), Choice.ALL, 1, 0));
    while (!heirs.isEmpty()) {
      List<Heir> generation = heirs;
      int fits = Math.clamp(bytes / largest, Strata.NUMBER, room);
      if (generation.size() > fits) {
        exact = false;
        generation = Strata.draw(generation, fits, random);
      }
      heirs = new ArrayList<>();
      for (int i = 0; i < generation.size(); i++) {
        if (isOver.getAsBoolean()) {
          return OptionalDouble.empty();
        }
        Heir heir = generation.get(i);
        boolean last = i + 1 == generation.size() || generation.get(i + 1).frame() != heir.frame();
        grow(heir, last ? heir.frame() : explorer.copy(heir.frame()));
      }
    }
    return OptionalDouble.of(met);
  }

  /** Does what one of a generation is to do, in its graph or a copy, up to the next choices. */
  private void grow(Heir heir, Frame frame) {
    Choice choice = heir.choice();
    Frame at = choice == null ? frame : explorer.take(frame, choice);
    if (at != frame && !frame.hasChoices()) {
      explorer.recycle(frame);
    }
    if (at == null) {
      addChoices(frame, heir.weight(), heir.next());
      return;
    }
    boolean grows = true;
    while (grows && !at.hasChoices()) {
      grows = explorer.grow(at);
      steps++;
    }
    largest = Math.max(largest, at.graph.bytes());
    if (!grows && explorer.isExecution(at)) {
      met += heir.weight();
    }
    addChoices(at, heir.weight(), heir.next());
    if (grows) {
      heirs.add(new Heir(at, null, heir.weight(), heir.next()));
    }
  }

  private void addChoices(Frame frame, double weight, int stratum) {
    while (frame.hasChoices()) {
      heirs.add(new Heir(frame, frame.pop(), weight, stratum));
    }
  }
}
