package dev.lazymm.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The architectures by name. */
public final class Arches {
  /** One architecture: its name, a line about it, and how to make it for a kernel. */
  public record Entry(String name, String about, Function<Kernel, Arch> make) {}

  /** All architectures, in the order in which reports show them. */
  public static final List<Entry> ALL =
      List.of(
          new Entry(
              "x86-eager",
              "up to v6.13: mask cleared on switch, flush by IPI",
              k -> new X86Eager(k, k.memory())),
          new Entry("powerpc-hash", "mask never trimmed, flush by hypercall", PowerpcHash::new),
          new Entry(
              "powerpc-radix",
              "v6.7: mask trimmed by IPI, last at the exit; flush by tlbie",
              PowerpcRadix::new),
          new Entry(
              "x86-lazy",
              "since v6.14: mask a superset, trimmed by flushes",
              k -> new X86Lazy(k, k.memory())),
          new Entry(
              "x86-lazy-clear",
              "x86-lazy, and a flush that un-lazies clears the bit",
              k -> new X86LazyClear(k, k.memory())),
          new Entry(
              "x86-unlazy",
              "x86-lazy, and un-lazying moves active_mm too (2022, not merged)",
              k -> new X86Unlazy(k, k.memory())),
          new Entry(
              "x86-ipi-broadcast",
              "what-if: x86-lazy that flushes all TLBs without IPIs",
              k -> new X86IpiBroadcast(k, k.memory())),
          new Entry(
              "x86-invlpgb",
              "v6.15 on AMD: x86-lazy, and a broadcast flush for busy mms",
              k -> new X86Invlpgb(k, k.memory())),
          new Entry("arm64", "no mask, flush by broadcast; barrier in __switch_to", Arm64::new),
          new Entry("riscv", "since v6.9: mask never trimmed, flush by IPI", Riscv::new),
          new Entry("riscv-before", "riscv up to v6.8: no barrier in switch_mm", RiscvBefore::new),
          new Entry("s390", "attached in two steps, flush by IPTE and IDTE to all", S390::new));

  /** Those that are asked about unless others are named. */
  public static final List<Entry> USUAL = ALL.subList(0, 2);

  private Arches() {}

  /** {@return the architecture of that name} */
  public static Optional<Entry> find(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}
