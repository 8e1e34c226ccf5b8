package dev.lazymm.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The lifetime designs by name. */
public final class Designs {
  /**
   * One design.
   *
   * @param name what reports call it
   * @param about a line about it
   * @param spelled how a command line names it: its name, or the file that it is in
   * @param make makes it for a kernel
   * @param membarrier the membarrier design that goes with it
   */
  public record Entry(
      String name,
      String about,
      String spelled,
      Function<Kernel, LazyMm> make,
      Membarriers.Entry membarrier) {
    /** A design with membarrier as merged. */
    public Entry(String name, String about, String spelled, Function<Kernel, LazyMm> make) {
      this(name, about, spelled, make, Membarriers.MERGED);
    }

    /** A design that is known by its name. */
    public Entry(String name, String about, Function<Kernel, LazyMm> make) {
      this(name, about, name, make);
    }

    /** {@return this lifetime design with a membarrier design; named so unless it is as merged} */
    public Entry with(Membarriers.Entry other) {
      String more = Membarriers.suffix(other.name());
      return new Entry(name + more, about, spelled + more, make, other);
    }
  }

  /** Whoever owns no mm runs on init_mm. */
  public static final String NO_LAZY = "no-lazy";

  /** All designs, in the order in which reports show them. */
  public static final List<Entry> ALL =
      List.of(
          new Entry("refcount", "every lazy borrow is counted in mm_count", Refcount::new),
          new Entry(
              "no-refcount", "MMU_LAZY_TLB_REFCOUNT=n and nothing else", k -> new NoRefcount()),
          new Entry(
              "shootdown",
              "borrowers are interrupted at the final mmdrop (v6.4)",
              k -> new Shootdown(k, false)),
          new Entry(
              "shootdown-debug",
              "shootdown with DEBUG_VM_SHOOT_LAZIES",
              k -> new Shootdown(k, true)),
          new Entry(
              "piggin-v4",
              "shootdown as posted in June 2021: sleepers keep active_mm",
              PigginV4::new),
          new Entry(NO_LAZY, "no borrowing: who owns no mm runs on init_mm", NoLazy::new),
          new Entry(
              "refcount-rt",
              "refcount on PREEMPT_RT: the scheduler's last drop by call_rcu",
              RefcountRt::new),
          new Entry(
              "luto-hazard",
              "hazard pointers of January 2022, every online CPU asked",
              k -> new LutoHazard(k, LutoHazard.Lazy.ONLINE)),
          new Entry(
              "luto-hazard-mask",
              "luto-hazard that asks the CPUs in mm_cpumask",
              k -> new LutoHazard(k, LutoHazard.Lazy.MASK)),
          new Entry(
              "luto-hazard-empty",
              "luto-hazard that asks nobody: the exit's flush un-lazies",
              k -> new LutoHazard(k, LutoHazard.Lazy.NONE)),
          new Entry(
              "linus-rule",
              "the last mmput ends every borrow; exit_mm ends its own first",
              k -> new LinusRule(k, true)),
          new Entry(
              "linus-rule-exit",
              "linus-rule whose exit_mm still borrows what it puts",
              k -> new LinusRule(k, false)),
          new Entry(
              "desnoyers-hp",
              "one hazard slot a CPU; who shows the mm is interrupted",
              DesnoyersHp::new));

  /** Those that are asked about unless others are named: the dispute. */
  public static final List<Entry> USUAL = ALL.subList(0, 3);

  private Designs() {}

  /** {@return the design of that name} */
  public static Optional<Entry> find(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst();
  }
}
