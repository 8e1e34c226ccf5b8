package dev.lazymm.review;

import dev.lazymm.check.Invariants;
import dev.lazymm.check.Weakening;
import dev.lazymm.count.Episode;
import java.util.List;
import java.util.Map;

/** What was said of membarrier(2) and its barriers: E01 to E03, E05, E15. */
final class MembarrierClaims {
  private static final String BACK = "membarrier-c1-in";
  private static final String OTHER = "membarrier-c2-in";
  private static final String GLOBAL_ASID = "e03-global-asid";
  private static final String[] E15 = {
    "membarrier-e-use", "membarrier-e-unuse", "e15-use-after-user", "e15-use-after-global"
  };

  static final List<Claim> ALL = List.of(e01(), e02(), e03(), e05(), e15());

  private MembarrierClaims() {}

  private static CheckPart broken(CheckPart part) {
    return part.violate(Invariants.NEVER);
  }

  private static Claim e01() {
    return new Claim(
        "E01",
        "membarrier depends on some mmget and mmdrop calls to be full barriers (he means mmgrab and"
            + " mmdrop)",
        "refcount; a thread comes back to the mm that idle borrowed while another calls membarrier"
            + " (scenario C); the atomic of the lazy drop made a relaxed one",
        "as the code is, membarrier holds; with a relaxed drop it is broken under a weak model",
        "on x86 it is not broken: a relaxed atomic is a locked instruction there, and switch_mm has"
            + " a barrier of its own for a CPU that was lazy. On arm64 neither: __switch_to has one."
            + " The claim is right of the source (lkmm) and of powerpc, where nothing else stands"
            + " there.",
        List.of(
            CheckPart.over(BACK).of("refcount").on("powerpc-hash").under("power", "lkmm").hold(),
            broken(
                CheckPart.over(BACK)
                    .of("refcount")
                    .on("powerpc-hash")
                    .under("power", "lkmm")
                    .weaken("B2a", Weakening.RELAXED)),
            CheckPart.over(BACK)
                .of("refcount")
                .on("x86-eager")
                .under("tso")
                .weaken("B2a", Weakening.RELAXED)
                .hold(),
            CheckPart.over(BACK)
                .of("refcount")
                .on("arm64")
                .under("armv8")
                .weaken("B2a", Weakening.RELAXED)
                .hold()));
  }

  private static Claim e02() {
    CheckPart powerpc = CheckPart.over().of("shootdown").on("powerpc-hash").under("power");
    return new Claim(
        "E02",
        "the same of other places that change tsk->mm",
        "shootdown on powerpc-hash under power; the barrier of kthread_use_mm (B7), kthread_unuse_mm"
            + " (B8), exit_mm (B5) and exec (B6, and that of its lazy drop) removed, one at a time",
        "B7, B5 and B8 are needed; that of exec's drop is not, since B6 covers it",
        "B7 is needed only by a kernel thread that uses the mm that it borrows already: for any"
            + " other, switch_mm on powerpc has a barrier between the store of tsk->mm and user"
            + " accesses. So the list is right of the site, and too broad of the scenario.",
        List.of(
            broken(powerpc.scenarios("e02-use-borrowed").without("B7")),
            powerpc.scenarios("membarrier-e-use").without("B7").hold(),
            powerpc.scenarios("e02-use-borrowed", "membarrier-e-use").hold(),
            broken(powerpc.scenarios("membarrier-e-unuse").without("B8")),
            broken(powerpc.scenarios("membarrier-d").without("B5")),
            broken(powerpc.scenarios("membarrier-x").without("B6")),
            powerpc.scenarios("membarrier-x", "membarrier-x-private").hold()));
  }

  private static Claim e03() {
    CheckPart shootdown = CheckPart.over().of("shootdown");
    return new Claim(
        "E03",
        "what keeps membarrier working is an ifdef'd smp_mb in the core scheduler",
        "shootdown with that smp_mb (B2a) and without it; x86, x86 with INVLPGB, powerpc, arm64",
        "with it membarrier holds; without it is broken on powerpc and arm64, only when the mm is"
            + " unchanged across the idle period, and on x86 only where switch_mm returns before its"
            + " own barrier: with INVLPGB",
        "arm64 has a barrier in __switch_to, behind the store of rq->curr, for every switch: it"
            + " holds there without B2a. The list takes arm64 together with powerpc here; its own"
            + " table of barrier suppliers (2.1) is right.",
        List.of(
            shootdown.scenarios(BACK).on("powerpc-hash").under("power", "lkmm").hold(),
            broken(
                shootdown
                    .scenarios(BACK)
                    .on("powerpc-hash", "powerpc-radix")
                    .under("power", "lkmm")
                    .without("B2a")),
            shootdown.scenarios(OTHER).on("powerpc-hash").under("power").without("B2a").hold(),
            shootdown.scenarios(BACK).on("arm64").under("armv8").without("B2a").hold(),
            shootdown
                .scenarios(BACK)
                .on("x86-eager", "x86-lazy")
                .under("tso")
                .without("B2a")
                .hold(),
            shootdown.scenarios(GLOBAL_ASID).on("x86-invlpgb").under("tso").hold(),
            broken(shootdown.scenarios(GLOBAL_ASID).on("x86-invlpgb").under("tso").without("B2a")),
            shootdown.scenarios(GLOBAL_ASID).on("x86-lazy").under("tso").without("B2a").hold()));
  }

  private static Claim e05() {
    String[] in = {
      "membarrier-a",
      "membarrier-b",
      BACK,
      "membarrier-c1-out",
      OTHER,
      "membarrier-c2-out",
      "membarrier-d"
    };
    CheckPart conditional = CheckPart.over(in);
    return new Claim(
        "E05",
        "I make membarrier independent of smp_mb() and mmdrop(), and save the cost",
        "conditional: a barrier after a switch to an mm, if that is registered, and no other; the"
            + " lazy drop of refcount made relaxed, shootdown without its smp_mb",
        "membarrier holds; but the registered pay one more barrier on a switch from user to user,"
            + " where CR3 or the architecture has one already (Desnoyers's objection)",
        List.of(
            conditional.of("shootdown+conditional").on("powerpc-hash").under("power").hold(),
            conditional.of("shootdown+conditional").on("x86-eager").under("tso").hold(),
            CheckPart.over(BACK)
                .of("refcount+conditional")
                .on("powerpc-hash")
                .under("power", "lkmm")
                .weaken("B2a", Weakening.RELAXED)
                .hold(),
            broken(
                CheckPart.over(BACK)
                    .of("shootdown+conditional")
                    .on("powerpc-hash")
                    .under("power")
                    .without("B2-finish")),
            count(Episode.trip(), false, "shootdown+conditional", of("barrier B2-finish", 0)),
            count(Episode.trip(), true, "shootdown+conditional", of("barrier B2-finish", 1)),
            count(Episode.switchMm(), true, "shootdown", of("barrier B2-finish", 0)),
            count(Episode.switchMm(), true, "shootdown+conditional", of("barrier B2-finish", 1)),
            count(Episode.switchMm(), false, "shootdown+conditional", of("barrier B2-finish", 0))));
  }

  private static Claim e15() {
    CheckPart use = CheckPart.over(E15).of("refcount");
    return new Claim(
        "E15",
        "kthread_use_mm lacks a full barrier before it stores tsk->mm",
        "kthread_use_mm as in v7.0, without that barrier; whoever used the mm, or ran before the"
            + " kernel thread, beside a caller of membarrier; six memory models",
        "open: two experts agreed that it was missing, nobody gave a failing execution; from NULL to"
            + " an mm is no transition away from a target, so none is expected",
        "on every machine it holds without the barrier. What the model of the source (lkmm) does not"
            + " promise is another thing: tsk->mm = mm is a plain store, which no barrier orders"
            + " there. With WRITE_ONCE (patch 5 of the same series) it holds under lkmm too, without"
            + " the barrier.",
        List.of(
            use.on("x86-eager").under("sc", "tso").hold(),
            use.on("powerpc-hash").under("power").hold(),
            use.on("arm64").under("armv8").hold(),
            use.on("riscv").under("riscv").hold(),
            CheckPart.over("e15-use-after-user", "e15-use-after-global")
                .of("refcount")
                .on("powerpc-hash")
                .under("lkmm")
                .hold(),
            broken(
                CheckPart.over("membarrier-e-use", "membarrier-e-unuse")
                    .of("refcount")
                    .on("powerpc-hash")
                    .under("lkmm")),
            CheckPart.over(E15)
                .of("refcount+conditional")
                .on("powerpc-hash")
                .under("lkmm")
                .without("B7-before")
                .hold(),
            broken(
                CheckPart.over("e15-use-after-user")
                    .of("refcount")
                    .on("powerpc-hash")
                    .under("power")
                    .without("B1"))));
  }

  private static Part count(
      Episode episode, boolean registered, String design, Map<String, Integer> expected) {
    return new CountPart(
        episode, registered, List.of(design), List.of("x86-eager", "powerpc-hash"), expected);
  }

  private static Map<String, Integer> of(String what, int n) {
    return Map.of(what, n);
  }
}
