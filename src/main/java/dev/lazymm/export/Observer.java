package dev.lazymm.export;

import dev.lazymm.cat.CatException;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.run.Request;
import dev.lazymm.litmus.run.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what a litmus test shows, as {@code lazymm litmus} does. */
final class Observer {
  private final Tools tools;

  private Observer(@Nullable String arch) {
    try {
      tools =
          Tools.load(
              new Request(null, null, null, null, List.of(), Set.of(), Request.UNROLL, arch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return one that judges each test by the model of its language} */
  static Observer ofText() {
    return new Observer(null);
  }

  /** {@return one that judges tests in C by the hardware that a mapping converts them for} */
  static Observer of(String mapping) {
    return new Observer(mapping);
  }

  /** {@return what a test shows; nothing if it cannot be read, converted, or searched through} */
  Optional<Result.Observation> observe(String text) {
    try {
      LitmusTest test = tools.read(Source.of("exported", text));
      Result result = Search.run(test, tools.model(test.arch())::judge, Search.Options.defaults());
      return result.isInconclusive() ? Optional.empty() : Optional.of(result.observation());
    } catch (LitmusException | CatException e) {
      return Optional.empty();
    }
  }
}
