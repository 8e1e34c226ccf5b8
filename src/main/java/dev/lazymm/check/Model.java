package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A memory model that kernel code is checked under. SC and LKMM judge the source text, on any
 * architecture; a hardware model judges what the mapping of its architecture makes of it.
 */
public final class Model {
  /** Sequential consistency. */
  public static final Model SC = new Model("sc", null, Sc::new);

  private static final Map<String, String> MAPPINGS =
      Map.of("tso", "x86", "armv8", "aarch64", "power", "ppc", "riscv", "riscv");

  /** The models by name. */
  public static final List<String> NAMES =
      List.of("sc", "tso", "armv8", "power", "riscv", "lkmm");

  private final String name;
  private final @Nullable String mapping;
  private final Supplier<MemoryModel> instances;

  private Model(String name, @Nullable String mapping, Supplier<MemoryModel> instances) {
    this.name = name;
    this.mapping = mapping;
    this.instances = instances;
  }

  /**
   * {@return a model by its name}
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Model named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no model %s; expected one of %s".formatted(name, String.join(", ", NAMES)));
    }
    if (name.equals(SC.name)) {
      return SC;
    }
    String mapping = MAPPINGS.get(name);
    Expansions expansions = new Expansions(mapping, mapping == null ? name : null);
    return new Model(name, mapping, () -> new Weak(name, expansions));
  }

  /** {@return its name on the command line} */
  public String name() {
    return name;
  }

  /**
   * {@return whether an architecture's code does not run on such hardware, so that a verdict says
   * what would be if it did}
   *
   * @param arch an architecture's name
   */
  public boolean isWhatIf(String arch) {
    return mapping != null && !arch.startsWith(mapping.equals("ppc") ? "powerpc" : mapping);
  }

  /** {@return one for one explorer} */
  MemoryModel instance() {
    return instances.get();
  }
}
