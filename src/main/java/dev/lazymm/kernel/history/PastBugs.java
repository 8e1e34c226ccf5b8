package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bugs of the past that kernels can be made with. */
public final class PastBugs {
  private static final List<String> ANY = List.of();

  /** One path for mm changes: without what was wrong in exec_mmap and kthread_use_mm. */
  private static final List<String> HAZARD =
      List.of("luto-hazard", "luto-hazard-mask", "luto-hazard-empty");

  private static final List<String> OTHERS =
      Designs.ALL.stream().map(Designs.Entry::name).filter(d -> !HAZARD.contains(d)).toList();

  /** All of them, by number. */
  public static final List<PastBug> ALL =
      List.of(
          new PastBug(
              "R01",
              "IrqsOnUse",
              "38cf307c1f20 (v5.9)",
              "kthread_use_mm with interrupts on: a flush IPI between the store of active_mm and"
                  + " switch_mm flushes what the MMU is still on",
              "I7",
              arches("alpha-ipi"),
              OTHERS,
              Variant.kthreadUseMm(IrqsOnUse::new)),
          new PastBug(
              "R02",
              "IrqsOnExec",
              "d53c3dfb23c4 (v5.9)",
              "exec_mmap with interrupts on: an IPI finds active_mm ahead of the MMU; preempted, a"
                  + " kernel thread drops a borrow twice and another never",
              "I3, I7",
              arches("powerpc-hash", "powerpc-radix", "x86-eager", "x86-lazy", "alpha-ipi"),
              OTHERS,
              Variant.execMmap(IrqsOnExec::new)),
          new PastBug(
              "R03",
              "IdleTaskExit",
              "the series of May 2023 (v6.13)",
              "a CPU that is unplugged leaves its mm when it is offline and out of mm_cpumask"
                  + " already: the mm dies in between and is not shot there",
              "I1, I10",
              arches("powerpc-hash", "powerpc-radix"),
              List.of("shootdown", "shootdown-debug"),
              Variant.hotplug(IdleTaskExit::new)),
          new PastBug(
              "R04",
              "IdleTaskExitDrops",
              "bf2c59fce407 (v5.8)",
              "a CPU that is unplugged drops its borrow itself, when it is offline: RCU does not"
                  + " look there any more",
              "I10, I12",
              arches("powerpc-hash", "x86-eager"),
              List.of("refcount"),
              Variant.hotplug(IdleTaskExitDrops::new)),
          new PastBug(
              "R05",
              "ResetMask",
              "a665eec0a22e (v5.10)",
              "the flush that trims leaves its CPU alone in mm_cpumask, though a kernel thread has"
                  + " taken the mm on elsewhere meanwhile",
              "I6, I8",
              arches("powerpc-radix"),
              ANY,
              Variant.arch(ResetMask::new)),
          new PastBug(
              "R06",
              "ExitLazyFlushIrqsOn",
              "dfaed3e1fa70 (June 2023)",
              "exit_lazy_flush_tlb is reached with interrupts on, and changes active_mm and the MMU"
                  + " one after the other",
              "I3",
              arches(RadixTrimming.NAME),
              ANY,
              Variant.arch(k -> new ExitLazyFlushIrqsOn(k, 1))),
          new PastBug(
              "R08",
              "TransferredBorrow",
              "version 4 of the series; v5",
              "kthread_use_mm turns the borrow of the same mm into its reference, though borrows"
                  + " are not counted any more",
              "I4",
              arches("powerpc-hash", "powerpc-radix", "x86-eager"),
              List.of("no-refcount", "shootdown", "shootdown-debug", "piggin-v4"),
              Variant.kthreadUseMm(TransferredBorrow::new)),
          new PastBug(
              "R09",
              "RiscvBefore",
              "d6cfd1770f20 (v6.9)",
              "riscv: no full barrier between the store of rq->curr and user mode where a CPU goes"
                  + " from one process to another",
              "I9",
              arches("riscv-before"),
              ANY,
              Variant.PLAIN),
          new PastBug(
              "R10a",
              "UnorderedExitMm",
              "5bc78502322a (v5.11)",
              "exit_mm has no barrier before it clears tsk->mm, and leaves rq->membarrier_state as"
                  + " it was",
              "I9",
              arches("powerpc-hash", "powerpc-radix"),
              ANY,
              Variant.exitMm(UnorderedExitMm::new)),
          new PastBug(
              "R10b",
              "UnorderedUseMm",
              "618758ed3a4f (v5.11)",
              "kthread_use_mm and kthread_unuse_mm change tsk->mm without barriers, and leave"
                  + " rq->membarrier_state as it was",
              "I9",
              arches("powerpc-hash", "powerpc-radix"),
              List.of("refcount"),
              Variant.kthreadUseMm(UnorderedUseMm::new)),
          new PastBug(
              "R11",
              "RemoteMmState",
              "227a4aadc75b (v5.4)",
              "GLOBAL_EXPEDITED follows rq->curr->mm of another CPU, and nobody keeps that mm",
              "I1",
              arches("x86-eager", "powerpc-hash"),
              ANY,
              Variant.membarrier(RemoteMmState::new)),
          new PastBug(
              "R13",
              "SwitchingNotSeen",
              "fea4e317f9e7 (v6.15, CVE-2025-37964)",
              "should_flush_tlb passes over a CPU in the middle of the switch to the mm, which has"
                  + " decided already whether to flush",
              "I7",
              arches("x86-lazy"),
              ANY,
              Variant.arch(k -> new SwitchingNotSeen(k, k.memory()))),
          new PastBug(
              "R14",
              "UnorderedSwitch",
              "83b0177a6c48 (v6.18, CVE-2025-40174)",
              "switch_mm has no barrier where the bit in mm_cpumask is set already: the store of"
                  + " LOADED_MM_SWITCHING waits while tlb_gen is read",
              "I7",
              arches("x86-lazy"),
              ANY,
              Variant.arch(k -> new UnorderedSwitch(k, k.memory()))),
          new PastBug(
              "R15",
              "SwitchingTooLate",
              "the backports of fea4e317f9e7 to v6.1, v6.6, v6.12",
              "LOADED_MM_SWITCHING is stored only after tlb_gen has been read",
              "I7",
              arches("x86-lazy"),
              ANY,
              Variant.arch(k -> new SwitchingTooLate(k, k.memory()))),
          new PastBug(
              "R18",
              "IrqsOnSwitch",
              "aef1d0209ddf (v6.16)",
              "switch_mm_irqs_off is reached with interrupts on",
              "I3",
              arches("x86-lazy"),
              ANY,
              Variant.arch(k -> new IrqsOnSwitch(k, k.memory()))),
          new PastBug(
              "R20",
              "LazyTestTooLate",
              "posted in May 2025; fixes 4afeb0ed1753 (v6.15)",
              "flush_tlb_func puts a lazy CPU on the global ASID of its mm and returns non-lazy;"
                  + " leave_mm then warns",
              "I11",
              arches("x86-invlpgb"),
              ANY,
              Variant.arch(k -> new LazyTestTooLate(k, k.memory()))),
          new PastBug(
              "R24a",
              "SyncCoreByIpi",
              "758c9373d841 (v5.10)",
              "SYNC_CORE takes the return from its IPI for serializing; it may schedule first",
              "I9c",
              arches("x86-eager"),
              ANY,
              Variant.membarrier(SyncCoreByIpi::new)),
          new PastBug(
              "R24b",
              "SyncCoreNotInIrq",
              "45da7a2b0af8 (v5.10)",
              "sync_core_before_usermode does nothing in an interrupt, where SYNC_CORE calls it",
              "I9c",
              arches("x86-eager"),
              ANY,
              Variant.arch(k -> new SyncCoreNotInIrq(k, k.memory()))),
          new PastBug(
              "R24c",
              "SyncCoreOfOthers",
              "e45cdc71d1fa (v5.11)",
              "SYNC_CORE passes over the caller's own CPU, and does nothing for an mm of one user",
              "I9c",
              arches("x86-eager"),
              ANY,
              Variant.membarrier(SyncCoreOfOthers::new)),
          new PastBug(
              "R25",
              "X86Shootdown",
              "never merged; patches 20 to 23 of January 2022 are what it lacks",
              "MMU_LAZY_TLB_SHOOTDOWN on x86 as it is: a flush moves CR3 to init_mm and leaves"
                  + " active_mm behind, and the shootdown does not come by",
              "I1",
              arches("x86-eager", "x86-lazy"),
              List.of("shootdown", "shootdown-debug"),
              Variant.PLAIN),
          new PastBug(
              "R26",
              "MaskAsRefcount",
              "never built; proposed and answered in July 2020",
              "mm_cpumask in the place of counted borrows: bits that nobody clears keep an mm for"
                  + " ever",
              "I5",
              arches("powerpc-hash"),
              List.of("no-refcount"),
              Variant.lifetime(MaskAsRefcount::new)),
          new PastBug(
              "R27",
              "HazardWithoutReload",
              "never merged; a comment of the hazard-pointer patch of January 2022",
              "__try_mm_drop_rq_ref trusts the lazy_mm that it read before drop_mm: it takes the"
                  + " reference of the mm that the CPU borrows by now",
              "I1",
              Arches.ALL,
              List.of("luto-hazard"),
              Variant.design(HazardWithoutReload::new)),
          new PastBug(
              "R28",
              "GrabTooEarly",
              "version 2 of the hazard-pointer RFC of October 2024; v3",
              "exit_mm writes the CPU's one slot with preemption on: who preempts it writes over"
                  + " it",
              "I1",
              arches("powerpc-hash", "powerpc-radix", "x86-eager", "x86-lazy"),
              List.of("desnoyers-hp"),
              Variant.design(GrabTooEarly::new)),
          new PastBug(
              "R29",
              "LutoHazardEmpty",
              "never written; the shootdown is at the final mmdrop for this reason",
              "who borrows an mm is asked by the flush of the exit alone, and flushes are hypercalls:"
                  + " nobody is interrupted, and nobody is asked",
              "I1",
              arches("powerpc-hash"),
              List.of("luto-hazard-empty"),
              Variant.PLAIN),
          new PastBug(
              "R31",
              "UnlazyWhenOffline",
              "never merged; patch 12 of the hazard-pointer series of January 2022, found by"
                  + " lazymm",
              "a CPU that is unplugged ends its borrow when it is out of cpu_online_mask already:"
                  + " mm_unlazy_mm_count does not look at its lazy_mm",
              "I1, I2, I10",
              arches("powerpc-hash", "powerpc-radix", "x86-eager", "x86-lazy"),
              List.of("luto-hazard"),
              Variant.hotplug(UnlazyWhenOffline::new)),
          new PastBug(
              "R32",
              "ExitMmGrabs",
              "never merged; patch 16 of the hazard-pointer series of January 2022, found by"
                  + " lazymm",
              "exit_mm still counts its borrow, and nobody drops what is counted any more",
              "I4, I5",
              arches("powerpc-hash", "powerpc-radix", "x86-eager", "x86-lazy"),
              HAZARD,
              Variant.exitMm(ExitMmGrabs::new)));

  private PastBugs() {}

  /** {@return the bug of that number or name} */
  public static Optional<PastBug> find(String name) {
    return ALL.stream().filter(b -> b.id().equals(name) || b.name().equals(name)).findFirst();
  }

  private static List<Arches.Entry> arches(String... names) {
    return Arrays.stream(names)
        .map(name -> PastArches.find(name).orElseThrow(() -> new IllegalArgumentException(name)))
        .toList();
  }
}
