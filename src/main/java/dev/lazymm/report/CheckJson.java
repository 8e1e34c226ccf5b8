package dev.lazymm.report;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.SavedBy;
import dev.lazymm.check.Source;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code check --json} writes. */
public record CheckJson(int schemaVersion, List<Result> results) {
  /**
   * One check.
   *
   * @param whatIf whether a hardware model judges the code of another architecture
   * @param history the bug of the past that the kernel has; null for none
   * @param invariant the gravest that is broken; null if none is
   * @param reached whether every state that the scenario says exists was; null if it says none
   * @param costs how many IPIs to other CPUs an execution has, by handler, and how many broadcasts
   * @param why which bound was hit; null unless inconclusive
   * @param witness an execution that breaks {@code invariant}; null if none does
   * @param violations all that is broken, the gravest first
   * @param command what does this check again
   */
  public record Result(
      String design,
      String arch,
      String model,
      boolean whatIf,
      @Nullable String history,
      String scenario,
      String verdict,
      @Nullable String invariant,
      @Nullable Boolean reached,
      long executions,
      long blocked,
      Map<String, CheckResult.Range> costs,
      CheckResult.Bound bound,
      @Nullable String why,
      @Nullable WitnessJson witness,
      List<ViolationJson> violations,
      String command) {}

  /**
   * Something that is broken.
   *
   * @param savedBy dependencies each of which alone would keep it from happening
   */
  public record ViolationJson(
      String invariant, String what, WitnessJson witness, List<SavedByJson> savedBy) {}

  /**
   * A dependency that no code has named.
   *
   * @param dependency address, data or control
   * @param read the read
   * @param to the access whose address or value would be computed from it; null of control
   * @param text all that as a sentence
   */
  public record SavedByJson(
      String dependency, PlaceJson read, @Nullable PlaceJson to, String text) {
    static SavedByJson of(SavedBy saved) {
      SavedBy.Place to = saved.to();
      return new SavedByJson(
          saved.kind().name().toLowerCase(Locale.ROOT),
          PlaceJson.of(saved.read()),
          to == null ? null : PlaceJson.of(to),
          saved.text());
    }
  }

  /**
   * An access of kernel code.
   *
   * @param file null where it is not known
   * @param line counted from 1; 0 where it is not known
   */
  public record PlaceJson(int cpu, String step, String cell, @Nullable String file, int line) {
    static PlaceJson of(SavedBy.Place place) {
      Source at = place.stack().isEmpty() ? null : place.stack().getFirst();
      return new PlaceJson(
          place.cpu(),
          place.step(),
          place.cell(),
          at == null ? null : at.path(),
          at == null ? 0 : at.line());
    }
  }

  /** {@return the document about these checks} */
  public static CheckJson of(List<Done> done, Commands commands) {
    return new CheckJson(Json.SCHEMA_VERSION, done.stream().map(d -> result(d, commands)).toList());
  }

  private static Result result(Done d, Commands commands) {
    CheckResult r = d.result();
    List<ViolationJson> violations =
        d.violations().stream().map(v -> violation(d, v, commands)).toList();
    ViolationJson gravest = violations.isEmpty() ? null : violations.getFirst();
    return new Result(
        r.design(),
        r.arch(),
        r.model(),
        d.job().isWhatIf(),
        history(d),
        r.scenario(),
        r.verdict().word(),
        gravest == null ? null : gravest.invariant(),
        r.reached(),
        r.executions(),
        r.blocked(),
        new TreeMap<>(r.costs()),
        r.bound(),
        r.verdict() instanceof Verdict.Inconclusive(String why) ? why : null,
        gravest == null ? null : gravest.witness(),
        violations,
        commands.check(d.job()));
  }

  static @Nullable String history(Done d) {
    PastBug bug = d.job().history();
    return bug == null ? null : bug.id();
  }

  private static ViolationJson violation(Done d, Violation v, Commands commands) {
    String command = commands.explain(d.job(), v.invariant());
    return new ViolationJson(
        v.invariant(),
        v.what(),
        WitnessJson.of(v.witness(), command),
        v.savedBy().stream().map(SavedByJson::of).toList());
  }
}
