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
import dev.lazymm.workload.ScenarioLibrary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Whether a design is minimal on an architecture, as far as a few scenarios say: each site weakened
 * alone as far as it can be.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param model under which model: that of the architecture's hardware, or LKMM
 * @param needed the sites without which something breaks
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
    List<String> needed,
    List<String> notNeeded,
    List<String> open,
    int scenarios,
    int of,
    long executions,
    String deeper) {
  /** A lifetime, an idle round trip beside a membarrier in either direction, a flush, a birth. */
  private static final List<String> SCENARIOS =
      List.of(
          "membarrier-c1-in",
          "membarrier-c1-out",
          "tlb-switch-back",
          "e06-idle-exit",
          "clone-sibling-exits",
          "get-put-exit");

  public Minimality {
    needed = List.copyOf(needed);
    notNeeded = List.copyOf(notNeeded);
    open = List.copyOf(open);
  }

  /**
   * {@return the answer}
   *
   * @param tell told how many sites are done, of some number
   */
  static Minimality of(
      Designs.Entry design,
      Arches.Entry arch,
      ScenarioLibrary library,
      Checks.Options options,
      IntConsumer tell) {
    Model model =
        Stream.of("tso", "armv8", "power", "riscv")
            .map(Model::named)
            .filter(m -> !m.isWhatIf(arch.name()))
            .findFirst()
            .orElseGet(() -> Model.named("lkmm"));
    List<Subject> subjects =
        SCENARIOS.stream()
            .map(name -> find(library, name))
            .flatMap(Optional::stream)
            .map(s -> Subject.of(s, s.name()))
            .toList();
    Question question =
        new Question(
            design,
            arch,
            List.of(model),
            subjects,
            Set.of(),
            Question.Effort.WEAKEST,
            options.maxExecutions(),
            options.timeout(),
            options.threads());
    Necessity found = Analysis.ofEachAlone(question, (n, of) -> tell.accept(n));
    List<String> needed = sites(found, Cell.Answer.NEEDED);
    return new Minimality(
        design.name(),
        arch.name(),
        model.name(),
        needed,
        sites(found, Cell.Answer.NOT_NEEDED).stream().filter(s -> !needed.contains(s)).toList(),
        sites(found, Cell.Answer.INCONCLUSIVE),
        (int) found.baselines().stream().filter(b -> b.holds()).count(),
        subjects.size(),
        found.executions(),
        Commands.join(
            List.of("./lazymm", "barriers", "--design", design.spelled(), "--arch", arch.name())));
  }

  private static Optional<Scenario> find(ScenarioLibrary library, String name) {
    return library.list().stream().filter(s -> s.name().equals(name)).findFirst();
  }

  private static List<String> sites(Necessity found, Cell.Answer answer) {
    return found.cells().stream()
        .filter(c -> c.answer() == answer)
        .map(Cell::site)
        .distinct()
        .toList();
  }
}
