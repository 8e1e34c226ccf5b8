package dev.lazymm.review;

import dev.lazymm.kernel.history.PastBug;
import dev.lazymm.kernel.history.PastBugs;
import dev.lazymm.review.Regression.LeftOut;
import dev.lazymm.review.Regression.Run;
import java.util.List;

/** The regressions of the literature: those that are run, and why the others are not. */
public final class RegressionList {
  private static final String PLAIN_MM =
      "lkmm breaks it with the fix, too: the store of tsk->mm is a plain one, and lkmm takes no"
          + " barrier before it for an order with whoever reads it.";

  /** Those that are run, by number. */
  public static final List<Regression> ALL =
      List.of(
          of("R01", "", Run.breaks("r01-flush-use", "refcount", "alpha-ipi", "I7", "I3")),
          of(
              "R02",
              "I7 is not broken: the new mm has run nowhere, so there is nothing stale to load."
                  + " Where IPIs shoot, the window is worse than that: the IPI takes the CPU for one"
                  + " that has left the old mm (I1, I2).",
              Run.breaks("exec-last-user", "refcount", "powerpc-hash", "I3"),
              Run.breaks("exec-by-kthread", "shootdown", "powerpc-radix", "I1", "I2", "I3"),
              Run.breaks("r02-exec-kthread", "refcount", "x86-eager", "I4", "I5")),
          of(
              "R03",
              "The window is wider than its fix says: with counted borrows the CPU that is offline"
                  + " still walks the tables that an exit frees (I2, on powerpc radix and x86).",
              Run.breaks("hotplug-exit", "shootdown", "powerpc-hash", "I1", "I2", "I6", "I10"),
              Run.breaks("hotplug-exit", "shootdown", "powerpc-radix", "I1", "I2", "I6", "I10")),
          of(
              "R04",
              "",
              Run.breaks("hotplug-drop", "refcount", "powerpc-hash", "I10", "I12"),
              Run.breaks("hotplug-drop", "refcount", "x86-eager", "I10", "I12")),
          of(
              "R05",
              "The CPU that runs the mm outside the mask is not asked when its page tables are freed"
                  + " (I2); with SHOOTDOWN, nor when the mm is (I1, I6). The wrong address space (I8)"
                  + " comes when the freed mm's place is another's, and that one runs on this CPU.",
              Run.breaks("r05-trim-use", "refcount", "powerpc-radix", "I2"),
              Run.breaks("r05-trim-use", "shootdown", "powerpc-radix", "I6", "I1"),
              Run.breaks("r05-slot-reused", "shootdown", "powerpc-radix", "I8", "I6")),
          of("R06", "", Run.breaks("r06-exit", "refcount", "powerpc-radix-trim", "I3")),
          of(
              "R08",
              "",
              Run.breaks("use-borrowed", "piggin-v4", "powerpc-hash", "I4").goneWith("shootdown"),
              Run.breaks("use-borrowed", "shootdown", "powerpc-hash", "I4")),
          of(
              "R09",
              "The way out of a process, and the way in from a kernel thread, have their barriers (B1,"
                  + " B2a) all the same.",
              Run.breaks("membarrier-c2-in", "refcount", "riscv-before", "never")
                  .under("riscv", "lkmm")
                  .goneOn("riscv")),
          of(
              "R10a",
              PLAIN_MM,
              Run.unseen("membarrier-d", "refcount", "powerpc-hash"),
              Run.breaks("membarrier-d", "refcount", "powerpc-hash", "never").under("power")),
          of(
              "R10b",
              PLAIN_MM,
              Run.breaks("membarrier-e-same", "refcount", "powerpc-hash", "never").under("power"),
              Run.breaks("membarrier-e-unuse", "refcount", "powerpc-hash", "never").under("power")),
          of(
              "R11",
              "It is found as the use of freed memory, of an mm that is no active_mm: I1 is not asked.",
              Run.breaks("membarrier-x-freed", "refcount", "x86-eager", "UAF"),
              Run.breaks("membarrier-x-freed", "refcount", "powerpc-hash", "UAF")),
          of("R13", "", Run.breaks("tlb-switch-in", "refcount", "x86-lazy", "I7")),
          of(
              "R14",
              "armv8 and power break it too, but there x86's code is broken with the fix as well: no"
                  + " barrier of its own orders the read of tlb_gen before what the MMU loads.",
              Run.unseen("tlb-switch-back", "refcount", "x86-lazy"),
              Run.breaks("tlb-switch-back", "refcount", "x86-lazy", "I7").under("tso", "lkmm")),
          of("R15", "", Run.breaks("tlb-switch-back", "refcount", "x86-lazy", "I7")),
          of("R18", "", Run.breaks("exec-last-user", "refcount", "x86-lazy", "I3")),
          of("R20", "", Run.breaks("invlpgb-transition", "refcount", "x86-invlpgb", "I11")),
          of("R24a", "", Run.breaks("membarrier-sync-core", "refcount", "x86-eager", "I9")),
          of("R24b", "", Run.breaks("membarrier-sync-core", "refcount", "x86-eager", "I9")),
          of("R24c", "", Run.breaks("membarrier-sync-core-caller", "refcount", "x86-eager", "I9")),
          of(
              "R25",
              "",
              Run.breaks("e14-exit-flush", "shootdown", "x86-eager", "I1", "I6")
                  .goneOn("x86-unlazy"),
              Run.breaks("e14-leave-mm", "shootdown", "x86-eager", "I1").goneOn("x86-unlazy"),
              Run.unseen("e14-exit-flush", "shootdown", "x86-lazy").goneOn("x86-unlazy"),
              Run.breaks("e14-munmap-exit", "shootdown", "x86-lazy", "I1", "I6")
                  .goneOn("x86-unlazy"),
              Run.breaks("e14-leave-mm", "shootdown", "x86-lazy", "I1").goneOn("x86-unlazy")),
          of(
              "R26",
              "Who clears the last bit would free the mm. On powerpc-hash nobody clears any.",
              Run.breaks("exit-alone", "no-refcount", "powerpc-hash", "I5").goneWith("shootdown"),
              Run.breaks("exit-moved-on", "no-refcount", "powerpc-hash", "I5")
                  .goneWith("shootdown")),
          of("R27", "", Run.breaks("r27-reload", "luto-hazard", "powerpc-hash", "I1")),
          of(
              "R28",
              "",
              Run.breaks("hazard-exit-preempted", "desnoyers-hp", "powerpc-hash", "I1"),
              Run.breaks("hazard-exit-preempted", "desnoyers-hp", "x86-eager", "I1")),
          of(
              "R29",
              "Nobody proposed it for hash. It is what the hazard pointers come to there if"
                  + " for_each_possible_lazymm_cpu is empty, as it would be on x86.",
              Run.breaks("exit-idle", "luto-hazard-empty", "powerpc-hash", "I1", "I2")
                  .goneWith("shootdown")),
          of(
              "R31",
              "Not in the literature. The author asked for a second look at hotplug; sched_force_init_mm"
                  + " (v6.13) is the remedy, as it comes while the CPU is online.",
              Run.breaks("r31-exit-offline", "luto-hazard", "powerpc-hash", "I1"),
              Run.breaks("r31-exit-offline", "luto-hazard", "x86-eager", "I1")),
          of(
              "R32",
              "Not in the literature. Each exit leaves a reference behind; nothing dangles. lazymm's"
                  + " luto-hazard writes lazy_mm there, as __change_current_mm_to_kernel does.",
              Run.breaks("exit-alone", "luto-hazard", "powerpc-hash", "I4", "I5"),
              Run.breaks("exit-idle", "luto-hazard", "x86-eager", "I4")));

  private static final String MM_CID = "mm_cid is not modelled";

  /** Those that are not run, by number. */
  public static final List<LeftOut> LEFT_OUT =
      List.of(
          new LeftOut(
              "R07",
              "the fix of e43c0a0c3c28 (v6.6-rc)",
              "the exit flush of powerpc radix was local to the CPU though coprocessors were still"
                  + " attached",
              "coprocessors (copros, VAS) are not modelled"),
          new LeftOut(
              "R12",
              "fe90f3967bdb (v6.9)",
              "switch_mm_cid needs the full barrier after the store of rq->curr earlier than arm64"
                  + " gave it",
              MM_CID + "; the barrier itself is what I9 asks for, at a later point"),
          new LeftOut(
              "R16",
              "unuse_temporary_mm, after 209954cbc7d0 (v6.14)",
              "a bit kept in the mask of a temporary mm makes every text_poke interrupt this CPU",
              "temporary mms are not modelled; and it is a cost, nothing is broken"),
          new LeftOut(
              "R17",
              "209954cbc7d0 (v6.14)",
              "the mask has become a superset: more IPIs until it is trimmed",
              "it is a cost and intended: claims E13 and E17 count those IPIs"),
          new LeftOut(
              "R19",
              "94a17f2dc90b (v6.16)",
              "INVLPGB with PTI: an ASID beyond PTI's bitmap of pending flushes",
              "PTI is not modelled"),
          new LeftOut(
              "R21",
              "44126343d58c (v7.1-rc)",
              "INVLPGB with a PCID while CR4.PCIDE is 0 faults",
              "what an instruction does with wrong operands is not modelled"),
          new LeftOut(
              "R22",
              "de3ab9bd3133 (CVE-2026-63799; v6.19 to v7.1.2)",
              "a bit is cleared 256 MiB beyond the bitmap of mm_cids",
              MM_CID),
          new LeftOut(
              "R23",
              "944d5fe50f3f (v6.8, CVE-2024-26602)",
              "users can storm CPUs with the IPIs of expedited membarriers",
              "it is a cost, and one of many processes: every call still returns"),
          new LeftOut(
              "R30",
              "under review in September 2026",
              "mm_cids change their mode when an affinity changes",
              MM_CID));

  private RegressionList() {}

  /** {@return the scenarios in which a bug is looked for, each once} */
  public static List<String> scenarios(PastBug bug) {
    return ALL.stream()
        .filter(r -> r.bug() == bug)
        .flatMap(r -> r.runs().stream().map(Run::scenario))
        .distinct()
        .toList();
  }

  private static Regression of(String id, String note, Run... runs) {
    return new Regression(PastBugs.find(id).orElseThrow(), List.of(runs), note);
  }
}
