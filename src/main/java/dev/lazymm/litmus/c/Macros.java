package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Comments;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.grammar.CParser.MacroContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/**
 * What a test's calls mean: the definitions of a {@code .def} file, by name.
 *
 * <pre>
 * READ_ONCE(X) __load{ONCE}(X)
 * smp_mb() { __fence{MB}; }
 * </pre>
 *
 * <p>A tag may be a parameter; then its argument is the name of one:
 *
 * <pre>
 * memory_order_acquire {ACQ}
 * atomic_load_explicit(address, order) __load{order}(*address)
 * </pre>
 */
public final class Macros {
  private final Map<String, Macro> byName;
  private final Map<String, String> tags;

  private Macros(Map<String, Macro> byName, Map<String, String> tags) {
    this.byName = byName;
    this.tags = tags;
  }

  /** {@return the definitions of a {@code .def} file} */
  public static Macros parse(Source file) {
    Source source = Comments.withoutCs(file);
    Map<String, Macro> all = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    for (MacroContext macro : new StatementTrees(source).parser().macros().macro()) {
      String name = macro.ID(0).getText();
      if (macro.tag() != null
          ? tags.put(name, macro.tag().getText().replaceAll("[{}]", "")) != null
          : all.put(name, macro(macro, source)) != null) {
        throw source.error(Trees.place(macro), name + " is defined twice");
      }
    }
    return new Macros(all, tags);
  }

  private static Macro macro(MacroContext tree, Source source) {
    var trees = new StatementTrees(source);
    List<String> parameters = tree.ID().stream().skip(1).map(TerminalNode::getText).toList();
    Set<String> seen = new HashSet<>();
    for (String parameter : parameters) {
      if (!seen.add(parameter)) {
        throw source.error(Trees.place(tree), "two parameters are called " + parameter);
      }
    }
    return tree.block() == null
        ? new Macro.Valued(parameters, trees.expression(tree.expression()))
        : new Macro.Unvalued(parameters, trees.block(tree.block()));
  }

  /** {@return the Linux kernel's primitives} */
  public static Macros linux() {
    return Linux.MACROS;
  }

  /** {@return the atomic operations of C11} */
  public static Macros c11() {
    return C11.MACROS;
  }

  /** Read when first asked for. */
  private static final class Linux {
    private static final Macros MACROS = builtIn("linux.def");
  }

  /** Read when first asked for. */
  private static final class C11 {
    private static final Macros MACROS = builtIn("c11.def");
  }

  private static Macros builtIn(String file) {
    try (InputStream in = Macros.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return parse(Source.of(file, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the names of all that is defined} */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /** {@return the tag of a name; null if it is none's} */
  @Nullable String tag(String name) {
    return tags.get(name);
  }

  /** {@return the names of tags} */
  Set<String> tags() {
    return Set.copyOf(tags.keySet());
  }

  /** {@return a definition; null if there is none} */
  public @Nullable Macro get(String name) {
    return byName.get(name);
  }
}
