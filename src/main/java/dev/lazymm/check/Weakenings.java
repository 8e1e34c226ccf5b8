package dev.lazymm.check;

import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Which named sites count for less in a run. Where there are none, the kernel is as it was written.
 *
 * @param forms what becomes of each, by the site's name
 */
public record Weakenings(SortedMap<String, Weakening> forms) {
  /** The kernel as it was written. */
  public static final Weakenings NONE = new Weakenings(new TreeMap<>());

  public Weakenings {
    forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
  }

  /** {@return one site weakened alone} */
  public static Weakenings of(String site, Weakening form) {
    return NONE.and(site, form);
  }

  /** {@return sites that count for nothing} */
  public static Weakenings removing(Set<Site> sites) {
    SortedMap<String, Weakening> forms = new TreeMap<>();
    sites.forEach(site -> forms.put(site.name(), Weakening.REMOVED));
    return new Weakenings(forms);
  }

  /** {@return these and one more; what was said of that site before is forgotten} */
  public Weakenings and(String site, Weakening form) {
    SortedMap<String, Weakening> more = new TreeMap<>(forms);
    more.put(site, form);
    return new Weakenings(more);
  }

  /** {@return those of these that are wanted} */
  public Weakenings only(BiPredicate<String, Weakening> wanted) {
    SortedMap<String, Weakening> some = new TreeMap<>(forms);
    some.entrySet().removeIf(e -> !wanted.test(e.getKey(), e.getValue()));
    return new Weakenings(some);
  }

  /** {@return whether nothing is weakened} */
  public boolean isNone() {
    return forms.isEmpty();
  }

  /** {@return whether each of these is weakened at least as far by others} */
  public boolean isWithin(Weakenings others) {
    return forms.entrySet().stream()
        .allMatch(e -> {
          Weakening form = others.forms.get(e.getKey());
          return form == e.getValue() || (form != null && form.isWeakerThan(e.getValue()));
        });
  }

  /** {@return these as {@code --weaken} takes them: {@code B1=removed, B2a=acquire}} */
  public String text() {
    return forms.entrySet().stream().map(Weakenings::word).collect(Collectors.joining(", "));
  }

  private static String word(Map.Entry<String, Weakening> e) {
    return e.getKey() + "=" + e.getValue().word();
  }

  /** {@return whether a site counts for less} */
  boolean isWeakened(Site site) {
    return forms.containsKey(site.name());
  }

  /** {@return whether a site loses what {@code what} takes away} */
  boolean takesAway(Site site, Weakening what) {
    Weakening form = forms.get(site.name());
    return form == what || form == Weakening.REMOVED;
  }

  /** {@return how an operation on memory is ordered that the kernel orders so} */
  Ordering ordering(Site site, Ordering written) {
    Weakening form = forms.get(site.name());
    if (form == null || written == Ordering.NO_RETURN) {
      return written;
    }
    boolean full = written == Ordering.FULL;
    return switch (form) {
      case REMOVED, RELAXED -> Ordering.RELAXED;
      case ACQUIRE -> full ? Ordering.ACQUIRE : written;
      case RELEASE -> full ? Ordering.RELEASE : written;
      case IRQ_ON, NO_WAIT, SKIPPED -> written;
    };
  }
}
