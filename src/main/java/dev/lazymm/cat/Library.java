package dev.lazymm.cat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of a model, each read once: the user's, else those that are built in. */
final class Library {
  private final Includes includes;
  private final Map<String, CatFile> read = new ConcurrentHashMap<>();

  Library(Includes includes) {
    this.includes = includes;
  }

  /**
   * Where we are: a file, and who includes it.
   *
   * @param source the file
   * @param at the include, or null for the first file
   * @param from the including file, or null for the first one
   */
  record Chain(Source source, @Nullable Place at, @Nullable Chain from) {
    static Chain of(Source source) {
      return new Chain(source, null, null);
    }
  }

  /** A file and where it is. */
  record Found(Chain chain, CatFile file) {}

  CatFile file(Source source) {
    CatFile known = read.get(source.name());
    if (known == null) {
      known = CatReader.read(source);
      read.put(source.name(), known);
    }
    return known;
  }

  /**
   * {@return an included file}
   *
   * @throws CatException if there is none, it cannot be read, or includes itself
   */
  Found include(Place at, String name, Chain from) {
    Source source = source(at, name, from.source());
    for (Chain c = from; c != null; c = c.from()) {
      if (c.source().name().equals(source.name())) {
        throw new CatException(
            at, "'" + name + "' includes itself: " + path(from, source), "an end to it");
      }
    }
    return new Found(new Chain(source, at, from), file(source));
  }

  private static String path(Chain from, Source last) {
    List<String> names = new ArrayList<>(List.of(last.name()));
    for (Chain c = from; c != null; c = c.from()) {
      names.add(c.source().name());
    }
    Collections.reverse(names);
    return String.join(" -> ", names);
  }

  private Source source(Place at, String name, Source from) {
    try {
      Source theirs = includes.find(name, from);
      Source found = theirs == null ? builtIn(name) : theirs;
      if (found != null) {
        return found;
      }
    } catch (IOException e) {
      throw new CatException(
          at, "cannot read '" + name + "': " + e.getMessage(), "a file that can be read");
    }
    throw new CatException(
        at, "no file '" + name + "'", "a file beside this one, on the include path, or built in");
  }

  static @Nullable Source builtIn(String name) throws IOException {
    if (!name.matches("[a-z-]+\\.cat")) {
      return null;
    }
    String place = name.startsWith("lkmm") ? "models/" + name : name;
    try (InputStream in = Library.class.getResourceAsStream(place)) {
      return in == null ? null : Source.decode("built-in/" + name, null, in.readAllBytes());
    }
  }
}
