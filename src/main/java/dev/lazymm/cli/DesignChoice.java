package dev.lazymm.cli;

import dev.lazymm.design.OwnDesign;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Membarriers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds lifetime designs as the command line names them: by name, or by their Java file. */
final class DesignChoice {
  private DesignChoice() {}

  /** {@return the design of this name, or in this file; {@code +conditional} names membarrier's} */
  static Designs.Entry one(String spelled) {
    int at = spelled.lastIndexOf(Membarriers.SEPARATOR);
    Membarriers.Entry membarrier =
        at < 0 ? null : Membarriers.find(spelled.substring(at + 1)).orElse(null);
    if (membarrier != null) {
      return one(spelled.substring(0, at)).with(membarrier);
    }
    return OwnDesign.isFile(spelled)
        ? OwnDesign.load(spelled)
        : Choice.one("design", spelled, Designs.ALL, Designs.Entry::name);
  }

  /** {@return the membarrier design of that name} */
  static Membarriers.Entry membarrier(String name) {
    return Choice.one("membarrier design", name, Membarriers.ALL, Membarriers.Entry::name);
  }

  /** {@return the designs, each once, in the order given} */
  static List<Designs.Entry> all(List<String> spelled) {
    Map<String, Designs.Entry> byName = new LinkedHashMap<>();
    for (String word : List.copyOf(new java.util.LinkedHashSet<>(spelled))) {
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
