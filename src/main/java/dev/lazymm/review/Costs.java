package dev.lazymm.review;

import dev.lazymm.check.CheckResult;
import dev.lazymm.check.CheckResult.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What executions cost, over several checks. */
final class Costs {
  private static final Range NONE = new Range(0, 0);

  private Costs() {}

  /** {@return what each design costs on each architecture, in the order of the checks} */
  static List<ClaimResult.Cost> of(List<Done> done) {
    Map<List<String>, List<CheckResult>> groups = new LinkedHashMap<>();
    for (Done d : done) {
      CheckResult r = d.result();
      groups.computeIfAbsent(List.of(r.design(), r.arch()), k -> new ArrayList<>()).add(r);
    }
    List<ClaimResult.Cost> costs = new ArrayList<>();
    groups.forEach((key, results) ->
        costs.add(new ClaimResult.Cost(key.getFirst(), key.getLast(), ranges(results))));
    return costs;
  }

  private static Map<String, Range> ranges(List<CheckResult> results) {
    Map<String, Range> ranges = new TreeMap<>();
    for (CheckResult r : results) {
      r.costs().keySet().forEach(what -> ranges.put(what, range(what, results)));
    }
    return ranges;
  }

  private static Range range(String what, List<CheckResult> results) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (CheckResult r : results) {
      Range range = r.costs().getOrDefault(what, NONE);
      least = Math.min(least, range.least());
      most = Math.max(most, range.most());
    }
    return new Range(results.isEmpty() ? 0 : least, most);
  }

  /** {@return how many of one thing the executions of all checks have, in words} */
  static String words(String what, List<Done> done) {
    Range range = range(what, done.stream().map(Done::result).toList());
    String n =
        range.least() == range.most()
            ? String.valueOf(range.least())
            : range.least() + " to " + range.most();
    String incomplete =
        done.stream().allMatch(d -> d.result().bound().complete()) ? "" : ", not all explored";
    return n + " " + what + " an execution in " + done.size() + " checks" + incomplete;
  }
}
