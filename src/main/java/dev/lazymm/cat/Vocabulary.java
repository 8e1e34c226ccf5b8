package dev.lazymm.cat;

import java.util.Set;
import java.util.TreeSet;

/**
 * The names that an architecture gives to every model; all others are unbound, which {@code try}
 * can tell.
 *
 * @param sets names of base sets
 * @param relations names of base relations; {@code id} need not be among them
 */
public record Vocabulary(Set<String> sets, Set<String> relations) {
  private static final Set<String> COMMON_SETS = Set.of("M", "R", "W", "F", "IW", "FW", "B");
  private static final Set<String> COMMON_RELATIONS =
      Set.of("int", "ext", "loc", "po", "rf", "rmw", "amo", "addr", "data", "ctrl", "sm");

  public Vocabulary {
    sets = Set.copyOf(sets);
    relations = Set.copyOf(relations);
  }

  /** {@return what every architecture has} */
  public static Vocabulary common() {
    return new Vocabulary(COMMON_SETS, COMMON_RELATIONS);
  }

  /** {@return what tests in C have, besides the tags of a bell file} */
  public static Vocabulary c() {
    return common().andSets("RMW", "LKR", "LKW", "UL", "LF", "RL", "RU");
  }

  /** {@return what tests in C11 have: sets of what is given an order, and which one} */
  public static Vocabulary c11() {
    return c().andSets("RLX", "CON", "ACQ", "REL", "ACQ_REL", "SC", "A", "NA");
  }

  /** {@return this and more sets} */
  public Vocabulary andSets(String... names) {
    Set<String> all = new TreeSet<>(sets);
    all.addAll(Set.of(names));
    return new Vocabulary(all, relations);
  }

  /** {@return this and more relations} */
  public Vocabulary andRelations(String... names) {
    Set<String> all = new TreeSet<>(relations);
    all.addAll(Set.of(names));
    return new Vocabulary(sets, all);
  }
}
