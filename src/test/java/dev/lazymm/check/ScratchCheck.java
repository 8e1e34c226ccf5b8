package dev.lazymm.check;

import dev.lazymm.kernel.*;
import dev.lazymm.workload.*;
import java.util.*;

public class ScratchCheck {
  public static void main(String[] a) {
    Model m = Model.named(a[0]);
    var library = ScenarioLibrary.builtIn().list();
    for (var scenario : library) {
      if (!scenario.name().matches(a[3])) continue;
      long b = System.nanoTime();
      var design = Designs.find(a[1]).orElseThrow();
      var arch = Arches.find(a[2]).orElseThrow();
      var r =
          new Checker(
                  Checker.Options.defaults().withModel(m).withMaxExecutions(Long.parseLong(a[4])))
              .check(scenario, KernelFactory.of(arch, design));
      System.out.printf(
          "%-28s %s %d exec %d blocked %d events %d ms  %s%n",
          scenario.name(),
          r.verdict().getClass().getSimpleName(),
          r.executions(),
          r.blocked(),
          r.bound().events(),
          (System.nanoTime() - b) / 1000000,
          r.verdict() instanceof Verdict.Violated v
              ? v.violations().stream().map(x -> x.invariant() + ": " + x.what()).toList()
              : "");
    }
  }
}
