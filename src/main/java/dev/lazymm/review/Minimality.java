package dev.lazymm.review;

import dev.lazymm.barriers.Analysis;
import dev.lazymm.barriers.Cell;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Question;
import dev.lazymm.barriers.Subject;
import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.Scenario;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a design is minimal on an architecture, as far as a few scenarios say: each site weakened
 * alone as far as it can be. Of a design that is not safe as it is, those scenarios count that hold.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param model under which model: that of the architecture's hardware, or of the nearest
 * @param needed the sites without which something breaks, and a scenario in which it does
 * @param notNeeded those without which nothing does, in these scenarios
 * @param open those of which nothing can be said, as a bound was hit
 * @param scenarios how many of the scenarios hold as they are, and so count
 * @param of how many there are
 * @param executions how many executions that took
 * @param deeper the command that looks at all scenarios, forms and models
 */
public record Minimality(
    String design,
    String arch,
    String model,
    Map<String, String> needed,
    List<String> notNeeded,
    List<String> open,
    int scenarios,
    int of,
    long executions,
    String deeper) {
  public Minimality {
    needed = Collections.unmodifiableMap(new LinkedHashMap<>(needed));
    notNeeded = List.copyOf(notNeeded);
    open = List.copyOf(open);
  }

  /** {@return how many sites there are in scenarios that hold} */
  public int sites() {
    return needed.size() + notNeeded.size() + open.size();
  }

  /** {@return what comes of weakening each site in these scenarios} */
  static Necessity ask(
      Designs.Entry design, Arches.Entry arch, List<Scenario> few, Checks.Options options) {
    return Analysis.ofEachAlone(
        new Question(
            design,
            arch,
            List.of(Model.ofHardware(arch.name())),
            few.stream().map(s -> Subject.of(s, s.name())).toList(),
            Set.of(),
            Question.Effort.WEAKEST,
            options.maxExecutions(),
            options.timeout(),
            1),
        (n, of) -> {});
  }

  /** {@return the answer} */
  static Minimality of(Designs.Entry design, Arches.Entry arch, Necessity found) {
    Map<String, String> needed = new TreeMap<>();
    Set<String> open = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Cell c : found.cells()) {
      if (c.finding() instanceof Cell.Finding f) {
        needed.putIfAbsent(c.site(), f.subject().spelled());
      } else if (c.answer() == Cell.Answer.INCONCLUSIVE) {
        open.add(c.site());
      } else if (c.answer() == Cell.Answer.NOT_NEEDED) {
        others.add(c.site());
      }
    }
    open.removeAll(needed.keySet());
    others.removeAll(needed.keySet());
    others.removeAll(open);
    return new Minimality(
        design.name(),
        arch.name(),
        Model.ofHardware(arch.name()).name(),
        needed,
        List.copyOf(others),
        List.copyOf(open),
        (int) found.baselines().stream().filter(b -> b.holds()).count(),
        found.baselines().size(),
        found.executions(),
        Commands.join(
            List.of("./lazymm", "barriers", "--design", design.spelled(), "--arch", arch.name())));
  }
}
