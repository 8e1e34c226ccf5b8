package dev.lazymm.litmus;

import java.util.Collection;
import java.util.Comparator;

/** A guess at which name was meant by one that does not exist. */
public final class Spelling {
  private Spelling() {}

  /** {@return "; did you mean ...?", or nothing if no name is near} */
  public static String hint(String wrong, Collection<String> names) {
    int most = wrong.length() < 3 ? 0 : Math.max(1, wrong.length() / 4);
    return names.stream()
        .filter(name -> Math.abs(name.length() - wrong.length()) <= most)
        .filter(name -> distance(wrong, name) <= most)
        .min(Comparator.<String>comparingInt(n -> distance(wrong, n)).thenComparing(n -> n))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** {@return how many letters are to be changed, left out or put in} */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
