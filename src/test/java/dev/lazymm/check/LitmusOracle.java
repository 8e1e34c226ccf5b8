package dev.lazymm.check;

import dev.lazymm.cat.Judge;
import dev.lazymm.check.mapped.Expansions;
import dev.lazymm.litmus.Candidate;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A memory model twice: as the explorer has it, and as the litmus engine does, with the model's
 * file and {@code acyclic po | rf} besides, which is what the explorer takes for granted.
 */
final class LitmusOracle {
  private final String model;
  private final Expansions expansions;
  private final Tools tools;

  /**
   * @param model by name
   * @param mapping the mapping by which C becomes instructions; null if C itself is judged
   * @param folder where the engine's form of the model is kept
   */
  LitmusOracle(String model, @Nullable String mapping, Path folder) {
    this(model, mapping, folder, "\nacyclic po | rf as no-lb\n");
  }

  /**
   * @param more what the engine's form of the model says besides
   */
  LitmusOracle(String model, @Nullable String mapping, Path folder, String more) {
    this.model = model;
    boolean isSource = mapping == null;
    expansions =
        new Expansions(mapping, mapping == null ? "x86" : mapping, isSource ? model : null);
    String text = dev.lazymm.cat.Model.builtIn(model + ".cat").text() + more;
    try {
      Path cat =
          Files.writeString(folder.resolve(model + (more.isEmpty() ? ".cat" : "-no-lb.cat")), text);
      tools =
          Tools.load(
              new Request(null, cat.toString(), null, null, List.of(), Set.of(), 2, mapping));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what the litmus engine shows of a program} */
  Result judge(WeakProgram program) {
    return Search.run(
        tools.read(Source.of("weak", program.toC())),
        tools.model("C")::judge,
        Search.Options.defaults());
  }

  /** A judge of a candidate. */
  record Asked(Judge of, Candidate structure) {}

  /**
   * Has the litmus engine enumerate the executions of a program with judges that somebody wraps.
   */
  void judge(WeakProgram program, Function<Asked, Judge> wrapped) {
    Search.run(
        tools.read(Source.of("weak", program.toC())),
        structure ->
            wrapped.apply(new Asked(tools.model("C").judge(structure), (Candidate) structure)),
        Search.Options.defaults());
  }

  /** {@return how many consistent executions there are, by the litmus engine} */
  long count(WeakProgram program) {
    return executions(judge(program));
  }

  /** {@return how many consistent executions a result is of} */
  static long executions(Result result) {
    return result.positive() + result.negative();
  }

  /**
   * {@return the explorer's form of the model, for one explorer at a time} It remembers what the
   * model has said, of one program for the next.
   */
  MemoryModel instance() {
    return new Weak(model, expansions);
  }
}
