package dev.lazymm.design;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Defines the classes of one design, instrumented; everything else is lazymm's and the JDK's. */
final class DesignLoader extends ClassLoader {
  private final DesignSource source;
  private final Map<String, byte[]> classes;

  DesignLoader(DesignSource source, Map<String, byte[]> classes) {
    super("design", DesignLoader.class.getClassLoader());
    this.source = source;
    this.classes = Map.copyOf(classes);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] counted = Instrument.instrument(bytes, classes);
    return defineClass(name, counted, 0, counted.length);
  }

  DesignSource source() {
    return source;
  }

  /** {@return the place in the design that the current thread is at, innermost first} */
  static Optional<Place> here() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(frames ->
            frames
                .filter(f -> f.getDeclaringClass().getClassLoader() instanceof DesignLoader)
                .filter(f -> f.getLineNumber() > 0)
                .findFirst()
                .map(f ->
                    new Place(
                        ((DesignLoader) f.getDeclaringClass().getClassLoader()).source,
                        f.getLineNumber())));
  }

  /** {@return the place in this design where something was thrown} */
  Optional<Place> placeOf(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(e -> classes.containsKey(e.getClassName()) && e.getLineNumber() > 0)
        .findFirst()
        .map(e -> new Place(source, e.getLineNumber()));
  }

  /** A line of a design. */
  record Place(DesignSource source, int line) {
    DesignException error(String what, String expected) {
      return source.error(line, what, expected);
    }

    @Override
    public String toString() {
      return source.file() + ":" + line;
    }
  }
}
