package dev.lazymm.cat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at a place of a model. Persistent: a longer scope shares the shorter one, so a
 * function keeps the scope of its definition.
 *
 * @param <V> what a name means: a value, or a part of a compiled program
 */
interface Scope<V> {
  /** {@return what a name means, or null} */
  @Nullable Lazy<V> find(String name);

  /** Adds all names to a list. */
  void names(List<String> into);

  /** {@return this scope and one more name, which hides an older one} */
  default Scope<V> with(String name, Lazy<V> value) {
    return name.equals("_") ? this : new Longer<>(this, name, value);
  }

  /** {@return this scope and one more name, which hides an older one} */
  default Scope<V> with(String name, V value) {
    return with(name, Lazy.of(value));
  }

  /** {@return the place in error messages: "did you mean"} */
  default CatException unbound(Place at, String name) {
    if (Primitives.MISSING.contains(name)) {
      return new CatException(at, "primitive '" + name + "' is not built", "another one");
    }
    List<String> names = new ArrayList<>();
    names(names);
    String near = Spelling.nearest(name, names);
    return new CatException(
        at,
        "unbound name '" + name + "'",
        "a name that is defined here" + (near == null ? "" : "; did you mean '" + near + "'?"));
  }

  /**
   * {@return what a name means}
   *
   * @throws CatException if it means nothing
   */
  default V get(Place at, String name) {
    Lazy<V> found = find(name);
    if (found == null) {
      throw unbound(at, name);
    }
    return found.get();
  }

  /** A value that is computed when it is first asked for: definitions are lazy, as in herd. */
  final class Lazy<V> {
    private @Nullable Supplier<V> supplier;
    private @Nullable V value;

    private Lazy(@Nullable Supplier<V> supplier, @Nullable V value) {
      this.supplier = supplier;
      this.value = value;
    }

    static <V> Lazy<V> of(V value) {
      return new Lazy<>(null, value);
    }

    static <V> Lazy<V> by(Supplier<V> supplier) {
      return new Lazy<>(supplier, null);
    }

    V get() {
      V known = value;
      if (known == null) {
        if (supplier == null) {
          throw new IllegalStateException("a lazy value of nothing");
        }
        known = supplier.get();
        value = known;
        supplier = null;
      }
      return known;
    }
  }

  /** A scope and one more name. */
  record Longer<V>(Scope<V> shorter, String name, Lazy<V> value) implements Scope<V> {
    @Override
    public @Nullable Lazy<V> find(String wanted) {
      Scope<V> at = this;
      while (at instanceof Longer<V> longer) {
        if (longer.name.equals(wanted)) {
          return longer.value;
        }
        at = longer.shorter;
      }
      return at.find(wanted);
    }

    @Override
    public void names(List<String> into) {
      Scope<V> at = this;
      while (at instanceof Longer<V> longer) {
        into.add(longer.name);
        at = longer.shorter;
      }
      at.names(into);
    }
  }
}
