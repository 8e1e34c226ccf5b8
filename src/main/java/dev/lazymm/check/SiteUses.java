package dev.lazymm.check;

import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns from runs of a kernel which named sites it comes by, and what can become of each: a fence
 * can be removed, a fully ordered read-modify-write can be one of acquire. Any number of threads
 * may tell it.
 */
public final class SiteUses {
  private final Map<Site, Set<Weakening>> seen = new ConcurrentHashMap<>();

  /** A site has been come by where {@code form} could take something away. */
  void note(Site site, Weakening form) {
    Set<Weakening> forms = seen.computeIfAbsent(site, s -> ConcurrentHashMap.newKeySet());
    if (!forms.contains(form)) {
      forms.add(form);
    }
  }

  /** A site has been come by where the kernel orders an operation so. */
  void note(Site site, Ordering written) {
    switch (written) {
      case NO_RETURN, RELAXED -> {}
      case ACQUIRE, RELEASE -> note(site, Weakening.RELAXED);
      case FULL -> {
        note(site, Weakening.ACQUIRE);
        note(site, Weakening.RELEASE);
        note(site, Weakening.RELAXED);
      }
    }
  }

  /** {@return the sites, and what can become of each} */
  public Map<Site, Set<Weakening>> all() {
    Map<Site, Set<Weakening>> all =
        new TreeMap<>(java.util.Comparator.comparing(Site::name).thenComparing(Site::where));
    seen.forEach((site, forms) -> all.put(site, EnumSet.copyOf(forms)));
    return all;
  }
}
