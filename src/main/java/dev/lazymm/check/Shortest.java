package dev.lazymm.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Of each thing that is broken, the execution that shows it best so far: one in which another CPU
 * does the harm goes before one in which none does, then fewer events before the harm, then what
 * one explorer comes to first. Most are improved on, so what is kept is how to come to the graph
 * ({@link Explorer#path}); a {@link Witness} is made of the last one only.
 */
final class Shortest {
  /**
   * An execution that shows it.
   *
   * @param cross whether another CPU does the harm
   * @param size how many events there are before the harm
   * @param path how to come to the graph
   */
  record Best(boolean cross, int size, List<Level> path) {
    /** {@return whether a finding in some execution is this one} */
    boolean is(Finding finding, Execution x) {
      return cross == finding.cross() && size == sizeOf(finding, x);
    }
  }

  private final Map<String, Best> broken = new TreeMap<>();

  boolean isEmpty() {
    return broken.isEmpty();
  }

  /** {@return the best of an invariant; null if it is not broken} */
  @Nullable Best best(String invariant) {
    return broken.get(invariant);
  }

  /** Notes that the execution being explored breaks something. */
  void note(String invariant, Finding finding, Execution x, Explorer explorer) {
    Best old = broken.get(invariant);
    if (old == null || finding.cross() || !old.cross()) {
      int size = sizeOf(finding, x);
      if (isBetter(finding.cross(), size, old)) {
        broken.put(invariant, new Best(finding.cross(), size, explorer.path()));
      }
    }
  }

  private static int sizeOf(Finding finding, Execution x) {
    return IntStream.of(WitnessMaker.needed(x, finding)).sum();
  }

  private static boolean isBetter(boolean cross, int size, @Nullable Best old) {
    return old == null || (cross && !old.cross()) || (cross == old.cross() && size < old.size());
  }

  /** Adds what was found after. */
  void append(Shortest later) {
    later.broken.forEach((invariant, best) -> {
      if (isBetter(best.cross(), best.size(), broken.get(invariant))) {
        broken.put(invariant, best);
      }
    });
  }

  /** {@return this as lines} */
  List<String> save() {
    List<String> lines = new ArrayList<>();
    broken.forEach((invariant, best) ->
        lines.add(
            "%s %s %d %s"
                .formatted(invariant, best.cross(), best.size(), Saved.levels(best.path()))));
    return lines;
  }

  /** Adds a line of {@link #save}. */
  void load(String line) {
    String[] words = line.split(" ", 4);
    broken.put(
        words[0],
        new Best(
            Boolean.parseBoolean(words[1]), Integer.parseInt(words[2]), Saved.levels(words[3])));
  }
}
