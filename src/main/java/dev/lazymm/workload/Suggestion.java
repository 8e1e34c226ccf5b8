package dev.lazymm.workload;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word was meant. */
public final class Suggestion {
  private Suggestion() {}

  /** {@return the candidate nearest to {@code word}, if it is near enough to be meant} */
  public static Optional<String> near(String word, Collection<String> candidates) {
    return candidates.stream()
        .min(Comparator.<String>comparingInt(c -> distance(word, c)).thenComparing(c -> c))
        .filter(c -> distance(word, c) <= Math.max(1, Math.min(word.length(), c.length()) / 2));
  }

  /** {@return how many letters to insert, remove, change or swap with their neighbour} */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
