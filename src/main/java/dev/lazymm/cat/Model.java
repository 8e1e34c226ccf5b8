package dev.lazymm.cat;

import java.util.Optional;

/** A memory model, ready to judge executions. Immutable; any number of threads may share it. */
public final class Model {
  private final ModelFiles files;
  private final CatFile main;

  private Model(ModelFiles files, CatFile main) {
    this.files = files;
    this.main = main;
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
      return new Model(files, files.library().file(main));
    } catch (StackOverflowError e) {
      throw new CatException(new Place(main, 1, 1), "this is nested too deeply", "less depth");
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
    return new InterpretedJudge(files, new Bases(structure));
  }
}
