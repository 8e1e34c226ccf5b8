package dev.lazymm.cat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was read: what the interpreter runs and the compiler compiles.
 *
 * @param library the files
 * @param parts the standard library, the bell file if there is one, and the model, in this order
 * @param bell what the bell file declares
 * @param tagSets tags by the sets that they define
 * @param options as given
 */
record ModelFiles(
    Library library, List<Source> parts, Bell bell, Map<String, String> tagSets, Options options) {

  private static final String STANDARD = "stdlib.cat";

  /** {@return the files of a model} */
  static ModelFiles read(Source main, Options options) {
    Library library = new Library(options.includes());
    library.file(main);
    Source standard =
        main.fileName().equals(STANDARD)
            ? main
            : library
                .include(new Place(main, 1, 1), STANDARD, Library.Chain.of(main))
                .chain()
                .source();
    Source bellFile = options.bell();
    Bell bell = bellFile == null ? Bell.empty() : Bell.read(bellFile, library, options.variants());
    List<Source> parts =
        Stream.of(standard, bellFile, main).filter(Objects::nonNull).distinct().toList();
    return new ModelFiles(library, parts, bell, bell.tagSets(), options);
  }

  Set<String> variants() {
    return options.variants();
  }

  /** What a name means that no file defines. */
  enum Given {
    SET,
    TAGGED,
    RELATION,
    IDENTITY,
    PRIMITIVE
  }

  /** {@return what a name means that no file defines, or null} */
  @Nullable Given given(String name) {
    if (tagSets.containsKey(name)) {
      return Given.TAGGED;
    }
    if (options.vocabulary().sets().contains(name)) {
      return Given.SET;
    }
    if (options.vocabulary().relations().contains(name)) {
      return Given.RELATION;
    }
    if (name.equals("id")) {
      return Given.IDENTITY;
    }
    return Primitives.Kind.named(name) == null ? null : Given.PRIMITIVE;
  }

  /** Adds all names that need no definition. */
  void givenNames(List<String> into) {
    into.addAll(tagSets.keySet());
    into.addAll(options.vocabulary().sets());
    into.addAll(options.vocabulary().relations());
    into.add("id");
    for (Primitives.Kind kind : Primitives.Kind.values()) {
      into.add(kind.name);
    }
  }
}
