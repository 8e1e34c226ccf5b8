package dev.lazymm.litmus.run;

import java.util.List;

/**
 * Single parts of our model's definitions, each taken out or replaced. Not here is what the rest
 * implies, as in the original: that an atomic's full barrier comes before its read too, full
 * barriers in a chain of propagation, smp_memb() as its caller's full barrier.
 */
final class Weakenings {
  /**
   * A change of the model.
   *
   * @param file where
   * @param what what is lost by it
   * @param from a text that the file has once
   * @param to what stands there instead
   */
  record Weakening(String file, String what, String from, String to) {}

  private static final String LKMM = "lkmm.cat";
  private static final String LOCKS = "lkmm-locks.cat";
  private static final String BELL = "lkmm.bell";

  static final List<Weakening> ALL =
      List.of(
          new Weakening(
              LKMM, "smp_mb()", "    between(Mb)\n  | (po ; [Mb & R])", "    (po ; [Mb & R])"),
          new Weakening(LKMM, "full barrier after an atomic's write", "  | ([Mb & W] ; po)\n", ""),
          new Weakening(
              LKMM, "smp_mb__before_atomic()", "  | (between(Before-atomic) ; [RMW] ; po?)\n", ""),
          new Weakening(
              LKMM, "smp_mb__after_atomic()", "  | (po? ; [RMW] ; between(After-atomic))\n", ""),
          new Weakening(
              LKMM,
              "smp_mb__after_spinlock()",
              "  | (po? ; [LKW] ; between(After-spinlock))\n",
              ""),
          new Weakening(
              LKMM,
              "smp_mb__after_unlock_lock()",
              "  | (lock-chain ; [After-unlock-lock] ; po)\n",
              ""),
          new Weakening(
              LKMM,
              "smp_mb__after_srcu_read_unlock()",
              "  | (po? ; [Srcu-unlock] ; between(After-srcu-read-unlock))\n",
              ""),
          new Weakening(
              LKMM,
              "synchronize_rcu() as a barrier",
              "let gp = po ; [Sync-rcu | Sync-srcu | MEMB]",
              "let gp = po ; [Sync-srcu | MEMB]"),
          new Weakening(
              LKMM,
              "synchronize_srcu() as a barrier",
              "let gp = po ; [Sync-rcu | Sync-srcu | MEMB]",
              "let gp = po ; [Sync-rcu | MEMB]"),
          new Weakening(
              LKMM,
              "smp_rmb()",
              "let fence = any-to-any | rmb | wmb",
              "let fence = any-to-any | wmb"),
          new Weakening(
              LKMM,
              "smp_rmb() does not order what returns nothing",
              "let Seen = R \\ Noreturn",
              "let Seen = R"),
          new Weakening(
              LKMM,
              "smp_rmb() orders only reads",
              "let rmb = [Seen] ; between(Rmb) ; [Seen]",
              "let rmb = [M] ; between(Rmb) ; [M]"),
          new Weakening(
              LKMM,
              "smp_wmb()",
              "let fence = any-to-any | rmb | wmb",
              "let fence = any-to-any | rmb"),
          new Weakening(
              LKMM,
              "smp_wmb() orders only writes",
              "let wmb = [W] ; between(Wmb) ; [W]",
              "let wmb = [M] ; between(Wmb) ; [M]"),
          new Weakening(
              LKMM,
              "release",
              "let any-to-any = strong-fence | po-rel | acq-po",
              "let any-to-any = strong-fence | acq-po"),
          new Weakening(
              LKMM,
              "acquire",
              "let any-to-any = strong-fence | po-rel | acq-po",
              "let any-to-any = strong-fence | po-rel"),
          new Weakening(
              LKMM,
              "data dependency to a write",
              "let dep = addr | data\nlet to-write = ((dep | ctrl)",
              "let dep = addr | data\nlet to-write = ((addr | ctrl)"),
          new Weakening(
              LKMM,
              "address dependency to a write",
              "let to-write = ((dep | ctrl)",
              "let to-write = ((data | ctrl)"),
          new Weakening(
              LKMM,
              "control dependency to a write",
              "let to-write = ((dep | ctrl)",
              "let to-write = (dep"),
          new Weakening(
              LKMM,
              "control dependency does not order reads",
              "let to-read = (addr ; [R])",
              "let to-read = (ctrl ; [R]) | (addr ; [R])"),
          new Weakening(
              LKMM,
              "own overwritten read",
              "(overwrite & int) | (addr ; [Plain] ; wmb)",
              "(co & int) | (addr ; [Plain] ; wmb)"),
          new Weakening(
              LKMM,
              "own overwritten write",
              "(overwrite & int) | (addr ; [Plain] ; wmb)",
              "(fr & int) | (addr ; [Plain] ; wmb)"),
          new Weakening(
              LKMM, "address of a plain write, then smp_wmb()", " | (addr ; [Plain] ; wmb)", ""),
          new Weakening(
              LKMM,
              "address dependency to a read",
              "let to-read = (addr ; [R]) | ",
              "let to-read = "),
          new Weakening(
              LKMM,
              "dependency by a marked write to a read of it",
              " | (dep ; [Marked] ; rfi)",
              ""),
          new Weakening(
              LKMM,
              "fences in a thread's own order",
              "((fence | lock-chain) & int)",
              "(lock-chain & int)"),
          new Weakening(BELL, "address dependency by memory", "let addr = by-memory ; addr\n", ""),
          new Weakening(BELL, "data dependency by memory", "let data = by-memory ; data\n", ""),
          new Weakening(BELL, "control dependency by memory", "let ctrl = by-memory ; ctrl\n", ""),
          new Weakening(
              BELL,
              "memory that carries dependencies is the thread's own",
              "let by-memory = (data ; [~Srcu-unlock] ; rfi)*",
              "let by-memory = (data ; [~Srcu-unlock] ; rf)*"),
          new Weakening(
              BELL,
              "a failed atomic is no acquire",
              "let Acquire = (ACQUIRE & R) \\ failed",
              "let Acquire = ACQUIRE & R"),
          new Weakening(
              BELL,
              "an acquire is the read",
              "let Acquire = (ACQUIRE & R) \\ failed",
              "let Acquire = ACQUIRE \\ failed"),
          new Weakening(
              BELL, "a failed atomic is no barrier", "let Mb = MB \\ failed", "let Mb = MB"),
          new Weakening(
              BELL,
              "smp_load_acquire()",
              "let Acquire = (ACQUIRE & R) \\ failed",
              "let Acquire = ACQUIRE & R & RMW"),
          new Weakening(
              BELL,
              "smp_store_release()",
              "let Release = (RELEASE & W) \\ failed",
              "let Release = RELEASE & W & RMW"),
          new Weakening(
              LOCKS,
              "spin_lock() acquires",
              "let Acquire = Acquire | LKR",
              "let Acquire = Acquire"),
          new Weakening(
              LOCKS,
              "spin_unlock() releases",
              "let Release = Release | UL",
              "let Release = Release"),
          new Weakening(
              LKMM,
              "unlock and lock in one thread",
              "let lock-chain = po ; [UL] ; (po | rf) ; [LKR] ; po",
              "let lock-chain = po ; [UL] ; rf ; [LKR] ; po"),
          new Weakening(
              LKMM,
              "unlock and lock in two threads",
              "let lock-chain = po ; [UL] ; (po | rf) ; [LKR] ; po",
              "let lock-chain = po ; [UL] ; po ; [LKR] ; po"),
          new Weakening(
              LKMM,
              "only one overwriting in a chain",
              "(overwrite & ext)? ; cumul-fence* ; [Marked]",
              "((overwrite & ext)? ; cumul-fence*)* ; [Marked]"),
          new Weakening(
              LKMM,
              "what was seen of others",
              "let seen-before(r) = (rfe ; [Marked])? ; r",
              "let seen-before(r) = r"),
          new Weakening(
              LKMM,
              "releases pass on",
              "(seen-before(strong-fence | po-rel) | wmb | lock-chain)",
              "(seen-before(strong-fence) | wmb | lock-chain)"),
          new Weakening(
              LKMM,
              "write barriers pass on",
              "(seen-before(strong-fence | po-rel) | wmb | lock-chain)",
              "(seen-before(strong-fence | po-rel) | lock-chain)"),
          new Weakening(
              LKMM,
              "locks pass on",
              "(seen-before(strong-fence | po-rel) | wmb | lock-chain)",
              "(seen-before(strong-fence | po-rel) | wmb)"),
          new Weakening(
              LKMM,
              "atomics pass releases on",
              "  ; [Marked] ; rmw-sequence\nlet prop",
              "  ; [Marked]\nlet prop"),
          new Weakening(
              LKMM,
              "more than one fence in a chain",
              "(overwrite & ext)? ; cumul-fence* ; [Marked]",
              "(overwrite & ext)? ; cumul-fence? ; [Marked]"),
          new Weakening(
              LKMM,
              "a read that misses a write",
              "let prop =\n  [Marked] ; (overwrite & ext)?",
              "let prop =\n  [Marked] ; (co & ext)?"),
          new Weakening(
              LKMM,
              "a write that is overwritten",
              "let prop =\n  [Marked] ; (overwrite & ext)?",
              "let prop =\n  [Marked] ; (fr & ext)?"),
          new Weakening(
              LKMM,
              "a read at the end of a chain",
              "cumul-fence* ; [Marked] ; rfe? ; [Marked]\n",
              "cumul-fence* ; [Marked]\n"),
          new Weakening(
              LKMM,
              "own order in happens-before",
              "(ppo | rfe | ((prop \\ id) & int))",
              "(rfe | ((prop \\ id) & int))"),
          new Weakening(
              LKMM,
              "reads of others in happens-before",
              "(ppo | rfe | ((prop \\ id) & int))",
              "(ppo | ((prop \\ id) & int))"),
          new Weakening(
              LKMM,
              "what comes back in happens-before",
              "(ppo | rfe | ((prop \\ id) & int))",
              "(ppo | rfe)"),
          new Weakening(
              LKMM,
              "what happens after a full barrier",
              "let pb = prop ; strong-fence ; hb* ; [Marked]",
              "let pb = prop ; strong-fence ; [Marked]"),
          new Weakening(
              LKMM,
              "RCU sections",
              "let over(inner) = rcu-over(inner) | srcu-over(inner)",
              "let over(inner) = srcu-over(inner)"),
          new Weakening(
              LKMM,
              "SRCU sections",
              "let over(inner) = rcu-over(inner) | srcu-over(inner) |",
              "let over(inner) = rcu-over(inner) |"),
          new Weakening(
              LKMM,
              "points of smp_memb()",
              "rcu-over(inner) | srcu-over(inner) | memb-over(inner)\nlet rec",
              "rcu-over(inner) | srcu-over(inner)\nlet rec"),
          new Weakening(
              LKMM,
              "a grace period before its section",
              "let paired(g, s, inner) = (g ; inner ; s) | (s ; inner ; g)",
              "let paired(g, s, inner) = (s ; inner ; g)"),
          new Weakening(
              LKMM,
              "a section before its grace period",
              "let paired(g, s, inner) = (g ; inner ; s) | (s ; inner ; g)",
              "let paired(g, s, inner) = (g ; inner ; s)"),
          new Weakening(
              LKMM,
              "a point before its smp_memb()",
              "let memb-over(inner) = paired([MEMB], id, inner)",
              "let memb-over(inner) = [MEMB] ; inner"),
          new Weakening(
              LKMM,
              "a point after its smp_memb()",
              "let memb-over(inner) = paired([MEMB], id, inner)",
              "let memb-over(inner) = inner ; [MEMB]"),
          new Weakening(
              LKMM,
              "SRCU structures are apart",
              "let srcu-over(inner) = loc & paired",
              "let srcu-over(inner) = paired"),
          new Weakening(LKMM, "pairs side by side", "\n  | (rcu-order ; link ; rcu-order)", ""),
          new Weakening(LKMM, "pairs inside pairs", "\n  | over(link ; rcu-order ; link)", ""),
          new Weakening(
              LKMM,
              "what happens between grace periods and sections",
              "let link = po? ; hb* ; pb* ; prop ; po",
              "let link = po? ; pb* ; prop ; po"),
          new Weakening(
              LKMM,
              "what full barriers order between them",
              "let link = po? ; hb* ; pb* ; prop ; po",
              "let link = po? ; hb* ; prop ; po"),
          new Weakening(
              LKMM,
              "a grace period among full barriers",
              "let strong-fence = strong-fence | rcu-fence\n",
              ""),
          new Weakening(LKMM, "a grace period among fences", "let fence = fence | rcu-fence\n", ""),
          new Weakening(
              BELL,
              "sections nest",
              "                | (([Rcu-lock] ; inside ; [Rcu-unlock]) \\ (inside ; inside))",
              "                | (([Rcu-lock] ; inside ; [Rcu-unlock]) \\ ((po ; [Rcu-lock | Rcu-unlock]) ; po))"),
          new Weakening(
              BELL,
              "an SRCU value handed on by memory",
              "let srcu-section = loc & ([Srcu-lock] ; handed-on ; data ; [Srcu-unlock])",
              "let srcu-section = loc & ([Srcu-lock] ; data ; [Srcu-unlock])"),
          new Weakening(
              LOCKS, "who keeps a lock is last", "        | (([LKW] ; loc ; [Kept]) \\ id)\n", ""),
          new Weakening(
              LOCKS,
              "an unlock stands behind its lock",
              "(co | section | (section^-1 ; co))+",
              "(co | section)+"),
          new Weakening(
              LOCKS,
              "a lock takes over from the one before",
              "([IW | UL] ; singlestep(co) ; halves^-1)",
              "([IW | UL] ; co ; halves^-1)"),
          new Weakening(
              LKMM,
              "a barrier keeps a compiler out",
              "let together = po-loc \\ divided",
              "let together = po-loc"),
          new Weakening(
              LKMM,
              "a plain write, then a marked access",
              "([Plain & W] ; together ; [Marked])\n          | ",
              ""),
          new Weakening(
              LKMM,
              "a marked access, then a plain write",
              "\n          | ([Marked] ; together ; [Plain & W])",
              ""),
          new Weakening(
              LKMM,
              "a compiler does not pass a release",
              "\n  | (po ; [Release]) | ([Acquire] ; po)\nlet together",
              "\n  | ([Acquire] ; po)\nlet together"),
          new Weakening(
              LKMM,
              "a compiler does not pass an acquire",
              "\n  | (po ; [Release]) | ([Acquire] ; po)\nlet together",
              "\n  | (po ; [Release])\nlet together"),
          new Weakening(
              LKMM,
              "a compiler does not pass Barrier",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass Rmb",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass Wmb",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Rmb | Mb | Sync-rcu | Sync-srcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass Mb",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Rmb | Wmb | Sync-rcu | Sync-srcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass Sync-rcu",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Rmb | Wmb | Mb | Sync-srcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass Sync-srcu",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | MEMB"),
          new Weakening(
              LKMM,
              "a compiler does not pass MEMB",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu | MEMB",
              "between(Barrier | Rmb | Wmb | Mb | Sync-rcu | Sync-srcu"),
          new Weakening(
              LKMM,
              "a compiler does not pass Before-atomic",
              "          | Before-atomic | After-atomic | Acquire | Release\n",
              "          | After-atomic | Acquire | Release\n"),
          new Weakening(
              LKMM,
              "a compiler does not pass After-atomic",
              "          | Before-atomic | After-atomic | Acquire | Release\n",
              "          | Before-atomic | Acquire | Release\n"),
          new Weakening(
              LKMM,
              "a compiler does not pass Acquire",
              "          | Before-atomic | After-atomic | Acquire | Release\n",
              "          | Before-atomic | After-atomic | Release\n"),
          new Weakening(
              LKMM,
              "a compiler does not pass Release",
              "          | Before-atomic | After-atomic | Acquire | Release\n",
              "          | Before-atomic | After-atomic | Acquire\n"),
          new Weakening(
              LKMM,
              "a compiler does not pass Rcu-lock",
              "          | Rcu-lock | Rcu-unlock | Srcu-lock | Srcu-unlock)",
              "          | Rcu-unlock | Srcu-lock | Srcu-unlock)"),
          new Weakening(
              LKMM,
              "a compiler does not pass Rcu-unlock",
              "          | Rcu-lock | Rcu-unlock | Srcu-lock | Srcu-unlock)",
              "          | Rcu-lock | Srcu-lock | Srcu-unlock)"),
          new Weakening(
              LKMM,
              "a compiler does not pass Srcu-lock",
              "          | Rcu-lock | Rcu-unlock | Srcu-lock | Srcu-unlock)",
              "          | Rcu-lock | Rcu-unlock | Srcu-unlock)"),
          new Weakening(
              LKMM,
              "a compiler does not pass Srcu-unlock",
              "          | Rcu-lock | Rcu-unlock | Srcu-lock | Srcu-unlock)",
              "          | Rcu-lock | Rcu-unlock | Srcu-lock)"),
          new Weakening(
              LKMM,
              "plain: no read of a write that comes later",
              "empty (pair & rf & rw-before^-1)\n    | ",
              "empty "),
          new Weakening(
              LKMM,
              "plain: no read past a write that is visible",
              "\n    | (pair & fr & wr-vis^-1)",
              ""),
          new Weakening(
              LKMM,
              "plain: no write under one that is visible",
              "\n    | (pair & co & ww-vis^-1)",
              ""),
          new Weakening(
              LKMM,
              "two plain writes race",
              "flag ~empty ww-race | wr-race | rw-race",
              "flag ~empty wr-race | rw-race"),
          new Weakening(
              LKMM,
              "a plain write and a read race",
              "flag ~empty ww-race | wr-race | rw-race",
              "flag ~empty ww-race | rw-race"),
          new Weakening(
              LKMM,
              "a read and a plain write race",
              "flag ~empty ww-race | wr-race | rw-race",
              "flag ~empty ww-race | wr-race"),
          new Weakening(
              LKMM,
              "plain: initial writes race with nobody",
              "(Plain * M) | ((M \\ IW) * Plain)",
              "(Plain * M) | (M * Plain)"),
          new Weakening(
              LKMM,
              "plain: races need a plain access",
              "let pair = ext & ((Plain * M) | ((M \\ IW) * Plain))",
              "let pair = ext & ((M \\ IW) * M)"),
          new Weakening(
              LKMM,
              "plain: visible by fences to a write",
              "let ww-vis = fence | (strong",
              "let ww-vis = (strong"),
          new Weakening(
              LKMM,
              "plain: visible by full barriers to a write",
              "let ww-vis = fence | (strong-fence ; before ; w-from) | ",
              "let ww-vis = fence | "),
          new Weakening(
              LKMM,
              "plain: visible in order to a write",
              " ; before ; w-from) | (w-until ; visible ; w-from)",
              " ; before ; w-from)"),
          new Weakening(
              LKMM,
              "plain: visible by fences to a read",
              "let wr-vis = fence | (strong",
              "let wr-vis = (strong"),
          new Weakening(
              LKMM,
              "plain: visible by full barriers to a read",
              "let wr-vis = fence | (strong-fence ; before ; r-from) | ",
              "let wr-vis = fence | "),
          new Weakening(
              LKMM,
              "plain: visible in order to a read",
              " ; before ; r-from) | (w-until ; visible ; r-from)",
              " ; before ; r-from)"),
          new Weakening(
              LKMM, "plain: read first, by fences", "let rw-before = fence | ", "let rw-before = "),
          new Weakening(
              LKMM,
              "plain: read first, by order",
              "let rw-before = fence | (r-until ; before ; w-from)",
              "let rw-before = fence"),
          new Weakening(
              LKMM,
              "plain: a write starts behind a fence",
              "let w-from = [Marked] ; (addr | fence)?",
              "let w-from = [Marked] ; addr?"),
          new Weakening(
              LKMM,
              "plain: a write starts behind its address",
              "let w-from = [Marked] ; (addr | fence)?",
              "let w-from = [Marked] ; fence?"),
          new Weakening(
              LKMM,
              "plain: a read starts behind a fence",
              "let r-from = [Marked] ; (addr | any-to-any | rmb-to)?",
              "let r-from = [Marked] ; (addr | rmb-to)?"),
          new Weakening(
              LKMM,
              "plain: a read starts behind its address",
              "let r-from = [Marked] ; (addr | any-to-any | rmb-to)?",
              "let r-from = [Marked] ; (any-to-any | rmb-to)?"),
          new Weakening(
              LKMM,
              "plain: a read starts behind smp_rmb()",
              "let r-from = [Marked] ; (addr | any-to-any | rmb-to)?",
              "let r-from = [Marked] ; (addr | any-to-any)?"),
          new Weakening(
              LKMM,
              "plain: a write ends before a fence",
              "let w-until = fence? ; [Marked] ; rmw-sequence",
              "let w-until = [Marked] ; rmw-sequence"),
          new Weakening(
              LKMM,
              "plain: an atomic passes on that it has ended",
              "let w-until = fence? ; [Marked] ; rmw-sequence",
              "let w-until = fence? ; [Marked]"),
          new Weakening(
              LKMM,
              "plain: a read ends before a fence",
              "let r-until = (any-to-any | rmb-from)? ; [Marked]",
              "let r-until = rmb-from? ; [Marked]"),
          new Weakening(
              LKMM,
              "plain: a read ends before smp_rmb()",
              "let r-until = (any-to-any | rmb-from)? ; [Marked]",
              "let r-until = any-to-any? ; [Marked]"),
          new Weakening(
              LKMM,
              "plain: visible through fences of others",
              "let visible =\n  cumul-fence* ; rfe?",
              "let visible =\n  rfe?"),
          new Weakening(
              LKMM,
              "plain: visible to who reads",
              "  cumul-fence* ; rfe? ; [Marked]\n  ; ((strong",
              "  cumul-fence* ; [Marked]\n  ; ((strong"),
          new Weakening(
              LKMM,
              "plain: visible behind full barriers of others",
              "((strong-fence ; [Marked] ; before) | (before & int))",
              "(before & int)"),
          new Weakening(
              LKMM,
              "plain: visible later in the thread",
              "((strong-fence ; [Marked] ; before) | (before & int))",
              "(strong-fence ; [Marked] ; before)"),
          new Weakening(
              LKMM,
              "plain: visible writes of a thread need order both ways",
              "let ww-safe = ww-vis & ((Marked * W) | rw-before) & ((W * Marked) | wr-vis)",
              "let ww-safe = ww-vis"),
          new Weakening(
              LKMM,
              "plain: happens-before",
              "let before = (hb | pb | rb)*",
              "let before = (pb | rb)*"),
          new Weakening(
              LKMM,
              "plain: propagation",
              "let before = (hb | pb | rb)*",
              "let before = (hb | rb)*"),
          new Weakening(
              LKMM,
              "plain: grace periods",
              "let before = (hb | pb | rb)*",
              "let before = (hb | pb)*"));

  private Weakenings() {}
}
