package dev.lazymm.review;

import java.util.List;

/** Why nothing is found where some sites are weakened; a test holds each to what is found. */
public final class Unneeded {
  private static final String REF_HASH = "refcount on powerpc-hash";
  private static final String REF_X86 = "refcount on x86-eager";
  private static final String SHOOT_HASH = "shootdown on powerpc-hash";
  private static final String SHOOT_X86 = "shootdown on x86-eager";
  private static final List<String> HASH = List.of(REF_HASH, SHOOT_HASH);
  private static final List<String> X86 = List.of(REF_X86, SHOOT_X86);
  private static final List<String> EVERY = List.of(REF_HASH, REF_X86, SHOOT_HASH, SHOOT_X86);
  private static final List<String> ANY = List.of();
  private static final List<String> RELEASE = List.of("release");

  private static final String BRANCH =
      "who drops last frees under a branch on the value, and stores wait for a branch: release is"
          + " enough";
  private static final String R25 =
      "what would show it ends an mm, and with shootdown that is broken on x86 already (R25)";
  private static final String HANDLER =
      "the IPI is taken, and waited for, in order already; the kernel says the same: \"IPIs should"
          + " be serializing but paranoid\"";
  private static final String LAZY_MB =
      "where the mm stays, switch_mm has a barrier of its own on the way back from lazy (lazy-mb);"
          + " where it changes, the bit in the mask is set by a locked operation";
  private static final String USERS =
      "flush and shootdown come between the last put and what is freed, and reach the others by"
          + " IPI or broadcast";

  /** The reasons, by site. */
  public static final List<NotCaught> ALL =
      List.of(
          new NotCaught("B2a", List.of(SHOOT_X86), ANY, LAZY_MB),
          new NotCaught(
              "B2b", X86, ANY, "the bit in the mask is set by a locked operation before, always"),
          new NotCaught(
              "B4", HASH, ANY, "the flush is a hypercall to every CPU: it reads no mask after it"),
          new NotCaught(
              "B6",
              X86,
              ANY,
              "x86's stores stay in order: what the thread stored is seen before its registrations"
                  + " are gone"),
          new NotCaught("B7", X86, ANY, LAZY_MB),
          new NotCaught(
              "ctx-id", X86, ANY, "ctx_ids must differ, which any atomic sees to; none orders"),
          new NotCaught(
              "finish-cpu-drop",
              EVERY,
              ANY,
              "what finish_cpu drops is a borrow of init_mm, which is never freed"),
          new NotCaught(
              "force-init-drop",
              List.of(SHOOT_HASH, SHOOT_X86),
              ANY,
              "nothing is counted, and so nothing is freed by it"),
          new NotCaught("ipi-mb", EVERY, ANY, HANDLER),
          new NotCaught("ipi-rseq-mb", EVERY, ANY, HANDLER),
          new NotCaught("ipi-sync-core-mb", EVERY, ANY, HANDLER),
          new NotCaught(
              "irq-exec",
              X86,
              ANY,
              "x86 activates with interrupts on anyway, and its handlers believe loaded_mm; what is"
                  + " left is preemption, which R02 finds"),
          new NotCaught(
              "irq-exit",
              EVERY,
              ANY,
              "a handler finds the mm, or finds none: both are right; it keeps out preemption, which"
                  + " R28 finds for a design that counts on it"),
          new NotCaught("irq-flush", List.of(SHOOT_X86), ANY, R25),
          new NotCaught(
              "irq-start-secondary",
              X86,
              ANY,
              "the CPU is in no mask and not online, so no IPI is sent to it; interrupts find nothing"
                  + " half done, as CR3 and loaded_mm are init_mm's at once"),
          new NotCaught(
              "irq-stop-machine",
              EVERY,
              ANY,
              "sched_force_init_mm has moved the CPU to init_mm before: a handler finds nothing there"
                  + " that is about an mm"),
          new NotCaught(
              "irq-unuse",
              HASH,
              ANY,
              "a handler finds the mm, or finds none: both are right; enter_lazy_tlb does nothing"
                  + " on powerpc"),
          new NotCaught(
              "mask-clear",
              X86,
              RELEASE,
              "only what was done with the mm must come before; what follows, mask-set orders"),
          new NotCaught("mmdrop", List.of(SHOOT_X86), ANY, R25),
          new NotCaught(
              "mmdrop-exec",
              List.of(SHOOT_HASH, SHOOT_X86),
              ANY,
              "nothing is counted: it is a barrier alone, and activate_mm of an mm that is new here"
                  + " has passed one"),
          new NotCaught(
              "mmdrop-exec",
              List.of(REF_X86),
              List.of("acquire"),
              "activate_mm has a full barrier just before: what the CPU did with the mm is over"),
          new NotCaught(
              "mmget-not-zero",
              EVERY,
              ANY,
              "who asks has a pin; that the count leaves 0 never again, any atomic sees to"),
          new NotCaught("mmput", List.of(REF_HASH), RELEASE, BRANCH),
          new NotCaught("mmput", List.of(SHOOT_HASH, SHOOT_X86, REF_X86), ANY, USERS),
          new NotCaught(
              "rcu-qs",
              EVERY,
              ANY,
              "a CPU reports from an interrupt, which is taken and waited for in order already"),
          new NotCaught("shoot-ipi", List.of(SHOOT_X86), ANY, R25),
          new NotCaught(
              "sync-rq-self",
              EVERY,
              ANY,
              "it is the only user, and the rq its own: no other CPU has a state of this mm"),
          new NotCaught(
              "task-link",
              HASH,
              ANY,
              "the list is walked by stop_machine, whose IPIs order more than that"));

  private Unneeded() {}
}
