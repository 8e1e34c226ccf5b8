package dev.lazymm.check;
import dev.lazymm.kernel.*;
import dev.lazymm.workload.*;
import java.nio.file.*;
public class Dbg2 {
  public static void main(String[] a) throws Exception {
    Scenario s = ScenarioParser.parse(a[0], Files.readString(Path.of(a[0]))).stream().filter(x -> x.name().equals(a[1])).findFirst().get();
    Arches.Entry r = Arches.ALL.stream().filter(x -> x.name().equals(a[2])).findFirst().get();
    long t = System.nanoTime();
    System.out.println(new Checker(Checker.Options.defaults().withWorkers(Integer.parseInt(a[3])).withEstimates(e -> System.out.printf("%.2fs %.0f %.0f%n", (System.nanoTime() - t) / 1e9, e.least(), e.most())).withProgress(n -> { if (System.getProperty("p") != null) System.out.println(n); })).check(s, KernelFactory.of(r, Designs.find("refcount").get())).executions());
    System.out.printf("%.2fs%n", (System.nanoTime() - t) / 1e9);
  }
}
