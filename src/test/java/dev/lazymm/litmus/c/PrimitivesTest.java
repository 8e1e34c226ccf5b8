package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.litmus.Source;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's primitives do, in events. */
class PrimitivesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          smp_mb()                         | F[MB]
          smp_rmb()                        | F[rmb]
          smp_wmb()                        | F[wmb]
          barrier()                        | F[barrier]
          smp_memb()                       | F[MEMB]
          smp_mb__before_atomic()          | F[before-atomic]
          smp_mb__after_spinlock()         | F[after-spinlock]
          rcu_read_lock()                  | F[rcu-lock]
          rcu_read_unlock()                | F[rcu-unlock]
          synchronize_rcu()                | F[sync-rcu]
          synchronize_srcu(s)              | SRCU[sync-srcu] s
          smp_store_mb(*x, 1)              | W[ONCE] x := 1; F[MB]
          smp_store_release(x, 1)          | W[RELEASE] x := 1
          rcu_assign_pointer(*p, x)        | W[RELEASE] p := x
          r = smp_load_acquire(x)          | R[ACQUIRE] x; r=#0
          r = rcu_dereference(*p)          | R[ONCE] p; r=#0
          r = srcu_read_lock(s)            | R[srcu-lock] s; r=#0
          srcu_read_unlock(s, 1)           | W[srcu-unlock] s := 1
          atomic_set(x, 1)                 | W[ONCE] x := 1
          r = atomic_read_acquire(x)       | R[ACQUIRE] x; r=#0
          spin_lock(l)                     | LKR l; LKW l of 0
          spin_unlock(l)                   | UL l
          spin_lock(READ_ONCE(*p))         | R[ONCE] p; LKR #0 addr 0; LKW #0 of 1 addr 0
          r = spin_trylock(l)              | LKR l; LKW l of 0; r=1; --; LF l; r=0
          r = spin_is_locked(l)            | RL l; r=1; --; RU l; r=0
          r = xchg_acquire(x, 1)           | R*[ACQUIRE] x; W*[ACQUIRE] x := 1 of 0; r=#0
          atomic_inc(x)                    | R*[NORETURN] x; W*[NORETURN] x := (#0+1) of 0 data 0
          atomic_andnot(3, x)              | R*[NORETURN] x; W*[NORETURN] x := (#0&~3) of 0 data 0
          r = atomic_sub_return(2, x)      | R*[MB] x; W*[MB] x := (#0-2) of 0 data 0; r=(#0-2)
          r = atomic_fetch_or_release(2,x) | 'R*[RELEASE] x; W*[RELEASE] x := (#0|2) of 0 data 0; r=#0'
          r = atomic_dec_and_test(x)       | R*[MB] x; W*[MB] x := (#0-1) of 0 data 0; r=((#0-1)==0)
          r = cmpxchg_relaxed(x, 1, 2)     | R*[ONCE] x; W*[ONCE] x := 2 of 0 ctrl 0; if (#0==1); r=#0; \
          --; R*[ONCE] x; unless (#0==1); r=#0
          r = atomic_add_unless(x, 1, 5)   | R*[MB] x; W*[MB] x := (#0+1) of 0 data 0 ctrl 0; \
          unless (#0==5); r=1; --; R*[MB] x; if (#0==5); r=0
          """)
  void events(String statement, String events) {
    assertThat(Printed.body(statement + ";").strip().replace("\n", "; ")).isEqualTo(events);
  }

  @Test
  void operandsAreDependencies() {
    assertThat(Printed.body("r0 = *x; r1 = xchg(y, r0); atomic_add(r0, y); cmpxchg(y, r0, r1);"))
        .startsWith(
            """
            R x
            R*[MB] y
            W*[MB] y := #0 of 1 data 0
            R*[NORETURN] y
            W*[NORETURN] y := (#3+#0) of 3 data 0 3
            R*[MB] y
            W*[MB] y := #1 of 5 data 1 ctrl 0 5
            if (#5==#0)
            """);
  }

  @Test
  void whatALockReturnsDecides() {
    assertThat(Printed.body("if (!spin_trylock(l)) return; *x = 1;"))
        .isEqualTo("LKR l\nLKW l of 0\nW x := 1 ctrl 0\n--\nLF l\n");
  }

  @Test
  void aCompareThatSucceededIsKnownToHave() {
    assertThat(Printed.body("if (cmpxchg(x, 0, 1) == 0) *y = 1; else *y = 2;"))
        .isEqualTo(
            """
            R*[MB] x
            W*[MB] x := 1 of 0 ctrl 0
            W y := 1 ctrl 0
            unless #0
            --
            R*[MB] x
            W y := 2 ctrl 0
            if #0
            """);
  }

  /** Before the lkmmv2 variant, the tool and not the model spelled out what a tag means. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r = swap(x, 1)     | F[mb]; R*[once] x; W*[once] x := 1 of 1; F[mb]; r=#1
          r = swap_acq(x, 1) | R*[acquire] x; W*[once] x := 1 of 0; r=#0
          r = swap_rel(x, 1) | R*[once] x; W*[release] x := 1 of 0; r=#0
          add(x, 1)          | R*[noreturn] x; W*[once] x := (#0+1) of 0 data 0
          r = cas(x, 0, 1)   | F[mb]; R*[once] x; W*[once] x := 1 of 1 ctrl 1; F[mb]; unless #1; \
          r=#1; --; R*[once] x; if #0; r=#0
          """)
  void oldConvention(String statement, String events) {
    Macros macros =
        Macros.parse(
            Source.of(
                "old.def",
                """
                swap(X,V) __xchg{mb}(X,V)
                swap_acq(X,V) __xchg{acquire}(X,V)
                swap_rel(X,V) __xchg{release}(X,V)
                add(X,V) { __atomic_op(X,+,V); }
                cas(X,V,W) __cmpxchg{mb}(X,V,W)
                """));
    var options = new CLitmus.Options(macros, Set.of(), 2, 100);
    assertThat(Printed.body(statement + ";", options).strip().replace("\n", "; "))
        .isEqualTo(events);
  }

  @Test
  void macrosAreCalledByName() {
    Macros macros =
        Macros.parse(
            Source.of(
                "m.def",
                """
                // A macro may call others, with a parameter of the same name.
                outer(x, y) inner(*y) + x
                inner(x) __load{ONCE}(x)
                both(x, y) { __store(*x, y); if (y) { __fence{MB}; } }
                """));
    var options = new CLitmus.Options(macros, Set.of("lkmmv2"), 2, 100);
    assertThat(Printed.body("r0 = outer(5, x); both(y, 1);", options))
        .isEqualTo("R[ONCE] x\nW y := 1\nF[MB]\nr0=(#0+5)\n");
  }
}
