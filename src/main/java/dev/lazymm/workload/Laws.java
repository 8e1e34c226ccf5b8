package dev.lazymm.workload;

import java.util.Comparator;
import java.util.List;

/**
 * The names of all that can be reported broken, whatever machine it was on: invariants, what
 * befalls code, and a scenario's own conditions. A machine that looks at fewer of them has the same
 * names.
 */
public final class Laws {
  /** The gravest first. */
  public static final List<String> NAMES =
      List.of(
          "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I7'", "I8", "I9", "I10", "I11", "I12", "UAF",
          "RACE", "OOPS", "HANG", "WARN", "I1+", "never", "always", "exists");

  /** The gravest first. */
  public static final Comparator<String> GRAVEST_FIRST = Comparator.comparingInt(Laws::rank);

  private Laws() {}

  /**
   * {@return the place of a name among them}
   *
   * @throws IllegalArgumentException if there is no such name
   */
  static int rank(String name) {
    int rank = NAMES.indexOf(name);
    if (rank < 0) {
      throw new IllegalArgumentException("no law is called " + name);
    }
    return rank;
  }
}
