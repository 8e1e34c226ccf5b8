package dev.lazymm.cat;

import java.util.HashMap;
import java.util.Map;

/** The base sets and relations of a candidate whose bounds may close in. Owned by one judge. */
final class Bases {
  private final Structure structure;
  private final int n;
  private final Map<String, Bounds<Relation>> relations = new HashMap<>();
  private final Map<String, Bounds<EventSet>> sets = new HashMap<>();

  Bases(Structure structure) {
    this.structure = structure;
    this.n = structure.size();
  }

  int size() {
    return n;
  }

  void set(String name, Bounds<Relation> bounds) {
    relations.put(name, bounds);
  }

  void setSet(String name, Bounds<EventSet> bounds) {
    sets.put(name, bounds);
  }

  /** {@return what is known of a base relation; nothing if nobody brought it} */
  Bounds<Relation> relationBounds(String name) {
    return relations.computeIfAbsent(
        name,
        key -> {
          Relation brought = structure.relation(key);
          return brought == null
              ? new Bounds<>(Relation.empty(n), Relation.full(n))
              : Bounds.exact(brought);
        });
  }

  /** {@return what is known of a base set; nothing if nobody brought it} */
  Bounds<EventSet> setBounds(String name) {
    return sets.computeIfAbsent(
        name,
        key -> {
          EventSet brought = structure.set(key);
          return brought == null
              ? new Bounds<>(EventSet.empty(n), EventSet.all(n))
              : Bounds.exact(brought);
        });
  }

  /**
   * {@return a base relation}
   *
   * @throws IllegalStateException if it is not exact
   */
  Relation relation(String name) {
    return exact(name, relationBounds(name));
  }

  /**
   * {@return a base set}
   *
   * @throws IllegalStateException if it is not exact
   */
  EventSet events(String name) {
    return exact(name, setBounds(name));
  }

  private static <T> T exact(String name, Bounds<T> bounds) {
    if (!bounds.isExact()) {
      throw new IllegalStateException(name + " is not exact yet");
    }
    return bounds.lo();
  }

  EventSet tagged(String tag) {
    return structure.tagged(tag);
  }

  long value(int event) {
    return structure.value(event);
  }
}
