package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansions;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import java.nio.file.Files;
import java.util.*;

public class ScratchTest {
  static final Map<String, String> ARCH =
      Map.of("tso", "x86", "armv8", "aarch64", "power", "ppc", "riscv", "riscv");

  public static void main(String[] a) throws Exception {
    String model = a[0];
    long from = Long.parseLong(a[1]);
    long n = Long.parseLong(a[2]);
    boolean locks = a.length > 3;
    String arch = a.length > 4 ? a[4] : ARCH.get(model);
    java.nio.file.Path cat = Files.createTempFile("m", ".cat");
    Files.writeString(
        cat,
        dev.lazymm.cat.Model.builtIn(model + ".cat").text()
            + "\nacyclic po | rf as no-load-buffering\n");
    Tools tools =
        Tools.load(new Request(null, cat.toString(), null, null, List.of(), Set.of(), 2, arch));
    long bad = 0, total = 0, checks = 0;
    long t1 = 0, t2 = 0;
    for (long seed = from; seed < from + n; seed++) {
      WeakProgram p = WeakProgram.draw(seed, locks);
      String c = p.toC();
      long b = System.nanoTime();
      Result r;
      try {
        r =
            Search.run(
                tools.read(Source.of("p" + seed, c)),
                tools.model("C")::judge,
                Search.Options.defaults());
      } catch (LitmusException e) {
        System.out.println(seed + " " + e.getMessage());
        continue;
      }
      long theirs = r.positive() + r.negative();
      long m = System.nanoTime();
      var program = p.toProgram();
      Weak weak =
          new Weak(
              model,
              new Expansions(arch, arch == null ? "x86" : arch, arch == null ? model : null));
      long m2 = System.nanoTime();
      Explorer e =
          new Explorer(
              program,
              weak,
              new Explorer.Options(Exploration.inOrder(program.memory()), true, 4096, Set.of()),
              new L());
      e.run();
      t1 += m - b;
      t2 += System.nanoTime() - m2;
      total += theirs;
      if (e.executions() != theirs) {
        bad++;
        if (bad < 4)
          System.out.println(
              "seed " + seed + " ours " + e.executions() + " theirs " + theirs + "\n" + c);
      }
    }
    System.out.println(
        model
            + " "
            + n
            + " programs, "
            + total
            + " executions, bad "
            + bad
            + ", litmus "
            + t1 / 1000000
            + " ms, check "
            + t2 / 1000000
            + " ms");
  }

  static final class L implements Explorer.Listener {
    public boolean complete(Explorer explorer, Graph graph) {
      return true;
    }

    public boolean failed(Explorer explorer, Graph graph, int cpu, RuntimeException failure) {
      throw failure;
    }

    public void restarted() {}
  }
}
