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
import dev.lazymm.litmus.asm.AsmLitmus;
import dev.lazymm.litmus.c.CLitmus;
import dev.lazymm.litmus.c.Config;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.convert.Converted;
import dev.lazymm.litmus.convert.Renamed;
import dev.lazymm.mapping.MappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What tests are read and judged with, whatever language they are in. */
public final class Tools {
  /** In our own model annotations mean what they do in the kernel's since 2024. */
  private static final String CURRENT = "lkmmv2";

  /** What is wished for instead of a file of macros. */
  private static final String C11 = "c11";

  private static final int MOST_PATHS = 100_000;

  /** Of a model's file: where it is, and what kind of file it is. */
  private static final Pattern NOT_IN_NAME = Pattern.compile("^.*[/\\\\]|\\.cat$");

  private final Finder finder;
  private final @Nullable Target target;
  private final @Nullable String asked;
  private final @Nullable String bell;
  private final Set<String> variants;
  private final Supplier<CLitmus.Options> c;
  private final AsmLitmus.Options asm;
  private final Map<String, Named> models = new ConcurrentHashMap<>();

  /**
   * A model, ready to judge.
   *
   * @param name as the user named it
   */
  public record Named(String name, Model model) {
    /** {@return a judge of one structure that also shows the model's main relations} */
    public Judge judge(Structure structure) {
      return new ShowingJudge(model.judge(structure));
    }
  }

  private Tools(
      Finder finder,
      @Nullable Target target,
      @Nullable String asked,
      @Nullable String bell,
      Set<String> variants,
      Supplier<CLitmus.Options> c,
      AsmLitmus.Options asm) {
    this.finder = finder;
    this.target = target;
    this.asked = asked;
    this.bell = bell;
    this.variants = variants;
    this.c = c;
    this.asm = asm;
  }

  /**
   * {@return the test in a file}
   *
   * @throws LitmusException if it is not as it should be
   */
  public LitmusTest read(Source source) {
    if (target != null) {
      Language given = Language.of(source);
      if (given.isC()) {
        Converted converted = target.convert(source, c().macros());
        return Renamed.of(converted, read(Source.of(source.file(), converted.text())));
      }
      target.check(given, source);
    }
    Language language = Language.of(source);
    return language.isC() ? CLitmus.parse(source, c()) : language.read(source, asm(language));
  }

  /** {@return the name of the model for tests in a language} */
  private String name(Language language) {
    return asked == null ? language.model() : asked;
  }

  /** {@return what tests in an assembly language are read with: as their model wants them} */
  private AsmLitmus.Options asm(Language language) {
    Named model = model(language.name());
    return asm.withModel(
        NOT_IN_NAME.matcher(model.name()).replaceAll(""), model.model().computesDependencies());
  }

  /** {@return what tests in C are read with} */
  public CLitmus.Options c() {
    return c.get();
  }

  /**
   * {@return the model for tests in a language: the one asked for, or its own}
   *
   * @throws LitmusException if the model asked for is that of another architecture
   * @throws CatException if the model is not as it should be
   */
  public Named model(String language) {
    if (target != null && Language.named(language).isC()) {
      Named judge = model(target.language());
      return new Named(judge.name() + ", by the mapping " + target.mapping(), judge.model());
    }
    Language of = Language.named(language);
    return models.computeIfAbsent(language, _ -> load(of, vocabulary(of)));
  }

  /** {@return whether a model of that name is built in for tests in assembly, and not for C} */
  public static boolean isHardware(String name) {
    List<String> languages = Language.MODELS.getOrDefault(name, List.of());
    return !languages.isEmpty() && !isForC(name);
  }

  /**
   * {@return the architecture that a model's file is for, by the name of the model that is built in
   * for it; empty if it names none}
   *
   * @param folders where to look for it, too
   * @throws IOException if it cannot be read
   */
  public static Optional<String> architecture(String file, List<Path> folders) throws IOException {
    var request = new Request(null, null, null, null, folders, Set.of(), Request.UNROLL, null);
    return new Finder(request).language(file).filter(l -> !l.isC()).map(Language::model);
  }

  /** {@return whether a model of that name is built in for tests in C} */
  public static boolean isForC(String name) {
    return Language.MODELS.getOrDefault(name, List.of()).contains("C");
  }

  /** {@return whether a model of that name is built in} */
  public static boolean isBuiltIn(String name) {
    return Language.MODELS.containsKey(name);
  }

  /** {@return the name of the model asked for, or else of the one for tests in C} */
  public String name() {
    if (target != null && asked == null) {
      return target.model();
    }
    return name(Language.named("C"));
  }

  /**
   * Reads the model now that the first of some tests will need, so that what is wrong with it is
   * told once.
   */
  public void prepare(List<Input> tests) {
    for (Input test : tests) {
      Optional<Language> language = language(test);
      if (language.isPresent()) {
        model(language.get().name());
        return;
      }
    }
  }

  /** {@return a test's language; what is wrong with a test is told when it is run} */
  private static Optional<Language> language(Input test) {
    try {
      return Optional.of(Language.of(test.reader().read()));
    } catch (IOException | LitmusException _) {
      return Optional.empty();
    }
  }

  /**
   * {@return the model for tests in a language, for structures that know their coherence order, and
   * bring it as a relation {@code known-co}}
   */
  public Named modelOfOrdered(String language) {
    if (target != null && Language.named(language).isC()) {
      return modelOfOrdered(target.language());
    }
    Language of = Language.named(language);
    return load(of, vocabulary(of).andRelations("known-co"));
  }

  private Vocabulary vocabulary(Language language) {
    return isC11(language) ? Vocabulary.c11() : language.vocabulary();
  }

  private Named load(Language language, Vocabulary vocabulary) {
    String name = name(language);
    boolean builtIn = Language.MODELS.containsKey(name) && finder.find(name).isEmpty();
    if (builtIn) {
      language.checkModel(name);
    }
    try {
      return new Named(name, load(language, name, builtIn, vocabulary));
    } catch (IOException e) {
      throw new LitmusException(name, "cannot be read: " + e.getMessage());
    }
  }

  private Model load(Language language, String name, boolean builtIn, Vocabulary vocabulary)
      throws IOException {
    Options options =
        new Options(
            vocabulary, variants, Includes.folders(finder.folders()), bell(language), false);
    try {
      return Model.load(builtIn ? Model.builtIn(name + ".cat") : finder.cat(name), options);
    } catch (CatException e) {
      Optional<Language> other = finder.language(name).filter(o -> language.isC() && !o.isC());
      throw other.isPresent()
          ? new LitmusException(name, needsArch(other.get()) + "\n" + e.getMessage())
          : e;
    }
  }

  private static String needsArch(Language other) {
    return "is a model of tests in %s, not in C; expected --arch %s, which converts them"
        .formatted(other.name(), other.model());
  }

  private boolean isC11(Language language) {
    return language.isC() && c().macros() == Macros.c11();
  }

  /** {@return what a model is told of tags; nothing where its vocabulary says all} */
  private dev.lazymm.cat.@Nullable Source bell(Language language) throws IOException {
    if (!language.isC() || (bell == null && isC11(language))) {
      return null;
    }
    return bell == null ? Model.builtIn("lkmm.bell") : finder.cat(bell);
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
    return Search.run(other, model(test.arch())::judge, Search.Options.defaults()).witness();
  }

  /**
   * Finds and reads what is wished for. The model is read when it is first asked for.
   *
   * @throws LitmusException if a file is missing, or one of ours is not as it should be
   * @throws MappingException if there is no such mapping as is wished for
   * @throws IOException if a file cannot be read
   */
  public static Tools load(Request request) throws IOException {
    Finder finder = new Finder(request);
    Optional<Config> config = finder.config();
    Set<String> variants = new TreeSet<>(request.variants());
    config.ifPresent(c -> variants.addAll(c.variants()));

    @Nullable String model =
        request.model() != null || request.arch() != null
            ? request.model()
            : config.flatMap(Config::model).orElse(null);
    @Nullable String bell =
        request.bell() != null ? request.bell() : config.flatMap(Config::bell).orElse(null);
    @Nullable String macros =
        request.macros() != null ? request.macros() : config.flatMap(Config::macros).orElse(null);
    if (bell == null || macros == null) {
      variants.add(CURRENT);
    }
    Supplier<Macros> defined = finder.macros(macros, model);
    return new Tools(
        finder,
        request.arch() == null ? null : Target.of(request.arch()),
        model,
        bell,
        variants,
        () -> new CLitmus.Options(defined.get(), variants, request.unroll(), MOST_PATHS),
        new AsmLitmus.Options(request.unroll(), MOST_PATHS, "", false));
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

    /**
     * {@return the macros wished for; ours are read with the first test in C, as that takes long}
     */
    Supplier<Macros> macros(@Nullable String macros, @Nullable String model) throws IOException {
      if (macros == null) {
        return model != null && isForC11(model) ? Macros::c11 : Macros::linux;
      }
      if (macros.equals(C11) && find(macros).isEmpty()) {
        return Macros::c11;
      }
      Macros read = Macros.parse(Source.read(file(macros, "a file of macros, or " + C11)));
      return () -> read;
    }

    private boolean isForC11(String model) throws IOException {
      return language(model).filter(Language::isC).isPresent();
    }

    /** {@return the language that a model's file names first; LKMM names none} */
    Optional<Language> language(String model) throws IOException {
      Optional<Path> file = find(model);
      return file.isPresent()
          ? ModelHead.language(Source.read(file.get()).text())
          : Optional.empty();
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
                              ? ", or one of " + String.join(", ", Language.MODELS.keySet())
                              : "")));
    }

    dev.lazymm.cat.Source cat(String name) throws IOException {
      return dev.lazymm.cat.Source.read(file(name, "a model"));
    }
  }
}
