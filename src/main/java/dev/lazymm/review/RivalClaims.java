package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import java.util.List;

/** What was said of the rivals of the merged design: E18, E19. */
final class RivalClaims {
  private static final String[] ENDS = {"e06-*", "e07-*", "e14-*", "exit-*", "hazard-*"};

  static final List<Claim> ALL = List.of(e18(), e19());

  private RivalClaims() {}

  private static Claim e18() {
    return new Claim(
        "E18",
        "Linus's rule: a lazy reference requires mm_users > 0, and the last mmput ends all of them",
        "linus-rule, which interrupts every CPU at the last mmput and whose exit_mm goes to init_mm"
            + " first; linus-rule-exit, whose exit_mm borrows what it puts",
        "I1 and I2 hold if every lazy CPU is told, also where nothing is left to flush; exit_mm"
            + " itself breaks the rule unless it moves to init_mm first",
        List.of(
            CheckPart.over(ENDS).of("linus-rule").on("x86-eager", "powerpc-hash").hold(),
            CheckPart.over("hotplug-exit", "hotplug-borrow")
                .of("linus-rule")
                .on("x86-eager", "powerpc-hash")
                .hold(),
            CheckPart.over("exit-alone", "e14-own-exit")
                .of("linus-rule-exit")
                .on("powerpc-hash")
                .warn("__mmput: current borrows the mm")));
  }

  private static Claim e19() {
    return new Claim(
        "E19",
        "hazard pointers end the counting, and are correct",
        "luto-hazard over the ends of mms, with three CPUs where one goes from one dying mm to"
            + " another; without the reload of lazy_mm (R27); asking nobody (empty); CPU hotplug",
        "it holds; without the reload I1 is violated; asking nobody breaks I1 where flushes are"
            + " broadcast; hotplug was the author's open point",
        "hotplug is decided, and not as the author thought. As posted (patch 12, R31) a CPU ends its"
            + " borrow when it is out of cpu_online_mask already, and the scan goes through the CPUs"
            + " that are online: I1. With sched_force_init_mm in its place nothing dangles, but an mm"
            + " is kept: who saw the CPU borrow may write its drop_mm behind the CPU's last switch. And"
            + " as posted each exit leaks its mm, since exit_mm still counts (R32); lazymm's"
            + " luto-hazard does not.",
        List.of(
            CheckPart.over(ENDS).of("luto-hazard").on("x86-eager", "powerpc-hash").hold(),
            CheckPart.over("r27-reload")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .before("R27")
                .violate("I1"),
            CheckPart.over("exit-idle")
                .of("luto-hazard-empty")
                .on("x86-ipi-broadcast", "powerpc-hash")
                .violate("I1"),
            CheckPart.over("exit-idle").of("luto-hazard-empty").on("x86-unlazy").hold(),
            CheckPart.over("hotplug-*")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .keep("I1"),
            CheckPart.over("hotplug-*")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .keep("I2"),
            CheckPart.over("hotplug-then-exit", "hotplug-drop")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .hold(),
            CheckPart.over("hotplug-exit")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .violate(Invariants.ALWAYS),
            CheckPart.over("r31-exit-offline")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .before("R31")
                .violate("I1"),
            CheckPart.over("exit-alone")
                .of("luto-hazard")
                .on("x86-eager", "powerpc-hash")
                .before("R32")
                .violate("I5")));
  }
}
