package dev.lazymm.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The membarrier designs by name. */
public final class Membarriers {
  /** One design: its name, a line about it, and how to make it for a kernel. */
  public record Entry(String name, String about, Function<Kernel, MembarrierDesign> make) {}

  /** As in Linux: what is meant unless another is named. */
  public static final Entry MERGED =
      new Entry("merged", "v6.8: counts on the barrier of the lazy drop", Membarrier::new);

  /** All designs, in the order in which reports show them. */
  public static final List<Entry> ALL =
      List.of(
          MERGED,
          new Entry(
              "conditional",
              "a barrier after each switch to a registered mm (2022, not merged)",
              ConditionalMembarrier::new),
          new Entry(
              "by-state",
              "merged, and a switch to the borrowed mm looks at its state (not in Linux)",
              MembarrierByState::new));

  /** What stands between the names of a lifetime design and of a membarrier design. */
  public static final String SEPARATOR = "+";

  private Membarriers() {}

  /** {@return what the name of a lifetime design has behind it; nothing if all is as merged} */
  public static String suffix(String membarrier) {
    return membarrier.equals(MERGED.name()) ? "" : SEPARATOR + membarrier;
  }

  /** {@return the design of that name} */
  public static Optional<Entry> find(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}
