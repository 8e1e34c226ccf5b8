package dev.lazymm.cat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A memory model, ready to judge executions. Immutable; any number of threads may share it. */
public final class Model {
  private final ModelFiles files;
  private final CatFile main;
  private final @Nullable Program program;

  private Model(ModelFiles files, CatFile main, @Nullable Program program) {
    this.files = files;
    this.main = main;
    this.program = program;
  }

  /**
   * {@return a model}
   *
   * @param main its file
   * @throws CatException if there is a mistake in it, in its bell file or in what it includes
   */
  public static Model load(Source main, Options options) {
    try {
      ModelFiles files = ModelFiles.read(main, options);
      Program program = options.interpreted() ? null : compile(files);
      return new Model(files, files.library().file(main), program);
    } catch (StackOverflowError e) {
      throw new CatException(new Place(main, 1, 1), "this is nested too deeply", "less depth");
    }
  }

  private static @Nullable Program compile(ModelFiles files) {
    try {
      return ModelCompiler.compile(files);
    } catch (NotCompilable e) {
      return null;
    }
  }

  /** {@return whether it is compiled; if not, it judges complete candidates only, and slowly} */
  public boolean isCompiled() {
    return program != null;
  }

  /**
   * {@return one of the files that are built in: {@code lkmm.cat}, {@code lkmm.bell}, {@code
   * sc.cat}}
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Source builtIn(String name) {
    try (InputStream in = Model.class.getResourceAsStream("models/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no model " + name + " is built in");
      }
      return Source.decode("built-in/" + name, null, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what the model calls itself, or an empty text} */
  public String title() {
    return main.title();
  }

  /** {@return whether the model computes dependencies itself: {@code catdep}} */
  public boolean computesDependencies() {
    return main.computesDependencies();
  }

  /** {@return what the bell file declares, if there is one} */
  public Optional<Bell> bell() {
    return files.options().bell() == null ? Optional.empty() : Optional.of(files.bell());
  }

  /** {@return a new judge of one structure} */
  public Judge judge(Structure structure) {
    Bases bases = new Bases(structure);
    return program == null
        ? new InterpretedJudge(files, bases)
        : new CompiledJudge(files, program, bases);
  }
}
