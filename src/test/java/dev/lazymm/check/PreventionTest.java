package dev.lazymm.check;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.HandingDesign;
import dev.lazymm.kernel.HandingDesign.Shape;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.machine.Site;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreventionTest {
  private static final Scenario THREE =
      ScenarioParser.parse(
              "t",
              """
              scenario three-idle: three CPUs borrow
              cpu 0: (A1) idle
              cpu 1: (B1) idle
              cpu 2: (C1) idle
              """)
          .getFirst();
  private static final Scenario TWO =
      ScenarioParser.parse(
              "t",
              """
              scenario two-idle: two CPUs borrow
              cpu 0: (A1) idle
              cpu 1: (B1) idle
              """)
          .getFirst();

  static List<Violation> violations(String model, Shape shape, Set<Site> weakened) {
    CheckResult result =
        new Checker(Checker.Options.defaults().withModel(Model.named(model)).withWeakened(weakened))
            .explaining(List.of())
            .check(
                shape == Shape.ISA2 ? THREE : TWO,
                memory ->
                    new Kernel(
                        memory,
                        Arches.find("powerpc-hash").orElseThrow().make(),
                        k -> new HandingDesign(k, shape)));
    return result.verdict() instanceof Verdict.Violated(List<Violation> all) ? all : List.of();
  }

  @Test
  void show() {
    for (String model : List.of("sc", "tso", "lkmm", "armv8", "power", "riscv")) {
      for (Shape shape : Shape.values()) {
        List<Set<Site>> sets = new java.util.ArrayList<>();
        sets.add(Set.of());
        for (int i = 0; i < shape.sites().size(); i++) sets.add(Set.of(shape.site(i)));
        sets.add(shape.sites());
        for (Set<Site> w : sets) {
          long t = System.nanoTime();
          List<Violation> v = violations(model, shape, w);
          System.out.println(
              model
                  + " "
                  + shape
                  + " without "
                  + w.stream().map(Site::name).sorted().toList()
                  + ": "
                  + v.stream()
                      .map(x -> x.invariant() + " " + x.explained().prevention().text())
                      .toList()
                  + " "
                  + (System.nanoTime() - t) / 1000000
                  + " ms");
        }
      }
    }
  }
}
