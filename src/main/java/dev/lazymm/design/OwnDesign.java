package dev.lazymm.design;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A design from a Java file: one class that implements {@link LazyMm}, with a constructor that
 * takes the {@link Kernel} or nothing.
 *
 * <p>Loading goes through {@link DesignSource}, {@link Compilation}, {@link Inspection} and {@link
 * DesignLoader}; what is made for each kernel is guarded by {@link Guard}.
 */
public final class OwnDesign {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

  private final DesignLoader loader;
  private final Constructor<?> constructor;
  private final int line;

  private OwnDesign(DesignLoader loader, Constructor<?> constructor, int line) {
    this.loader = loader;
    this.constructor = constructor;
    this.line = line;
  }

  /** {@return whether a word on the command line can only be the file of a design} */
  public static boolean isFile(String word) {
    return word.endsWith(".java") || word.contains("/");
  }

  /**
   * {@return the design in a file, under its own name}
   *
   * @throws DesignException if it is not a design, or one whose verdicts would say nothing
   */
  public static Designs.Entry load(String file) {
    return load(file, true);
  }

  /** Without inspection, to see what the guard finds by itself. */
  static Designs.Entry load(String file, boolean inspect) {
    DesignSource source = DesignSource.read(file);
    Compilation compiled = Compilation.of(source);
    if (inspect) {
      List<DesignSource.Problem> problems = new Inspection(compiled).problems();
      if (!problems.isEmpty()) {
        throw source.error(problems);
      }
    }
    DesignLoader loader = new DesignLoader(source, compiled.classes());
    Class<?> type = only(source, compiled, designs(source, compiled, loader));
    OwnDesign own =
        new OwnDesign(loader, constructor(source, compiled, type), line(compiled, type));
    String name = own.name();
    return new Designs.Entry(name, "of " + file, file, own::make);
  }

  private static List<Class<?>> designs(
      DesignSource source, Compilation compiled, DesignLoader loader) {
    List<Class<?>> all = new ArrayList<>();
    for (String name : compiled.classes().keySet()) {
      if (name.endsWith("-info")) {
        continue; // of a module or a package
      }
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (LazyMm.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())
            && !type.isAnonymousClass()
            && !type.isLocalClass()) {
          all.add(type);
        }
      } catch (IllegalArgumentException e) {
        throw source.error(
            compiled.declared().getOrDefault(name, 1),
            "%s is too large to have its loops counted: %s".formatted(name, e.getMessage()),
            "shorter methods");
      } catch (ReflectiveOperationException | LinkageError e) {
        throw source.error("the class %s cannot be loaded: %s".formatted(name, e), "a class");
      }
    }
    return all;
  }

  private static Class<?> only(DesignSource source, Compilation compiled, List<Class<?>> designs) {
    if (designs.isEmpty()) {
      throw source.error(
          "there is no design in it: "
              + (compiled.classes().isEmpty()
                  ? "it holds no class"
                  : "of its classes (%s) none implements LazyMm"
                      .formatted(String.join(", ", compiled.classes().keySet()))),
          "a class that implements dev.lazymm.kernel.LazyMm, and is not abstract");
    }
    if (designs.size() > 1) {
      throw source.error(
          line(compiled, designs.get(1)),
          "there are %d designs in one file: %s"
              .formatted(
                  designs.size(),
                  designs.stream()
                      .map(d -> d.getSimpleName() + " at line " + line(compiled, d))
                      .collect(Collectors.joining(", "))),
          "one class that implements LazyMm; make what they share abstract");
    }
    return designs.getFirst();
  }

  private static Constructor<?> constructor(
      DesignSource source, Compilation compiled, Class<?> type) {
    for (Class<?>[] parameters : List.of(new Class<?>[] {Kernel.class}, new Class<?>[0])) {
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(parameters);
        constructor.setAccessible(true);
        return constructor;
      } catch (NoSuchMethodException e) {
        // the next
      }
    }
    String name = type.getSimpleName();
    throw source.error(
        line(compiled, type),
        name + " cannot be made: it has no constructor for that",
        "%s(Kernel kernel) or %s()%s"
            .formatted(name, name, type.isMemberClass() ? ", in a static class" : ""));
  }

  private static int line(Compilation compiled, Class<?> type) {
    Map<String, Integer> declared = compiled.declared();
    return declared.getOrDefault(type.getName(), 1);
  }

  /** Makes one, to ask it for its name. */
  private String name() {
    Memory memory = new Memory(Layout.lineEach(), 2);
    Kernel kernel = new Kernel(memory, Arches.ALL.getFirst().make(), this::make);
    String name;
    try {
      name = kernel.lazyMm().name();
    } catch (DesignFailure e) {
      throw inVain(e);
    }
    if (!NAME.matcher(name).matches()) {
      throw loader
          .source()
          .error(
              line,
              "its name() is \"" + name + "\"",
              "up to 40 letters, digits, \".\", \"_\" and \"-\"");
    }
    if (Designs.find(name).isPresent()) {
      throw loader
          .source()
          .error(line, "its name() is that of a design of lazymm's: " + name, "a name of its own");
    }
    if (Arches.find(name).isPresent()) {
      throw loader
          .source()
          .error(line, "its name() is that of an architecture: " + name, "a name of its own");
    }
    return name;
  }

  private LazyMm make(Kernel kernel) {
    Watch.current().forget();
    try {
      Object[] with = constructor.getParameterCount() == 0 ? new Object[0] : new Object[] {kernel};
      return Guard.guard((LazyMm) constructor.newInstance(with), loader, line);
    } catch (InvocationTargetException e) {
      throw inVain(Guard.failure(loader, line, Guard.cause(e)));
    } catch (LinkageError e) {
      Throwable cause = e instanceof ExceptionInInitializerError i ? i.getException() : e;
      throw inVain(Guard.failure(loader, line, cause == null ? e : cause));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A design that cannot even be made or named is not one to be judged. */
  private static DesignException inVain(Throwable e) {
    return e instanceof DesignException refused
        ? refused
        : new DesignException(e.getMessage() + "\n  expected a design that can be made and named");
  }
}
