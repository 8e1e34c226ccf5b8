package dev.lazymm.live;

import java.util.ArrayList;
import java.util.List;

/** What one CPU saw go wrong in a round, each kind once. Owned by the CPU's thread. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(String name, String what) {
    add(new Finding(name, what));
  }

  void add(Finding finding) {
    if (all.stream().noneMatch(f -> f.name().equals(finding.name()))) {
      all.add(finding);
    }
  }

  void clear() {
    all.clear();
  }

  List<Finding> all() {
    return all;
  }
}
