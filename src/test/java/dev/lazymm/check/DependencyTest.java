package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.machine.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dependencies that code names, against the litmus engine: programs at random with address, data
 * and control dependencies, on the machine and in C, have the same number of executions. As the
 * explorer does, the model in cat leaves out those in which a load reads from what comes after it.
 *
 * <p>On ARMv8 there are no compare-and-swaps: the litmus engine tells apart the ways in which one
 * can fail, the explorer takes the weakest.
 */
class DependencyTest {
  private static final int PROGRAMS = Integer.getInteger("lazymm.dependency.programs", 300);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"lkmm,", "tso,x86", "armv8,aarch64", "power,ppc", "riscv,riscv"})
  void namedDependenciesOrderWhatThoseOfLitmusTestsDo(String model, String mapping)
      throws IOException {
    Path cat = folder.resolve("model.cat");
    Files.writeString(
        cat,
        dev.lazymm.cat.Model.builtIn(model + ".cat").text()
            + "\nacyclic po | rf as no-load-buffering\n");
    Tools tools =
        Tools.load(new Request(null, cat.toString(), null, null, List.of(), Set.of(), 2, mapping));
    Model ours = Model.named(model);
    List<String> differences = new ArrayList<>();
    long executions = 0;
    long orders = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      DependentProgram program = DependentProgram.draw(seed, !model.equals("armv8"));
      Result result =
          Search.run(
              tools.read(Source.of("p" + seed, program.toC())),
              tools.model("C")::judge,
              Search.Options.defaults());
      long expected = result.positive() + result.negative();
      long found = explore(program, ours, Set.of());
      if (found != expected) {
        differences.add("%d not %d: %s".formatted(found, expected, program.toC()));
      }
      executions += found;
      orders += explore(program, ours, Set.of(DependentProgram.SITE)) - found;
    }
    assertThat(differences).isEmpty();
    assertThat(executions).isGreaterThan(PROGRAMS);
    assertThat(orders > 0).as("dependencies order something").isEqualTo(!model.equals("tso"));
  }

  private static long explore(
      DependentProgram drawn, Model model, Set<dev.lazymm.machine.Site> weakened) {
    Program program = drawn.toProgram();
    int[] order = Exploration.inOrder(program.memory());
    return Exploration.of(
            program,
            model.instance("x86-eager"),
            new Explorer.Options(order, true, 4096, Weakenings.removing(weakened)))
        .executions();
  }
}
