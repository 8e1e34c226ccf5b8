package dev.lazymm.cat;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Which name did the user mean? */
final class Spelling {
  private Spelling() {}

  /** {@return the nearest of some names, or null if none is near} */
  static @Nullable String nearest(String wrong, Collection<String> names) {
    int far = Math.max(1, wrong.length() / 3);
    return names.stream()
        .distinct()
        .filter(name -> distance(wrong, name) <= far)
        .min(Comparator.<String>comparingInt(name -> distance(wrong, name)).thenComparing(n -> n))
        .orElse(null);
  }

  /** How many letters must be changed, added or taken away; case counts half, rounded down. */
  private static int distance(String a, String b) {
    if (a.equalsIgnoreCase(b)) {
      return 0;
    }
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
