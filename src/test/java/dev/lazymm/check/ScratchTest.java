package dev.lazymm.check;

import dev.lazymm.check.mapped.*;

public class ScratchTest {
  public static void main(String[] a) {
    for (String arch : new String[] {null, "x86", "aarch64", "aarch64-llsc", "ppc", "riscv"}) {
      System.out.println("== " + arch);
      var x = new Expansions(arch, null);
      for (String s :
          new String[] {
            "r0 = READ_ONCE(*x);",
            "r0 = *x;",
            "WRITE_ONCE(*x, 1);",
            "smp_store_release(x, 1);",
            "r0 = smp_load_acquire(x);",
            "smp_mb();",
            "smp_mb__after_spinlock();"
          }) show(s, x.of(s));
      for (String s :
          new String[] {
            "atomic_inc(x);",
            "r0 = atomic_fetch_add(1, x);",
            "r0 = atomic_cmpxchg(x, 0, 1);",
            "r0 = atomic_add_unless(x, 1, 0);",
            "r0 = atomic_fetch_or_relaxed(1, x);"
          }) {
        show(s, x.ofUpdate(s, true));
        show("FAIL " + s, x.ofUpdate(s, false));
      }
      show("lock", x.ofLock("spin_lock(x);"));
      show("unlock", x.ofLock("spin_unlock(x);"));
      show("await", x.branching("r0 = READ_ONCE(*x);"));
    }
  }

  static void show(String s, Expansion e) {
    System.out.println("  " + s + " -> branches " + e.branches() + " open " + e.open());
    e.events()
        .forEach(p ->
            System.out.println(
                "       "
                    + p.action()
                    + " "
                    + p.tags()
                    + (p.rmw() ? " rmw" : "")
                    + " rp="
                    + p.readPart()
                    + " ctrl "
                    + p.ctrl()
                    + " data "
                    + p.data()
                    + " addr "
                    + p.addr()
                    + " "
                    + p.more()));
  }
}
