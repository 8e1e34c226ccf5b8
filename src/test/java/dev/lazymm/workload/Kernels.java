package dev.lazymm.workload;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which kernels a test of many scenarios takes: every design on every architecture is too much for
 * each of them, so each takes another share, and all scenarios together take every pair often.
 */
public final class Kernels {
  /** A design on an architecture. */
  public record Pair(Designs.Entry design, Arches.Entry arch) {
    public KernelFactory factory() {
      return KernelFactory.of(arch, design);
    }

    @Override
    public String toString() {
      return design.name() + " on " + arch.name();
    }
  }

  /** {@return each of {@code designs} on every architecture} */
  public static List<Pair> all(List<Designs.Entry> designs) {
    return designs.stream()
        .flatMap(design -> Arches.ALL.stream().map(arch -> new Pair(design, arch)))
        .toList();
  }

  /**
   * {@return one in {@code of} of the pairs of {@code designs} and all architectures: every design
   * on some architectures and every architecture with some designs; another share for another name}
   */
  public static List<Pair> share(Scenario scenario, List<Designs.Entry> designs, int of) {
    int first = Math.floorMod(scenario.name().hashCode(), of);
    return IntStream.range(0, designs.size())
        .boxed()
        .flatMap(
            d ->
                IntStream.range(0, Arches.ALL.size())
                    .filter(a -> Math.floorMod(a + d + first, of) == 0)
                    .mapToObj(a -> new Pair(designs.get(d), Arches.ALL.get(a))))
        .toList();
  }

  /** {@return the designs of those names} */
  public static List<Designs.Entry> designs(String... names) {
    return Stream.of(names).map(name -> Designs.find(name).orElseThrow()).toList();
  }

  private Kernels() {}
}
