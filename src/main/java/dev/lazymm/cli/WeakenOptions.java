package dev.lazymm.cli;

import dev.lazymm.check.SiteUses;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Site;
import dev.lazymm.review.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which named sites count for less: {@code --weaken}. */
final class WeakenOptions {
  private static final List<Weakening> FORMS = Arrays.asList(Weakening.values());

  /** The forms of what is no order of memory accesses. */
  private static final Set<Weakening> NOT_ORDER =
      EnumSet.of(Weakening.IRQ_ON, Weakening.NO_WAIT, Weakening.SKIPPED);

  @Option(
      names = "--weaken",
      split = ",",
      paramLabel = "SITE[=FORM]",
      description = {
        "Weaken a named site: removed (default), relaxed, acquire, release, irq-on,",
        "no-wait, skipped. ./lazymm barriers shows the sites and their forms.",
      })
  private List<String> words = new ArrayList<>();

  /**
   * {@return what was asked for}
   *
   * @param designs what is checked; one of the user's own may have sites of its own
   */
  Chosen chosen(List<Designs.Entry> designs) {
    return chosen("--weaken", words, designs);
  }

  /**
   * {@return the sites that some words name}
   *
   * @param option whose words they are
   */
  static Chosen chosen(String option, List<String> words, List<Designs.Entry> designs) {
    Weakenings weakened = Weakenings.NONE;
    for (String word : words) {
      int equals = word.lastIndexOf('=');
      String site = equals < 0 ? word : word.substring(0, equals);
      requireSite(site, designs);
      Weakening form =
          equals < 0
              ? Weakening.REMOVED
              : Choice.one("weaker form", word.substring(equals + 1), FORMS, Weakening::word);
      if (weakened.forms().containsKey(site)) {
        throw new UserError("%s names %s twice%n  expected each site once".formatted(option, site));
      }
      weakened = weakened.and(site, form);
    }
    return new Chosen(weakened, weakened.isNone() ? null : new SiteUses());
  }

  /**
   * There is a site of that name, as far as can be said before anything has run.
   *
   * @param designs what is checked; one of the user's own may have sites of its own
   * @throws UserError if there is none
   */
  static void requireSite(String name, List<Designs.Entry> designs) {
    boolean own = designs.stream().anyMatch(d -> !d.spelled().equals(d.name()));
    if (!own) {
      Choice.one("site", name, Sites.all().stream().map(Site::name).toList(), n -> n);
    }
  }

  /**
   * What was asked for.
   *
   * @param weakened the sites
   * @param uses learns whether the kernel comes by them; null if there are none
   */
  record Chosen(Weakenings weakened, @Nullable SiteUses uses) {
    /** {@return these options with the sites weakened} */
    Checks.Options apply(Checks.Options options) {
      return options.withWeakened(weakened, uses);
    }

    /**
     * What was checked came by these sites, and they can be weakened so.
     *
     * @throws UserError if not: it would be as if nothing had been weakened
     */
    void check() {
      if (uses == null) {
        return;
      }
      Map<String, Set<Weakening>> seen = new LinkedHashMap<>();
      uses.all()
          .forEach((site, forms) ->
              seen.computeIfAbsent(site.name(), n -> EnumSet.noneOf(Weakening.class))
                  .addAll(forms));
      weakened.forms().forEach((site, form) -> check(site, form, seen));
    }

    /**
     * These sites order memory accesses.
     *
     * @throws UserError if one does not: no litmus test has interrupts, IPIs, or waits for them
     */
    void expectOrder() {
      if (uses == null) {
        return;
      }
      uses.all()
          .forEach((site, forms) -> {
            if (weakened.forms().containsKey(site.name()) && NOT_ORDER.containsAll(forms)) {
              throw new UserError(
                  ("no litmus test has the site %s: it is %s%n"
                          + "  expected a fence, an atomic, an acquire or a release;"
                          + " ./lazymm explain --weaken %s shows this one")
                      .formatted(
                          site.name(),
                          forms.contains(Weakening.IRQ_ON)
                              ? "a region with interrupts off, and the model has no interrupts"
                              : "IPIs, or a wait for others, and the model has neither",
                          site.name()));
            }
          });
    }

    private static void check(String site, Weakening form, Map<String, Set<Weakening>> seen) {
      Set<Weakening> possible = seen.get(site);
      if (possible == null) {
        throw new UserError(
            "nothing that was checked comes by the site %s%n  expected one of %s"
                .formatted(site, String.join(", ", seen.keySet())));
      }
      if (form != Weakening.REMOVED && !possible.contains(form)) {
        throw new UserError(
            "the site %s cannot become %s%n  expected one of %s"
                .formatted(
                    site,
                    form.word(),
                    possible.stream().map(Weakening::word).collect(Collectors.joining(", "))));
      }
    }
  }
}
