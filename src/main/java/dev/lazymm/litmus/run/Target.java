package dev.lazymm.litmus.run;

import dev.lazymm.isa.Isa;
import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.Macros;
import dev.lazymm.litmus.convert.Converted;
import dev.lazymm.litmus.convert.Converter;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.MappingException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What tests in C are converted to: {@code --arch}, {@code --to}. */
public final class Target {
  private final Language language;
  private final Mapping mapping;
  private final Converter converter;

  private Target(Language language, Mapping mapping, Converter converter) {
    this.language = language;
    this.mapping = mapping;
    this.converter = converter;
  }

  /**
   * {@return that of a mapping, by its name, another name of its architecture, or its file}
   *
   * @throws MappingException if there is no such mapping, or it makes no sense
   * @throws IOException if its file cannot be read
   * @throws LitmusException if tests of its instruction set cannot be read
   */
  public static Target of(String name) throws IOException {
    Mapping mapping = find(name);
    Language language =
        Language.find(mapping.isa())
            .orElseThrow(
                () -> new LitmusException(name, "there are no tests in " + mapping.isa() + " yet"));
    Isa isa = language.isa();
    if (isa == null) {
      throw new LitmusException(name, "is no architecture");
    }
    return new Target(language, mapping, new Converter(mapping, isa));
  }

  /** {@return the same for tests whose numbers are {@linkplain Converter#ofCounts counts}} */
  public Target ofCounts() {
    return new Target(language, mapping, converter.ofCounts());
  }

  /** {@return whether a name is that of a mapping, or of a file of one} */
  public static boolean isMapping(String name) {
    return Mapping.BUILT_IN.contains(name) || name.endsWith(Mapping.SUFFIX);
  }

  private static Mapping find(String name) throws IOException {
    try {
      return Mapping.find(name);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  /** {@return the language of converted tests} */
  String language() {
    return language.name();
  }

  /** {@return the model that they are judged by} */
  String model() {
    return mapping.model();
  }

  /** {@return the mapping's name} */
  public String mapping() {
    return mapping.name();
  }

  /**
   * {@return a test in C, converted}
   *
   * @throws LitmusException if it is not in C, not as it should be, or cannot be converted
   */
  public Converted convert(Source source, Macros macros) {
    return converter.convert(source, macros);
  }

  /**
   * Checks that a test in assembly is of this architecture.
   *
   * @throws LitmusException if it is not
   */
  void check(Language other, Source source) {
    if (!other.model().equals(language.model())) {
      throw new LitmusException(
          source.file(),
          "is a test in %s; --arch expects one in C or %s".formatted(other.name(), language()));
    }
  }
}
