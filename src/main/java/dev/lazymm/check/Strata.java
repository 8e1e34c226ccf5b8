package dev.lazymm.check;

import dev.lazymm.check.Frame.Choice;
import dev.lazymm.check.Population.Heir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws some of a generation of graphs (Chen, Heuristic sampling: a method for predicting the
 * performance of tree searching programs, 1992): graphs that are alike are a stratum, each stratum
 * has room for as many as any other, and within it a graph is drawn the more likely the more it
 * stands for.
 *
 * <p>Alike are graphs with as many events that are not as they are added by default. A revisit
 * needs everything that it deletes to be so ({@link Maximality}): the one graph of a generation in
 * which all of it is may lead to more than all the others, and would hardly ever be drawn among
 * them.
 */
final class Strata {
  /** How many there are. */
  static final int NUMBER = 4;

  private Strata() {}

  /** {@return the stratum of a graph of a stratum in which a choice of some kind is done} */
  static int after(int stratum, int kind) {
    return switch (kind) {
      case Choice.READ_FROM, Choice.SLOT, Choice.TAKE, Choice.DECLINE ->
          Math.min(NUMBER - 1, stratum + 1);
      case Choice.REVISIT -> 0;
      default -> stratum;
    };
  }

  /**
   * {@return some of a generation, in their order; each stands for as much as it may have been
   * drawn instead of}
   *
   * @param room how many at most, at least {@link #NUMBER}
   */
  static List<Heir> draw(List<Heir> generation, int room, RandomGenerator random) {
    double[] share = shares(generation, room);
    double[] sum = new double[NUMBER];
    Arrays.setAll(sum, s -> random.nextDouble());
    List<Heir> drawn = new ArrayList<>();
    for (Heir heir : generation) {
      int s = heir.stratum();
      if (heir.weight() >= share[s]) {
        drawn.add(heir);
      } else {
        double before = Math.floor(sum[s]);
        sum[s] += heir.weight() / share[s];
        if (Math.floor(sum[s]) > before) {
          drawn.add(heir.standingFor(share[s]));
        }
      }
    }
    return drawn;
  }

  /** For each stratum, what those of it that stand for less are to stand for if they are drawn. */
  private static double[] shares(List<Heir> generation, int room) {
    double[][] weights = new double[NUMBER][];
    for (int s = 0; s < NUMBER; s++) {
      int stratum = s;
      weights[s] =
          generation.stream()
              .filter(h -> h.stratum() == stratum)
              .mapToDouble(Heir::weight)
              .sorted()
              .toArray();
    }
    int[] rooms = rooms(Arrays.stream(weights).mapToInt(w -> w.length).toArray(), room);
    double[] shares = new double[NUMBER];
    Arrays.setAll(shares, s -> share(weights[s], rooms[s]));
    return shares;
  }

  /** The same room for each; what one does not need is shared by the others. */
  private static int[] rooms(int[] sizes, int room) {
    List<Integer> smallestFirst =
        IntStream.range(0, NUMBER).boxed().sorted(Comparator.comparingInt(s -> sizes[s])).toList();
    int[] rooms = new int[NUMBER];
    int left = room;
    int others = NUMBER;
    for (int s : smallestFirst) {
      rooms[s] = Math.min(sizes[s], left / others);
      left -= rooms[s];
      others--;
    }
    return rooms;
  }

  /**
   * What is left when those that stand for more than their share are kept as they are, shared among
   * the others that there is room for; 0 if there is room for all.
   */
  private static double share(double[] ascending, int room) {
    if (ascending.length <= room) {
      return 0;
    }
    double sum = Arrays.stream(ascending).sum();
    int heavy = 0;
    double heaviest = ascending[ascending.length - 1];
    while (heaviest * (room - heavy) >= sum) {
      sum -= heaviest;
      heavy++;
      heaviest = ascending[ascending.length - 1 - heavy];
    }
    return sum / (room - heavy);
  }
}
