package dev.lazymm.report.html;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.Verdict;
import dev.lazymm.check.Violation;
import dev.lazymm.review.Commands;
import dev.lazymm.review.Done;
import dev.lazymm.workload.Laws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the page of some checks says.
 *
 * @param summary how many of each verdict
 * @param matrix the verdicts over all scenarios
 * @param results a row a check
 * @param examples the gravest violation of each check that has one
 * @param run what made this
 */
public record CheckPage(
    String summary, Matrix matrix, List<Result> results, List<Example> examples, Run run) {
  /**
   * A check.
   *
   * @param model its name, a what-if as such
   * @param broken the invariants, the gravest first
   * @param why which bound was hit; empty unless inconclusive
   * @param target the name of the place that shows the violation; empty if there is none
   */
  public record Result(
      CheckResult result,
      String model,
      String scenario,
      String broken,
      String why,
      String target) {}

  static CheckPage of(List<Done> done, String summary, Commands commands, Run run) {
    Anchors anchors = new Anchors();
    List<Result> results = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    Map<List<String>, List<Done>> byCell = new LinkedHashMap<>();
    Map<List<String>, String> targets = new LinkedHashMap<>();
    for (Done d : done) {
      CheckResult r = d.result();
      List<String> key = List.of(r.design(), d.on() + d.unusualModel());
      byCell.computeIfAbsent(key, k -> new ArrayList<>()).add(d);
      String target = "";
      if (!d.violations().isEmpty()) {
        Violation v = d.violations().getFirst();
        String command = commands.explain(d.job(), v.invariant());
        Example e =
            Example.of(
                anchors, r.design(), d.on() + d.unusualModel(), d.job().spelled(), v, command);
        examples.add(e);
        target = e.id();
        targets.putIfAbsent(key, target);
      }
      String broken =
          d.violations().stream().map(Violation::invariant).collect(Collectors.joining(" "));
      String why = r.verdict() instanceof Verdict.Inconclusive(String bound) ? bound : "";
      results.add(new Result(r, d.model(), d.job().spelled(), broken, why, target));
    }
    List<Matrix.Cell> cells = new ArrayList<>();
    byCell.forEach((key, of) -> cells.add(cell(of, targets.getOrDefault(key, ""))));
    return new CheckPage(summary, Matrix.of(cells), results, examples, run);
  }

  private static Matrix.Cell cell(List<Done> done, String target) {
    CheckResult first = done.getFirst().result();
    Map<String, Integer> broken = new TreeMap<>(Laws.GRAVEST_FIRST);
    for (Done d : done) {
      d.violations().forEach(v -> broken.merge(v.invariant(), 1, Integer::sum));
    }
    String verdict =
        !broken.isEmpty()
            ? "violated"
            : done.stream().anyMatch(Done::inconclusive) ? "inconclusive" : "holds";
    return new Matrix.Cell(
        first.design(),
        done.getFirst().on() + done.getFirst().unusualModel(),
        verdict,
        broken,
        target);
  }
}
