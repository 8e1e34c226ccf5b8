package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arches;
import java.util.List;
import java.util.Optional;

/** Architectures that only bugs of the past are about; no default has one of them. */
public final class PastArches {
  private static final Arches.Entry ALPHA_IPI =
      new Arches.Entry(
          "alpha-ipi",
          "every flush an IPI to every CPU, which believes active_mm",
          k -> new AlphaIpi(k, k.memory()));

  /** All of them. */
  public static final List<Arches.Entry> ALL =
      List.of(
          ALPHA_IPI,
          new Arches.Entry(
              RadixTrimming.NAME, "powerpc-radix whose every flush trims", RadixTrimming::new));

  private PastArches() {}

  /** {@return the architecture of that name, one of these or of {@link Arches#ALL}} */
  public static Optional<Arches.Entry> find(String name) {
    return Arches.find(name).or(() -> ALL.stream().filter(a -> a.name().equals(name)).findFirst());
  }

  /** {@return whether no memory model but sequential consistency knows an architecture} */
  public static boolean isWithoutMapping(Arches.Entry arch) {
    return arch.name().equals(ALPHA_IPI.name());
  }
}
