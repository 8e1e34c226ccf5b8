package dev.lazymm.review;

import dev.lazymm.count.Count;
import dev.lazymm.count.Extent;
import dev.lazymm.count.StaleReads;
import dev.lazymm.count.StateSpace;
import dev.lazymm.kernel.Arches;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.workload.KernelFactory;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs the parts of claims that are counted on the sequential machine, and judges them. */
final class CountJudge {
  /** Counts, and holds the counts to what they must be. */
  PartResult judge(CountPart part) {
    List<Counted> rows = new ArrayList<>();
    List<String> differ = new ArrayList<>();
    for (String design : part.designs()) {
      for (String arch : part.arches()) {
        Count count = part.episode().count(kernel(design, arch), part.registered());
        rows.add(new Counted(part.episode(), part.registered(), design, arch, count));
        for (Map.Entry<String, Integer> e : part.expected().entrySet()) {
          int n = CountPart.number(count, e.getKey());
          if (n != e.getValue()) {
            differ.add("%d %s with %s on %s".formatted(n, e.getKey(), design, arch));
          }
        }
      }
    }
    return new PartResult(
        part,
        differ.isEmpty() ? part.gives() : String.join(", ", differ),
        differ.isEmpty() ? Agreement.YES : Agreement.NO,
        0,
        0,
        List.of(),
        rows,
        Commands.count(part),
        null);
  }

  /** Looks for readers of stale pointers, and holds them to who they must be. */
  PartResult judge(ReadPart part, List<Scenario> scenarios, String claim) {
    Set<String> reads = new TreeSet<>();
    Set<String> uses = new TreeSet<>();
    int orders = 0;
    for (String design : part.designs()) {
      for (String arch : part.arches()) {
        for (Scenario scenario : scenarios) {
          StaleReads.Found found = StaleReads.of(scenario, kernel(design, arch));
          found.reads().forEach(r -> reads.add(r.toString()));
          uses.addAll(found.uses());
          orders += found.orders();
        }
      }
    }
    boolean same = reads.equals(part.reads()) && uses.equals(part.uses());
    return new PartResult(
        part,
        ReadPart.words(reads, uses) + " (in " + orders + " orders of actions)",
        same ? Agreement.YES : Agreement.NO,
        0,
        0,
        List.of(),
        List.of(),
        "./lazymm claims " + claim,
        null);
  }

  /** Counts what one design has that another has not. */
  PartResult judge(ExtentPart part, List<Scenario> scenarios, String claim) {
    KernelFactory kernel = kernel(part.design(), part.arch());
    KernelFactory beside = kernel(part.beside(), part.arch());
    Extent own = Extent.of(scenarios, kernel).without(Extent.of(scenarios, beside));
    StateSpace space = StateSpace.of(scenarios, kernel);
    StateSpace other = StateSpace.of(scenarios, beside);
    return new PartResult(
        part,
        "%s; %s; %s; %d states (%s %d), %d transitions (%d)"
            .formatted(
                words(own.functions(), "functions"),
                words(own.sites(), "barriers and atomics"),
                words(own.ipis(), "IPI handlers"),
                space.states(),
                part.beside(),
                other.states(),
                space.transitions(),
                other.transitions()),
        Agreement.UNJUDGED,
        0,
        0,
        List.of(),
        List.of(),
        "./lazymm claims " + claim,
        null);
  }

  private static String words(Set<String> names, String what) {
    String list = names.isEmpty() ? "" : " (" + String.join(", ", new TreeSet<>(names)) + ")";
    return names.size() + " " + what + list;
  }

  /** {@return a fact as it is} */
  static PartResult unjudged(FactPart part) {
    return new PartResult(
        part, part.gives(), Agreement.UNJUDGED, 0, 0, List.of(), List.of(), "", null);
  }

  private static KernelFactory kernel(String design, String arch) {
    return KernelFactory.of(Arches.find(arch).orElseThrow(), Claims.design(design));
  }
}
