package dev.lazymm.litmus.run;

import dev.lazymm.cat.CatException;
import dev.lazymm.cat.Includes;
import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Model;
import dev.lazymm.cat.Options;
import dev.lazymm.cat.Structure;
import dev.lazymm.cat.Vocabulary;
import dev.lazymm.litmus.Execution;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.LitmusTest.Quantifier;
import dev.lazymm.litmus.Search;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.CLitmus;
import dev.lazymm.litmus.c.Config;
import dev.lazymm.litmus.c.Macros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What tests are read and judged with.
 *
 * @param name the model as the user named it
 * @param model the model
 * @param c how tests in C are read
 */
public record Tools(String name, Model model, CLitmus.Options c) {
  /** The models that are built in. */
  public static final List<String> BUILT_IN = List.of("lkmm", "sc");

  /** In our own model annotations mean what they do in the kernel's since 2024. */
  private static final String CURRENT = "lkmmv2";

  private static final int MOST_PATHS = 100_000;

  /** {@return the test in a file} */
  public LitmusTest read(Source source) {
    return CLitmus.parse(source, c);
  }

  /** {@return a judge of one structure that also shows the model's main relations} */
  public Judge judge(Structure structure) {
    return new ShowingJudge(model.judge(structure));
  }

  /** {@return an execution of a test that its own question is not about; null if there is none} */
  public @Nullable Execution otherExecution(LitmusTest test) {
    LitmusTest other =
        new LitmusTest(
            test.name(),
            test.arch(),
            test.locations(),
            test.initial(),
            test.threads(),
            test.registers(),
            test.shown(),
            test.filter(),
            test.quantifier() == Quantifier.FORALL ? Quantifier.EXISTS : Quantifier.FORALL,
            test.condition(),
            test.conditionText());
    return Search.run(other, this::judge, Search.Options.defaults()).witness();
  }

  /**
   * Finds and reads what is wished for.
   *
   * @throws LitmusException if a file is missing, or one of ours is not as it should be
   * @throws CatException if the model is not as it should be
   * @throws IOException if a file cannot be read
   */
  public static Tools load(Request request) throws IOException {
    Finder finder = new Finder(request);
    Optional<Config> config = finder.config();
    Set<String> variants = new TreeSet<>(request.variants());
    config.ifPresent(c -> variants.addAll(c.variants()));

    @Nullable String model =
        request.model() != null ? request.model() : config.flatMap(Config::model).orElse(null);
    @Nullable String bell =
        request.bell() != null ? request.bell() : config.flatMap(Config::bell).orElse(null);
    @Nullable String macros =
        request.macros() != null ? request.macros() : config.flatMap(Config::macros).orElse(null);
    String name = model == null ? BUILT_IN.getFirst() : model;
    if (bell == null || macros == null) {
      variants.add(CURRENT);
    }
    Options options =
        new Options(
            Vocabulary.c(),
            variants,
            Includes.folders(finder.folders()),
            bell == null ? Model.builtIn("lkmm.bell") : finder.cat(bell),
            false);
    Model loaded =
        Model.load(
            BUILT_IN.contains(name) && finder.find(name).isEmpty()
                ? Model.builtIn(name + ".cat")
                : finder.cat(name),
            options);
    Macros defined =
        macros == null
            ? Macros.linux()
            : Macros.parse(Source.read(finder.file(macros, "a file of macros")));
    return new Tools(
        name, loaded, new CLitmus.Options(defined, variants, request.unroll(), MOST_PATHS));
  }

  /** Looks for files where herd does: as named, beside the configuration file, in folders given. */
  private record Finder(Request request) {
    Optional<Config> config() throws IOException {
      String conf = request.conf();
      return conf == null
          ? Optional.empty()
          : Optional.of(Config.parse(Source.read(file(conf, "a configuration file"))));
    }

    List<Path> folders() {
      List<Path> all = new ArrayList<>(request.folders());
      String conf = request.conf();
      if (conf != null) {
        find(conf).map(Path::toAbsolutePath).map(Path::getParent).ifPresent(all::add);
      }
      return all;
    }

    Optional<Path> find(String name) {
      Path direct = Path.of(name);
      if (Files.isRegularFile(direct)) {
        return Optional.of(direct);
      }
      List<Path> places = new ArrayList<>(request.folders());
      String conf = request.conf();
      if (conf != null && !name.equals(conf)) {
        places.addAll(folders());
      }
      return places.stream().map(p -> p.resolve(name)).filter(Files::isRegularFile).findFirst();
    }

    Path file(String name, String what) {
      return find(name)
          .orElseThrow(() ->
              new LitmusException(
                  name,
                  "there is no such file; expected %s%s"
                      .formatted(
                          what,
                          what.contains("model")
                              ? ", or one of " + String.join(", ", BUILT_IN)
                              : "")));
    }

    dev.lazymm.cat.Source cat(String name) throws IOException {
      return dev.lazymm.cat.Source.read(file(name, "a model"));
    }
  }
}
