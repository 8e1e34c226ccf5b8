package dev.lazymm.check;

import dev.lazymm.check.mapped.Expansions;
import dev.lazymm.workload.Action;
import dev.lazymm.workload.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A memory model that kernel code is checked under. SC and LKMM judge the source text, LKMM with
 * what the architecture's own hardware does besides; a hardware model judges what the mapping of
 * its architecture makes of it.
 */
public final class Model {
  /** Sequential consistency. */
  public static final Model SC = new Model("sc", null);

  private static final Map<String, String> MAPPINGS =
      Map.of("tso", "x86", "armv8", "aarch64", "power", "ppc", "riscv", "riscv");

  /** The models by name. */
  public static final List<String> NAMES = List.of("sc", "tso", "armv8", "power", "riscv", "lkmm");

  /**
   * Architectures whose hardware no mapping is of, and whose mapping they are judged by instead:
   * the nearest. s390 keeps the order of all but a store and a later load, as x86 does.
   */
  private static final Map<String, String> LENT = Map.of("s390", "x86");

  private static final String KERNEL_BUFFERING = "load buffering among kernel accesses";

  private final String name;
  private final @Nullable String mapping;

  /** What operations are to it, by the mapping that says what the machine itself orders. */
  private final Map<String, Expansions> expansions = new ConcurrentHashMap<>();

  private Model(String name, @Nullable String mapping) {
    this.name = name;
    this.mapping = mapping;
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
    return name.equals(SC.name) ? SC : new Model(name, MAPPINGS.get(name));
  }

  /**
   * {@return the model of an architecture's own hardware; where there is none, of the nearest, which
   * is a what-if}
   *
   * @param arch an architecture's name
   */
  public static Model ofHardware(String arch) {
    String mapping = family(arch);
    return NAMES.stream()
        .filter(name -> mapping.equals(MAPPINGS.get(name)))
        .map(Model::named)
        .findFirst()
        .orElseThrow();
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
    return this != SC
        && (LENT.containsKey(arch) || (mapping != null && !mapping.equals(family(arch))));
  }

  /**
   * {@return what is outside the bound under it, so that a verdict does not speak of it; empty if
   * nothing is} Under SC and TSO no load is done after a later store, and nothing is left out.
   *
   * @param scenario what is checked
   */
  public List<String> leftOut(Scenario scenario) {
    if (this == SC || name.equals("tso")) {
      return List.of();
    }
    return storesWhatItLoads(scenario)
        ? List.of(KERNEL_BUFFERING, "load buffering past user code's store to what it has loaded")
        : List.of(KERNEL_BUFFERING);
  }

  /** Whether user code loads a cell and stores to it, and the kernel does nothing in between. */
  private static boolean storesWhatItLoads(Scenario scenario) {
    for (Scenario.CpuLine line : scenario.cpus()) {
      Set<String> loaded = new HashSet<>();
      for (Action action : line.actions()) {
        switch (action) {
          case Action.Load load -> loaded.add(load.cell());
          case Action.Store store when loaded.contains(store.cell()) -> {
            return true;
          }
          case Action.Store _ -> {}
          default -> loaded.clear();
        }
      }
    }
    return false;
  }

  /**
   * {@return the names of the relations of an execution under it: those that every model has, and
   * those that its own file defines}
   *
   * @param arch the name of the architecture whose code is judged
   */
  public List<String> relations(String arch) {
    List<String> names = new ArrayList<>(Relations.OF_ALL);
    if (instance(arch) instanceof Weak weak) {
      weak.relations().stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    return names;
  }

  /** The mapping for the hardware of an architecture. */
  private static String family(String arch) {
    if (arch.startsWith("powerpc")) {
      return "ppc";
    }
    if (arch.startsWith("x86")) {
      return "x86";
    }
    if (arch.startsWith("arm64")) {
      return "aarch64";
    }
    if (arch.startsWith("riscv")) {
      return "riscv";
    }
    if (LENT.get(arch) instanceof String lent) {
      return lent;
    }
    throw new IllegalArgumentException("there is no mapping for the hardware of " + arch);
  }

  /**
   * {@return one for one explorer}
   *
   * @param arch the name of the architecture whose code is judged
   */
  MemoryModel instance(String arch) {
    if (this == SC) {
      return new Sc();
    }
    String machine = mapping == null ? family(arch) : mapping;
    return new Weak(
        name,
        expansions.computeIfAbsent(
            machine, m -> new Expansions(mapping, m, mapping == null ? name : null)));
  }
}
