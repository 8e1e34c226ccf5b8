package dev.lazymm.cli;

import dev.lazymm.design.OwnDesign;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Finds lifetime designs as the command line names them: by name, or by their Java file. */
final class DesignChoice {
  private DesignChoice() {}

  /** {@return the design of this name, or in this file; {@code +conditional} names membarrier's} */
  static Designs.Entry one(String spelled) {
    int at = spelled.lastIndexOf(Membarriers.SEPARATOR);
    String behind = spelled.substring(at + 1);
    if (at < 0 || behind.endsWith(".java") || behind.contains("/")) { // a file may have one, too
      return lifetime(spelled);
    }
    return lifetime(spelled.substring(0, at)).with(membarriers(List.of(behind)).getFirst());
  }

  private static Designs.Entry lifetime(String spelled) {
    return OwnDesign.isFile(spelled)
        ? OwnDesign.load(spelled)
        : Choice.one("design", spelled, Designs.ALL, Designs.Entry::name);
  }

  private static List<Membarriers.Entry> membarriers(List<String> names) {
    return Choice.all("membarrier design", names, Membarriers.ALL, Membarriers.Entry::name);
  }

  /**
   * {@return the lifetime designs with each of the membarrier designs of these names; as they are
   * if there are none}
   *
   * @throws UserError if one of the lifetime designs names a membarrier design already
   */
  static List<Designs.Entry> with(List<String> names, List<Designs.Entry> lifetimes) {
    if (names.isEmpty()) {
      return lifetimes;
    }
    List<Designs.Entry> all = new ArrayList<>();
    for (Membarriers.Entry membarrier : membarriers(names)) {
      for (Designs.Entry lifetime : lifetimes) {
        if (lifetime.membarrier() != Membarriers.MERGED) {
          throw new UserError(
              "%s names its membarrier design%n  expected no --membarrier beside it"
                  .formatted(lifetime.spelled()));
        }
        all.add(lifetime.with(membarrier));
      }
    }
    return all;
  }

  /** {@return the designs, each once, in the order given} */
  static List<Designs.Entry> all(List<String> spelled) {
    Map<String, Designs.Entry> byName = new LinkedHashMap<>();
    for (String word : new LinkedHashSet<>(spelled)) {
      Designs.Entry design = one(word);
      Designs.Entry other = byName.putIfAbsent(design.name(), design);
      if (other != null) {
        throw new UserError(
            "%s and %s both have the name %s%n  expected designs that reports can tell apart"
                .formatted(other.spelled(), design.spelled(), design.name()));
      }
    }
    return new ArrayList<>(byName.values());
  }
}
