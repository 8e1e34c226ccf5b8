package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import java.util.List;
import java.util.Set;

/** What was said of the lifetime of a borrowed mm: E06 to E09, E12, E14. */
final class LifetimeClaims {
  private static final String DEBUG_WARNING = "DEBUG_VM_SHOOT_LAZIES";
  private static final List<String> POWERPC = List.of("powerpc-hash", "powerpc-radix");

  /** The scenarios in which something reads what was borrowed, after it may be gone. */
  private static final List<String> READERS = List.of("e07-*", "e09-*", "e14-*");

  /** Who reads a stale pointer, to compare it or to pass it on. */
  private static final Set<String> READS =
      Set.of(
          "context_switch reads active_mm",
          "context_switch reads active_mm of a slot used again",
          "exec_mmap reads active_mm of a slot used again",
          "finish_task_switch reads prev_mm",
          "finish_task_switch reads prev_mm of a slot used again",
          "kthread_use_mm reads active_mm");

  static final List<Claim> ALL = List.of(e06(), e07(), e08(), e09(), e12(), e14());

  private LifetimeClaims() {}

  private static Claim e06() {
    return new Claim(
        "E06",
        "active_mm always points to a live mm (mm_users may be 0): the core guarantees it by"
            + " counting each borrow",
        "refcount, the usual architectures; exit, exec, use/unuse, idle, CPU hotplug (H3)",
        "I1 holds, and so does everything else",
        List.of(
            CheckPart.over("e06-*").of("refcount").hold(),
            CheckPart.over("hotplug-*").of("refcount").hold()));
  }

  private static Claim e07() {
    return new Claim(
        "E07",
        "with MMU_LAZY_TLB_REFCOUNT=n active_mm still exists and is updated, but may point to"
            + " freed memory",
        "no-refcount, the usual architectures",
        "I1 violated in each scenario",
        List.of(CheckPart.over("e07-*").of("no-refcount").violate("I1")));
  }

  private static Claim e08() {
    return new Claim(
        "E08",
        "with SHOOTDOWN, active_mm is never stale where mm_cpumask holds every borrower",
        "shootdown, both MMUs of powerpc; e08-* and the rest of the library, CPU hotplug (H3) in"
            + " it, and as it was up to v6.12 (H2, R03); piggin-v4 in two of them",
        "I1 holds, and so does everything else; with H2 and a mask that is cleared early it is"
            + " violated; v4 leaves sleepers stale pointers (I1+)",
        List.of(
            CheckPart.over("*").of("shootdown").on(POWERPC).hold(),
            CheckPart.over("hotplug-exit").of("shootdown").on(POWERPC).before("R03").violate("I1"),
            CheckPart.over("e08-shoot-chain", "e08-shoot-moved")
                .of("piggin-v4")
                .on(POWERPC)
                .violate("I1+")));
  }

  private static Claim e09() {
    String[] arches = {"x86-eager", "x86-lazy", "powerpc-hash", "powerpc-radix"};
    CheckPart registered = CheckPart.over("e09-reused-registered").under("tso");
    return new Claim(
        "E09",
        "if you do this, make sure that you do not dereference the dangling pointer",
        "no-refcount, and shootdown on x86 as it is: every read of active_mm, prev_mm and"
            + " loaded_mm after the mm was freed, every access to a freed mm",
        "pointers are compared, never followed, but for NMI and perf code, which is not modelled;"
            + " a slot that is used again makes them compare equal: user code on what is left of the"
            + " old mm (I8), and a CPU that GLOBAL_EXPEDITED misses (scenario F)",
        List.of(
            new ReadPart(READERS, List.of("no-refcount"), List.of(arches), READS, Set.of()),
            new ReadPart(
                READERS, List.of("shootdown"), List.of("x86-eager", "x86-lazy"), READS, Set.of()),
            CheckPart.over("e07-*", "e09-*", "e14-*").of("no-refcount").on(arches).keep("UAF"),
            CheckPart.over("e07-*", "e09-*", "e14-*")
                .of("shootdown")
                .on("x86-eager", "x86-lazy")
                .keep("UAF"),
            CheckPart.over("e09-reused-by").of("no-refcount").on(POWERPC).violate("I8"),
            CheckPart.over("e09-reused-by")
                .of("no-refcount")
                .on("x86-eager", "x86-lazy")
                .keep("I8"),
            CheckPart.over("e09-reused-by")
                .of("no-refcount")
                .on("x86-ipi-broadcast")
                .violate("I8"),
            registered.of("no-refcount").on("x86-eager", "x86-lazy").violate(Invariants.NEVER),
            registered.of("shootdown").on("x86-eager").violate(Invariants.NEVER),
            registered.of("shootdown").on("x86-lazy").hold(),
            registered.of("shootdown").on(POWERPC).under("power").hold(),
            registered.of("refcount").on("x86-eager", "x86-lazy").hold()));
  }

  private static Claim e12() {
    return new Claim(
        "E12",
        "on x86 a CPU may have mm == NULL, active_mm set, CR3 on init_mm and its bit in"
            + " mm_cpumask clear: unusual, but no problem",
        "refcount, x86-eager, x86-lazy (the bit needs a second flush), x86-lazy-clear;"
            + " x86-ipi-broadcast (the bit stays set); x86-unlazy (active_mm goes along)",
        "the states are reached, but for active_mm on x86-unlazy and the clear bit on"
            + " x86-ipi-broadcast; everything holds on all",
        List.of(
            CheckPart.over("e12-*")
                .of("refcount")
                .on("x86-eager", "x86-lazy", "x86-lazy-clear", "x86-unlazy")
                .reach(),
            CheckPart.over("hotplug-deep-idle")
                .of("refcount")
                .on("x86-eager", "x86-lazy", "x86-lazy-clear")
                .hold(),
            CheckPart.over("e12-*").of("refcount").on("x86-ipi-broadcast").hold()));
  }

  private static Claim e14() {
    return new Claim(
        "E14",
        "enabling SHOOTDOWN on x86 as it is leaves active_mm pointing to freed memory",
        "shootdown and shootdown-debug; x86-eager, x86-lazy-clear: one flush; x86-lazy: two",
        "I1 violated in each, and DEBUG_VM_SHOOT_LAZIES warns; but one flush alone does nothing"
            + " on x86-lazy, and nothing is broken on x86-unlazy",
        List.of(
            CheckPart.over("e14-*").of("shootdown").on("x86-eager").violate("I1"),
            CheckPart.over("e14-*").of("shootdown-debug").on("x86-eager").warn(DEBUG_WARNING),
            CheckPart.over("e14-munmap-exit").of("shootdown").on("x86-lazy").violate("I1"),
            CheckPart.over("e14-munmap-exit")
                .of("shootdown-debug")
                .on("x86-lazy")
                .warn(DEBUG_WARNING),
            CheckPart.over("e14-exit-flush").of("shootdown").on("x86-lazy").hold(),
            CheckPart.over("e14-exit-flush").of("shootdown").on("x86-lazy-clear").violate("I1"),
            CheckPart.over("e14-*").of("shootdown").on("x86-unlazy").hold()));
  }
}
