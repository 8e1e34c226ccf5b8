package dev.lazymm.review;

import dev.lazymm.barriers.Analysis;
import dev.lazymm.barriers.Cell;
import dev.lazymm.barriers.Necessity;
import dev.lazymm.barriers.Question;
import dev.lazymm.barriers.Subject;
import dev.lazymm.check.Checker;
import dev.lazymm.check.Model;
import dev.lazymm.check.Weakening;
import dev.lazymm.check.Weakenings;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every named site of a few kernels weakened alone: what finds it, or why nothing does. */
public final class Mutations {
  /** The kernels: what counts borrows and what shoots, on the two usual architectures. */
  public static final List<Kernel> KERNELS =
      List.of(
          new Kernel("refcount", "powerpc-hash"),
          new Kernel("refcount", "x86-eager"),
          new Kernel("shootdown", "powerpc-hash"),
          new Kernel("shootdown", "x86-eager"));

  /** How many executions a scenario may have to be tried on every site. */
  public static final long MOST = 60;

  /** Those that are tried though they have more, as nothing smaller finds what they do. */
  private static final Set<String> LARGER = Set.of("e06-use-exit", "mutation-exec-kthread");

  /** A design on an architecture. */
  public record Kernel(String design, String arch) {
    @Override
    public String toString() {
      return design + " on " + arch;
    }
  }

  private record Row(String site, Weakening form) {}

  private Mutations() {}

  /** {@return the models: sequential consistency, the architecture's own hardware, the kernel's} */
  public static List<Model> models(String arch) {
    return Model.NAMES.stream().map(Model::named).filter(m -> !m.isWhatIf(arch)).toList();
  }

  /** {@return what finds each site of one kernel weakened} */
  public static List<Mutation> of(
      Kernel kernel, List<NotCaught> explained, Checks.Options options, Analysis.Progress told) {
    Necessity found =
        Analysis.ofEachAlone(
            new Question(
                Designs.find(kernel.design()).orElseThrow(),
                Arches.find(kernel.arch()).orElseThrow(),
                models(kernel.arch()),
                small(kernel),
                Set.of(),
                Question.Effort.USUAL,
                options.maxExecutions(),
                options.timeout(),
                options.threads()),
            told);
    Map<Row, List<Cell>> rows = new LinkedHashMap<>();
    found
        .cells()
        .forEach(
            c -> rows.computeIfAbsent(new Row(c.site(), c.form()), r -> new ArrayList<>()).add(c));
    List<Mutation> mutations = new ArrayList<>();
    rows.forEach((row, cells) -> mutations.add(mutation(kernel, row, cells, explained)));
    return mutations;
  }

  /** The scenarios that are small enough for every site: of so many executions under sc. */
  private static List<Subject> small(Kernel kernel) {
    KernelFactory factory =
        KernelFactory.of(
            Arches.find(kernel.arch()).orElseThrow(), Designs.find(kernel.design()).orElseThrow());
    Checker checker = new Checker(Checker.Options.defaults().withMaxExecutions(MOST + 1));
    return ScenarioLibrary.withRegressions().list().stream()
        .filter(s -> LARGER.contains(s.name()) || checker.check(s, factory).executions() <= MOST)
        .map(s -> Subject.of(s, s.name()))
        .toList();
  }

  private static Mutation mutation(
      Kernel kernel, Row row, List<Cell> cells, List<NotCaught> explained) {
    String form = row.form().word();
    return new Mutation(
        kernel.toString(),
        row.site(),
        form,
        caught(kernel, row, cells),
        explained.stream()
            .filter(e -> e.isAbout(kernel.toString(), row.site(), form))
            .findFirst()
            .orElse(null),
        cells.stream().anyMatch(c -> c.answer() == Cell.Answer.INCONCLUSIVE));
  }

  private record Kind(String invariant, String scenario) {}

  /** Models that find the same in the same scenario are told of together. */
  private static List<Mutation.Caught> caught(Kernel kernel, Row row, List<Cell> cells) {
    Map<Kind, List<String>> kinds = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.finding() instanceof Cell.Finding f) {
        kinds
            .computeIfAbsent(new Kind(f.invariant(), f.subject().spelled()), k -> new ArrayList<>())
            .add(cell.model().name());
      }
    }
    List<Mutation.Caught> caught = new ArrayList<>();
    kinds.forEach((kind, models) ->
        caught.add(
            new Mutation.Caught(
                kind.invariant(), kind.scenario(), models, command(kernel, row, kind, models))));
    return caught;
  }

  private static String command(Kernel kernel, Row row, Kind kind, List<String> models) {
    return Commands.check(
        kind.scenario(),
        kernel.design(),
        kernel.arch(),
        models,
        Weakenings.of(row.site(), row.form()));
  }
}
