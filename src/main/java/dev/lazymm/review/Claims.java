package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.workload.Scenario;
import dev.lazymm.workload.ScenarioLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Claims of the mails that began and went on with the argument, each run as checks. A part of a
 * claim comes out as expected if every check of it does: one scenario that does not violate what it
 * should is as much a disagreement as one that violates what it should not.
 */
public final class Claims {
  private static final List<String> USUAL_ARCHES = List.of();
  private static final List<String> REFCOUNT = List.of("refcount");
  private static final List<String> SHOOTDOWN = List.of("shootdown");
  private static final List<String> POWERPC = List.of("powerpc-hash", "powerpc-radix");
  private static final List<String> DEBUG = List.of("shootdown-debug");
  private static final List<String> X86 = List.of("x86-eager");
  private static final List<String> LAZY = List.of("x86-lazy");
  private static final List<String> LAZY_CLEAR = List.of("x86-lazy-clear");
  private static final List<String> X86_LAZY = List.of("x86-lazy", "x86-lazy-clear");
  private static final List<String> UNLAZY = List.of("x86-unlazy");
  private static final List<String> BROADCAST = List.of("x86-ipi-broadcast");
  private static final List<String> X86_CLEARING = List.of("x86-eager", "x86-lazy-clear");
  private static final List<String> X86_KEEPING = List.of("x86-lazy", "x86-unlazy");
  private static final List<String> HASH = List.of("powerpc-hash");
  private static final List<String> RADIX = List.of("powerpc-radix");
  private static final String SHOOT = "do_shoot_lazy_tlb";

  /** The claims that this version can run. */
  public static final List<Claim> ALL =
      List.of(
          new Claim(
              "E06",
              "active_mm always points to a live mm (mm_users may be 0): the core guarantees it by"
                  + " counting each borrow",
              "refcount, the usual architectures; exit, exec, use/unuse, idle; CPU"
                  + " hotplug (H3)",
              "I1 holds, and so does everything else",
              List.of(
                  Claim.Part.holds("e06-*", REFCOUNT, USUAL_ARCHES),
                  Claim.Part.holds("hotplug-*", REFCOUNT, USUAL_ARCHES))),
          new Claim(
              "E07",
              "with MMU_LAZY_TLB_REFCOUNT=n active_mm still exists and is updated, but may point to"
                  + " freed memory",
              "no-refcount, the usual architectures",
              "I1 violated in each scenario",
              List.of(Claim.Part.breaks("e07-*", List.of("no-refcount"), USUAL_ARCHES, "I1", ""))),
          new Claim(
              "E08",
              "with SHOOTDOWN, active_mm is never stale where mm_cpumask holds every borrower",
              "shootdown, both MMUs of powerpc; e08-* and the rest of the library, CPU hotplug (H3) in it;"
                  + " piggin-v4 in two of them",
              "I1 holds, and so does everything else; v4 leaves sleepers stale pointers (I1+)",
              List.of(
                  Claim.Part.holds("*", SHOOTDOWN, POWERPC),
                  Claim.Part.breaks("e08-shoot-chain", List.of("piggin-v4"), POWERPC, "I1+", ""),
                  Claim.Part.breaks("e08-shoot-moved", List.of("piggin-v4"), POWERPC, "I1+", ""))),
          new Claim(
              "E12",
              "on x86 a CPU may have mm == NULL, active_mm set, CR3 on init_mm and its bit in"
                  + " mm_cpumask clear: unusual, but no problem",
              "refcount, x86-eager, x86-lazy (the bit needs a second flush), x86-lazy-clear;"
                  + " x86-ipi-broadcast (the bit stays set); x86-unlazy (active_mm goes along)",
              "the states are reached, but for active_mm on x86-unlazy and the clear bit on"
                  + " x86-ipi-broadcast; everything holds on all",
              List.of(
                  Claim.Part.reached("e12-*", REFCOUNT, X86),
                  Claim.Part.reached("e12-*", REFCOUNT, X86_LAZY),
                  Claim.Part.reached("e12-*", REFCOUNT, UNLAZY),
                  Claim.Part.holds("hotplug-deep-idle", REFCOUNT, X86),
                  Claim.Part.holds("hotplug-deep-idle", REFCOUNT, X86_LAZY),
                  Claim.Part.holds("e12-*", REFCOUNT, BROADCAST))),
          new Claim(
              "E13",
              "x86 bare metal can very efficiently shoot lazies, since it shoots them anyway when"
                  + " tearing down page tables",
              "shootdown, every x86, and powerpc beside it; the exits of the library",
              "no IPI for the shootdown beyond those of exit_mmap where the flush that un-lazies a"
                  + " CPU clears its bit (x86-eager, x86-lazy-clear); one for each bit where it stays"
                  + " (x86-lazy, x86-unlazy) and where no flush is an IPI (x86-ipi-broadcast)",
              List.of(
                  Claim.Part.free("exit-*", SHOOTDOWN, X86_CLEARING, SHOOT),
                  Claim.Part.costs("exit-*", SHOOTDOWN, X86_KEEPING, SHOOT),
                  Claim.Part.costs("exit-*", SHOOTDOWN, BROADCAST, SHOOT),
                  Claim.Part.costs("exit-*", SHOOTDOWN, HASH, SHOOT),
                  Claim.Part.free("exit-*", SHOOTDOWN, RADIX, SHOOT))),
          new Claim(
              "E14",
              "enabling SHOOTDOWN on x86 as it is leaves active_mm pointing to freed memory",
              "shootdown and shootdown-debug; x86-eager, x86-lazy-clear: one flush; x86-lazy: two",
              "I1 violated in each, and DEBUG_VM_SHOOT_LAZIES warns; but one flush alone does nothing"
                  + " on x86-lazy, and nothing is broken on x86-unlazy",
              List.of(
                  Claim.Part.breaks("e14-*", SHOOTDOWN, X86, "I1", ""),
                  Claim.Part.breaks("e14-*", DEBUG, X86, "WARN", "DEBUG_VM_SHOOT_LAZIES"),
                  Claim.Part.breaks("e14-munmap-exit", SHOOTDOWN, LAZY, "I1", ""),
                  Claim.Part.breaks(
                      "e14-munmap-exit", DEBUG, LAZY, "WARN", "DEBUG_VM_SHOOT_LAZIES"),
                  Claim.Part.holds("e14-exit-flush", SHOOTDOWN, LAZY),
                  Claim.Part.breaks("e14-exit-flush", SHOOTDOWN, LAZY_CLEAR, "I1", ""),
                  Claim.Part.holds("e14-*", SHOOTDOWN, UNLAZY))),
          new Claim(
              "E17",
              "x86 is like every architecture that can only flush by IPI: there the shootdown is"
                  + " free, where flushes are broadcast it is not",
              "shootdown, every architecture (x86-ipi-broadcast is the what-if); the exits of the"
                  + " library",
              "shoot IPIs where flushes are broadcast; none where the exit flushes by IPI, unless the"
                  + " CPU stays in the mask (x86-lazy, x86-unlazy)",
              List.of(
                  Claim.Part.costs("exit-*", SHOOTDOWN, HASH, SHOOT),
                  Claim.Part.costs("exit-*", SHOOTDOWN, BROADCAST, SHOOT),
                  Claim.Part.free("exit-*", SHOOTDOWN, RADIX, SHOOT),
                  Claim.Part.free("exit-*", SHOOTDOWN, X86_CLEARING, SHOOT),
                  Claim.Part.costs("exit-*", SHOOTDOWN, X86_KEEPING, SHOOT))));

  private final ScenarioLibrary library;
  private final Commands commands;

  /**
   * @param library where the scenarios are looked up
   * @param commands how commands are spelled
   */
  public Claims(ScenarioLibrary library, Commands commands) {
    this.library = library;
    this.commands = commands;
  }

  /** {@return the checks that these claims need, each once} */
  public List<Job> jobs(List<Claim> claims) {
    Map<String, Job> jobs = new LinkedHashMap<>();
    for (Claim claim : claims) {
      for (Claim.Part part : claim.parts()) {
        jobs(part).forEach(job -> jobs.put(key(job), job));
      }
    }
    return List.copyOf(jobs.values());
  }

  /**
   * {@return what became of each claim}
   *
   * @param done at least the checks of {@link #jobs}
   */
  public List<ClaimResult> judge(List<Claim> claims, Collection<Done> done) {
    Map<String, Done> byKey = new LinkedHashMap<>();
    done.forEach(d -> byKey.put(key(d.job()), d));
    return claims.stream().map(claim -> judge(claim, byKey)).toList();
  }

  private ClaimResult judge(Claim claim, Map<String, Done> byKey) {
    List<String> found = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<ClaimResult.Cost> costs = new ArrayList<>();
    ClaimResult.Agreement agreement = ClaimResult.Agreement.YES;
    int checks = 0;
    long executions = 0;
    for (Claim.Part part : claim.parts()) {
      List<Done> done = jobs(part).stream().map(job -> find(byKey, job)).toList();
      ClaimResult.Agreement one = agreement(part, done);
      agreement =
          agreement == ClaimResult.Agreement.NO || one == ClaimResult.Agreement.YES
              ? agreement
              : one;
      found.add(found(part, done));
      lines.add(
          commands.check(
              part.scenarios().equals("*") ? List.of() : List.of(part.scenarios()),
              part.designs(),
              part.arches()));
      if (part.counts()) {
        costs.addAll(Costs.of(done));
      }
      checks += done.size();
      executions += done.stream().mapToLong(d -> d.result().executions()).sum();
    }
    return new ClaimResult(
        claim, String.join("; ", found), agreement, checks, executions, costs, lines);
  }

  private static Done find(Map<String, Done> byKey, Job job) {
    Done done = byKey.get(key(job));
    if (done == null) {
      throw new IllegalArgumentException("not checked: " + key(job));
    }
    return done;
  }

  private static ClaimResult.Agreement agreement(Claim.Part part, List<Done> done) {
    boolean inconclusive = false;
    for (Done d : done) {
      if (!d.inconclusive() && !isAsExpected(part, d)) {
        return ClaimResult.Agreement.NO;
      }
      inconclusive |= d.inconclusive();
    }
    if (inconclusive) {
      return ClaimResult.Agreement.UNKNOWN;
    }
    boolean nothing =
        done.isEmpty()
            || (part.outcome() == Claim.Outcome.REACHED && done.stream().noneMatch(Claims::reaches))
            || (part.outcome() == Claim.Outcome.COSTS && !costsEverywhere(part, done));
    return nothing ? ClaimResult.Agreement.NO : ClaimResult.Agreement.YES;
  }

  private static boolean isAsExpected(Claim.Part part, Done d) {
    return switch (part.outcome()) {
      case HOLDS -> d.violations().isEmpty();
      case REACHED -> d.violations().isEmpty() && !Boolean.FALSE.equals(d.result().reached());
      case VIOLATED ->
          d.violations().stream()
              .anyMatch(v -> v.invariant().equals(part.what()) && v.what().contains(part.saying()));
      case FREE -> !costs(part, d);
      case COSTS -> true; // judged over all
    };
  }

  private static boolean costs(Claim.Part part, Done d) {
    return d.result().costs().containsKey(part.what());
  }

  /** Whether each design costs it on each architecture, in some scenario. */
  private static boolean costsEverywhere(Claim.Part part, List<Done> done) {
    return done.stream()
        .allMatch(
            d -> done.stream().anyMatch(other -> isSameKernel(d, other) && costs(part, other)));
  }

  private static boolean isSameKernel(Done a, Done b) {
    return a.result().design().equals(b.result().design())
        && a.result().arch().equals(b.result().arch());
  }

  private static boolean reaches(Done d) {
    return Boolean.TRUE.equals(d.result().reached());
  }

  private static String found(Claim.Part part, List<Done> done) {
    if (part.counts()) {
      return Costs.words(part.what(), done);
    }
    Map<String, Integer> broken = broken(done);
    long inconclusive = done.stream().filter(Done::inconclusive).count();
    List<String> words = new ArrayList<>();
    if (part.outcome() == Claim.Outcome.REACHED) {
      boolean all = done.stream().noneMatch(d -> Boolean.FALSE.equals(d.result().reached()));
      boolean reached = all && done.stream().anyMatch(Claims::reaches);
      words.add(reached ? "the states are reached" : "not every state is reached");
    }
    String of = " of " + done.size() + " checks";
    if (part.outcome() == Claim.Outcome.VIOLATED && !part.saying().isEmpty()) {
      long n = done.stream().filter(d -> isAsExpected(part, d)).count();
      words.add(part.saying() + " warns in " + n + of);
    } else if (broken.isEmpty() && inconclusive == 0) {
      words.add("everything holds in all " + done.size() + " checks");
    } else {
      broken.forEach((name, n) ->
          words.add(words.isEmpty() ? name + " violated in " + n + of : name + " " + n));
    }
    if (inconclusive > 0) {
      words.add(inconclusive + of + " inconclusive");
    }
    return String.join(", ", words);
  }

  /** {@return how many checks break each invariant, the gravest first} */
  static Map<String, Integer> broken(Collection<Done> done) {
    List<String> order = Invariants.names();
    Map<String, Integer> broken = new TreeMap<>(Comparator.<String>comparingInt(order::indexOf));
    for (Done d : done) {
      d.violations().forEach(v -> broken.merge(v.invariant(), 1, Integer::sum));
    }
    return broken;
  }

  private List<Job> jobs(Claim.Part part) {
    List<Designs.Entry> designs =
        part.designs().stream().map(n -> Designs.find(n).orElseThrow()).toList();
    List<Arches.Entry> arches =
        part.arches().isEmpty()
            ? Arches.USUAL
            : part.arches().stream().map(n -> Arches.find(n).orElseThrow()).toList();
    return Job.all(designs, arches, scenarios(part.scenarios()).map(Job.Named::of).toList());
  }

  private Stream<Scenario> scenarios(String name) {
    return name.endsWith("*")
        ? library.startingWith(name.substring(0, name.length() - 1)).stream()
        : Stream.of(library.find(name));
  }

  private static String key(Job job) {
    return job.design().name() + " " + job.arch().name() + " " + job.spelled();
  }
}
