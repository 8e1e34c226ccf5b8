package dev.lazymm.cat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * {@return the relations that the model's own file defines, in its order; none if interpreted}
   */
  public List<String> names() {
    return main.instructions().stream()
        .filter(Instruction.Let.class::isInstance)
        .map(Instruction.Let.class::cast)
        .flatMap(let -> let.bindings().stream())
        .flatMap(binding -> binding.pattern().names().stream())
        .filter(name -> program != null && program.names().containsKey(name))
        .distinct()
        .toList();
  }

  /**
   * {@return those of {@link #names} that the relation which a check tests is made of}
   *
   * @param check its name in the model's own file; there may be no such check
   */
  public Set<String> partsOf(String check) {
    Map<String, Set<String>> madeOf = new HashMap<>();
    Set<String> parts = new HashSet<>();
    for (Instruction instruction : main.instructions()) {
      if (instruction instanceof Instruction.Let let) {
        for (Expr.Binding binding : let.bindings()) {
          Set<String> of = FreeNames.of(binding.value());
          binding
              .pattern()
              .names()
              .forEach(name -> madeOf.computeIfAbsent(name, _ -> new HashSet<>()).addAll(of));
        }
      } else if (instruction instanceof Instruction.Test test && check.equals(test.name())) {
        Deque<String> open = new ArrayDeque<>(FreeNames.of(test.of()));
        while (!open.isEmpty()) {
          String name = open.pop();
          if (parts.add(name)) {
            open.addAll(madeOf.getOrDefault(name, Set.of()));
          }
        }
      }
    }
    parts.retainAll(names());
    return parts;
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
