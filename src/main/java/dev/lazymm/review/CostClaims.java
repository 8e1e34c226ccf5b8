package dev.lazymm.review;

import dev.lazymm.count.Episode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was said of costs: E04, E05, E10, E11, E13, E16, E17, E20. All of it is counted. */
final class CostClaims {
  private static final String SHOOT = "do_shoot_lazy_tlb";
  private static final List<String> X86_CLEARING = List.of("x86-eager", "x86-lazy-clear");
  private static final List<String> X86_KEEPING = List.of("x86-lazy", "x86-unlazy", "x86-invlpgb");
  private static final List<String> X86 = List.of("x86-eager", "x86-lazy");
  private static final List<String> HASH = List.of("powerpc-hash");
  private static final List<String> POWERPC = List.of("powerpc-hash", "powerpc-radix");

  static final List<Claim> ALL = List.of(e04(), e10(), e11(), e13(), e16(), e17(), e20());

  private CostClaims() {}

  private static Claim e04() {
    return new Claim(
        "E04",
        "the barrier is unconditional: it is paid by those who never use membarrier(2)",
        "shootdown with membarrier as merged and conditional, and refcount; processes registered and"
            + " not; the switch from a kernel context to a user one, with the mm as it was (trip) and"
            + " another (detour)",
        "as merged, one full barrier for each switch from kernel to user, for everybody; conditional,"
            + " for the registered alone",
        List.of(
            count(Episode.trip(), false, List.of("shootdown"), X86, Map.of("barrier B2a", 1)),
            count(Episode.trip(), true, List.of("shootdown"), X86, Map.of("barrier B2a", 1)),
            count(Episode.trip(), false, List.of("shootdown"), POWERPC, Map.of("barrier B2a", 1)),
            count(Episode.trip(), true, List.of("shootdown"), POWERPC, Map.of("barrier B2a", 1)),
            count(Episode.detour(), false, List.of("shootdown"), POWERPC, Map.of("barrier B2a", 1)),
            count(
                Episode.detour(),
                true,
                List.of("shootdown"),
                POWERPC,
                of("barrier B2a", 1, "barrier B2", 1)),
            count(
                Episode.trip(),
                false,
                List.of("refcount"),
                POWERPC,
                of(CountPart.RMWS, 2, "barrier B2a", 1)),
            count(
                Episode.trip(),
                false,
                List.of("shootdown+conditional"),
                POWERPC,
                of("barrier B2a", 0, "barrier B2-finish", 0)),
            count(
                Episode.trip(),
                true,
                List.of("shootdown+conditional"),
                POWERPC,
                of("barrier B2a", 0, "barrier B2-finish", 1))));
  }

  private static Claim e10() {
    Episode exit = Episode.exit(3, 2);
    return new Claim(
        "E10",
        "no objection to shooting lazies; one can do even better",
        "refcount, shootdown, hazard pointers of 2022 (luto-hazard) and of 2024 (desnoyers-hp); an"
            + " idle round trip (trip), a kernel thread that uses an mm (use), a short-lived child"
            + " (child), the exit of a process while 3"
            + " CPUs borrow its mm and 2 have moved on (exit-3-2)",
        "a round trip: 2 RMWs (refcount); 1 full barrier (shootdown); 2 stores, and a barrier if"
            + " registered (luto-hazard); 2 barriers and 2 stores (desnoyers-hp). A kernel thread that"
            + " uses an mm: no RMW of mm_count with one path for mm changes (luto-hazard). An exit: the CPUs"
            + " in the mask are interrupted, in vain those that have moved on (shootdown); a scan and"
            + " no IPI (luto-hazard); a scan, and IPIs to true borrowers alone (desnoyers-hp)",
        List.of(
            trip("refcount", false, of(CountPart.RMWS, 2, CountPart.BARRIERS, 3)),
            trip("shootdown", false, of(CountPart.RMWS, 0, CountPart.BARRIERS, 3)),
            trip("luto-hazard", false, of(CountPart.BARRIERS, 2, CountPart.STORES, 2)),
            trip("luto-hazard", true, of(CountPart.BARRIERS, 3, CountPart.STORES, 2)),
            trip("desnoyers-hp", false, of(CountPart.BARRIERS, 4, CountPart.STORES, 2)),
            count(
                Episode.trip(),
                false,
                List.of("refcount", "shootdown"),
                X86,
                of(CountPart.BARRIERS, 4)),
            count(Episode.use(), false, List.of("refcount"), HASH, of(CountPart.RMWS, 4)),
            count(Episode.use(), false, List.of("shootdown"), HASH, of(CountPart.RMWS, 2)),
            count(Episode.use(), false, List.of("luto-hazard"), HASH, of(CountPart.RMWS, 0)),
            count(
                Episode.child(),
                false,
                List.of("shootdown", "luto-hazard", "desnoyers-hp"),
                HASH,
                of(CountPart.IPIS, 0)),
            count(exit, false, List.of("refcount"), HASH, of(CountPart.IPIS, 0)),
            count(
                exit,
                false,
                List.of("shootdown"),
                POWERPC,
                of(CountPart.IPIS, 5, CountPart.IN_VAIN, 2)),
            count(
                exit,
                false,
                List.of("luto-hazard"),
                HASH,
                of(CountPart.IPIS, 0, CountPart.SCANNED, 5)),
            count(
                exit,
                false,
                List.of("desnoyers-hp"),
                HASH,
                of(CountPart.IPIS, 3, CountPart.SCANNED, 5))));
  }

  private static Part trip(String design, boolean registered, Map<String, Integer> expected) {
    return count(Episode.trip(), registered, List.of(design), HASH, expected);
  }

  private static Claim e11() {
    List<String> in = List.of("switch-*", "exit-*", "e06-*", "e07-*");
    return new Claim(
        "E11",
        "most of the complexity is cleaning up; and the answer: three separate modes are too many",
        "configurations of Linux v6.4, and of the code that each design runs what no-lazy, which"
            + " borrows nothing, does not; states of memory and transitions, over every order of"
            + " actions",
        "numbers, no verdict",
        List.of(
            new FactPart(
                "3 configurations: MMU_LAZY_TLB_REFCOUNT=y, =n with an architecture that ends borrows"
                    + " itself, =n with MMU_LAZY_TLB_SHOOTDOWN",
                "arch/Kconfig of v6.4"),
            new ExtentPart(in, "refcount", "no-lazy", "powerpc-hash"),
            new ExtentPart(in, "shootdown", "no-lazy", "powerpc-hash"),
            new ExtentPart(in, "linus-rule", "no-lazy", "powerpc-hash"),
            new ExtentPart(in, "luto-hazard", "no-lazy", "powerpc-hash"),
            new ExtentPart(in, "desnoyers-hp", "no-lazy", "powerpc-hash")));
  }

  private static Claim e13() {
    return new Claim(
        "E13",
        "x86 bare metal can very efficiently shoot lazies, since it shoots them anyway when"
            + " tearing down page tables",
        "shootdown, every x86, and powerpc beside it; the exits of the library",
        "no IPI for the shootdown beyond those of exit_mmap where the flush that un-lazies a"
            + " CPU clears its bit (x86-eager, x86-lazy-clear); one for each bit where it stays"
            + " (x86-lazy, x86-unlazy, x86-invlpgb without a global ASID) and where no flush is an"
            + " IPI (x86-ipi-broadcast, x86-invlpgb with one)",
        List.of(
            CheckPart.over("exit-*").of("shootdown").on(X86_CLEARING).beFreeOf(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on(X86_KEEPING).cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("x86-ipi-broadcast").cost(SHOOT),
            CheckPart.over("invlpgb-exit").of("shootdown").on("x86-invlpgb").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("powerpc-hash").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("powerpc-radix").beFreeOf(SHOOT)));
  }

  private static Claim e16() {
    return new Claim(
        "E16",
        "my series barely touches x86; and the answer: mine does not affect x86 at all",
        "what the postings themselves say",
        "textual, not modelled",
        List.of(
            new FactPart(
                "23 patches, 55 files, 745 lines added and 482 removed, many under arch/x86",
                "cover letter of Lutomirski's series, 8 January 2022"),
            new FactPart(
                "5 patches, 14 files, 170 lines added and 23 removed, none under arch/x86",
                "cover letter of Piggin's v7, 3 February 2023")));
  }

  private static Claim e17() {
    return new Claim(
        "E17",
        "x86 is like every architecture that can only flush by IPI: there the shootdown is"
            + " free, where flushes are broadcast it is not",
        "shootdown, every architecture (x86-ipi-broadcast is the what-if); the exits of the"
            + " library",
        "shoot IPIs where flushes are broadcast; none where the exit flushes by IPI, unless the"
            + " CPU stays in the mask (x86-lazy, x86-unlazy, riscv); none on arm64, which keeps no"
            + " mask to shoot by, and where the shootdown is unsafe for that",
        List.of(
            CheckPart.over("exit-*").of("shootdown").on("powerpc-hash").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("x86-ipi-broadcast").cost(SHOOT),
            CheckPart.over("invlpgb-exit").of("shootdown").on("x86-invlpgb").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("s390").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("riscv", "riscv-before").cost(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("arm64").beFreeOf(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on("powerpc-radix").beFreeOf(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on(X86_CLEARING).beFreeOf(SHOOT),
            CheckPart.over("exit-*").of("shootdown").on(X86_KEEPING).cost(SHOOT)));
  }

  private static Claim e20() {
    return new Claim(
        "E20",
        "the patches have been sitting there almost a year; and the answer: I have not finished"
            + " them yet",
        "dates of postings and merges",
        "timeline, not modelled",
        List.of(
            new FactPart(
                "v1 of 29 November 2020, v4 of 5 June 2021, refused on 2 September 2021, v7 of"
                    + " 3 February 2023 merged in v6.4",
                "the list's archive"),
            new FactPart(
                "a sketch of June 2021, 23 patches in January 2022, 5 of them merged in v6.16"
                    + " (2025)",
                "the list's archive")));
  }

  private static Part count(
      Episode episode,
      boolean registered,
      List<String> designs,
      List<String> arches,
      Map<String, Integer> expected) {
    return new CountPart(episode, registered, designs, arches, expected);
  }

  private static Map<String, Integer> of(String what, int n) {
    return Map.of(what, n);
  }

  private static Map<String, Integer> of(String what, int n, String also, int m) {
    Map<String, Integer> both = new LinkedHashMap<>();
    both.put(what, n);
    both.put(also, m);
    return both;
  }
}
