package dev.lazymm.litmus.gen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws the threads of one test: what is written around and between their accesses. */
final class Threads {
  /** Statements that may stand between two accesses. */
  private static final List<List<String>> BETWEEN =
      List.of(
          List.of("smp_mb();"),
          List.of("smp_mb();"),
          List.of("smp_wmb();"),
          List.of("smp_rmb();"),
          List.of("barrier();"),
          List.of("synchronize_rcu();"),
          List.of("synchronize_rcu();"),
          List.of("synchronize_srcu(s);"),
          List.of("r3 = xchg(m, 1);"),
          List.of("r3 = xchg_acquire(m, 1);"),
          List.of("r3 = xchg_release(m, 1);"),
          List.of("r3 = xchg_relaxed(m, 1);"),
          List.of("r3 = cmpxchg(m, 0, 1);"),
          List.of("r3 = cmpxchg_acquire(m, 0, 1);"),
          List.of("r3 = cmpxchg_release(m, 0, 1);"),
          List.of("r3 = atomic_fetch_add_acquire(1, m);"),
          List.of("r3 = atomic_fetch_add_release(1, m);"),
          List.of("r3 = atomic_add_unless(m, 1, 7);"),
          List.of("atomic_inc(m);"),
          List.of("smp_store_release(m, 1);", "r3 = smp_load_acquire(m);"),
          List.of("spin_lock(l);", "spin_unlock(l);"),
          List.of("smp_mb__before_atomic();", "atomic_inc(m);"),
          List.of("atomic_inc(m);", "smp_mb__after_atomic();"),
          List.of("r4 = spin_trylock(l);", "if (r4 == 1) {", "\tspin_unlock(l);", "}"),
          List.of("r4 = spin_is_locked(l);"),
          List.of("spin_lock(l);", "smp_mb__after_spinlock();", "spin_unlock(l);"),
          List.of("r4 = srcu_read_lock(s);", "srcu_read_unlock(s, r4);"),
          List.of());

  /** Those that leave little open. */
  private static final List<List<String>> STRONG =
      List.of(
          List.of("smp_mb();"),
          List.of("smp_mb();"),
          List.of("synchronize_rcu();"),
          List.of("synchronize_srcu(s);"),
          List.of("r3 = xchg(m, 1);"),
          List.of("r3 = atomic_fetch_add(1, m);"),
          List.of("r3 = atomic_add_return(1, m);"),
          List.of("r3 = atomic_add_unless(m, 1, 7);"),
          List.of("smp_mb__before_atomic();", "atomic_inc(m);"),
          List.of("atomic_inc(m);", "smp_mb__after_atomic();"),
          List.of("spin_lock(l);", "smp_mb__after_spinlock();", "spin_unlock(l);"));

  /** What may stand around the accesses of a thread. */
  private static final List<List<String>> AROUND =
      List.of(
          List.of("rcu_read_lock();", "rcu_read_unlock();"),
          List.of("rcu_read_lock();", "rcu_read_unlock();"),
          List.of("spin_lock(l);", "spin_unlock(l);"),
          List.of("r4 = srcu_read_lock(s);", "srcu_read_unlock(s, r4);"));

  private static final List<String> ORDERS =
      List.of("_relaxed", "_relaxed", "_relaxed", "_acquire", "_release", "");

  private final SplittableRandom random;

  /** One access in so many is plain; 0: none. */
  private final int plain;

  /** Whether RCU is among what may be drawn; without it a test can be one for hardware. */
  private final boolean rcu;

  private final List<List<String>> middles;
  private final List<List<String>> around;

  Threads(SplittableRandom random) {
    this.random = random;
    int how = random.nextInt(8);
    plain = how == 0 ? 3 : how < 3 ? 8 : 0;
    rcu = random.nextInt(3) == 0;
    middles = drawn(random.nextInt(3) > 0 ? STRONG : BETWEEN);
    around = drawn(AROUND);
  }

  private List<List<String>> drawn(List<List<String>> all) {
    return rcu
        ? all
        : all.stream().filter(s -> s.stream().noneMatch(line -> line.contains("rcu_"))).toList();
  }

  /** {@return the text of a thread; it has no last access if the first is all} */
  String thread(int t, Access first, @Nullable Access last) {
    List<String> lines = new ArrayList<>();
    String parameters = "int *" + first.location();
    if (last == null) {
      lines.add(access(first));
    } else {
      if (!last.location().equals(first.location())) {
        parameters += ", int *" + last.location();
      }
      both(lines, first, last);
    }
    return "%nP%d(%s, int *m, spinlock_t *l, struct srcu_struct *s)%n{%n\t%s%n}%n"
        .formatted(t, parameters, String.join("\n\t", lines));
  }

  private void both(List<String> lines, Access first, Access last) {
    switch (random.nextInt(20)) {
      case 0, 1 -> {
        lines.add(acquire(first));
        lines.add(access(last));
      }
      case 2, 3 -> {
        lines.add(access(first));
        lines.add(release(last));
      }
      case 4, 5, 6 -> dependent(lines, first, last);
      case 7 -> handedOver(lines, first, last);
      case 8, 9, 10, 11 -> {
        List<String> both = around.get(random.nextInt(around.size()));
        lines.add(both.getFirst());
        lines.add(access(first));
        lines.add(access(last));
        lines.add(both.getLast());
      }
      case 12 -> {
        if (rcu) {
          afterSrcu(lines, first, last);
        } else {
          handedOver(lines, first, last);
        }
      }
      default -> between(lines, first, last, middles.get(random.nextInt(middles.size())));
    }
  }

  private void afterSrcu(List<String> lines, Access first, Access last) {
    lines.add("r4 = srcu_read_lock(s);");
    lines.add(access(first));
    lines.add("srcu_read_unlock(s, r4);");
    lines.add("smp_mb__after_srcu_read_unlock();");
    lines.add(access(last));
  }

  private void between(List<String> lines, Access first, Access last, List<String> middle) {
    lines.add(access(first));
    lines.addAll(middle);
    lines.add(access(last));
  }

  private void handedOver(List<String> lines, Access first, Access last) {
    lines.add("spin_lock(l);");
    lines.add(access(first));
    lines.add("spin_unlock(l);");
    lines.add("spin_lock(l);");
    if (random.nextBoolean()) {
      lines.add("smp_mb__after_unlock_lock();");
    }
    lines.add(access(last));
    lines.add("spin_unlock(l);");
  }

  private void dependent(List<String> lines, Access first, Access last) {
    if (first.writes()) {
      between(lines, first, last, List.of());
      return;
    }
    lines.add(access(first));
    int how = random.nextInt(3);
    if (how == 0) {
      lines.add("if (r1 == %d) {".formatted(first.value()));
      lines.add("\t" + access(last));
      lines.add("}");
    } else if (how == 1 && last.writes()) {
      lines.add(access(last, last.value() + " + r1 * 0"));
    } else {
      lines.add("r5 = r1 * 0;");
      lines.add("r6 = %s + r5;".formatted(last.location()));
      lines.add(access(new Access(last.writes(), "r6", last.value(), last.register())));
    }
  }

  private static String acquire(Access access) {
    return access.writes()
        ? "r3 = xchg_acquire(%s, %d);".formatted(access.location(), access.value())
        : "%s = smp_load_acquire(%s);".formatted(access.register(), access.location());
  }

  private static String release(Access access) {
    return access.writes()
        ? "smp_store_release(%s, %d);".formatted(access.location(), access.value())
        : "%s = atomic_add_return_release(0, %s);".formatted(access.register(), access.location());
  }

  private String access(Access access) {
    return access(access, Integer.toString(access.value()));
  }

  /** Mostly marked, now and then plain or atomic; so often as this test wants. */
  private String access(Access access, String written) {
    int how = plain > 0 && random.nextInt(plain) == 0 ? 0 : random.nextInt(1, 12);
    if (access.writes()) {
      return switch (how) {
        case 0 -> "*%s = %s;".formatted(access.location(), written);
        case 1 -> "r7 = xchg%s(%s, %s);".formatted(order(), access.location(), written);
        default -> "WRITE_ONCE(*%s, %s);".formatted(access.location(), written);
      };
    }
    return switch (how) {
      case 0 -> "%s = *%s;".formatted(access.register(), access.location());
      case 1 ->
          "%s = atomic_add_return%s(0, %s);"
              .formatted(access.register(), order(), access.location());
      default -> "%s = READ_ONCE(*%s);".formatted(access.register(), access.location());
    };
  }

  /** {@return the end of the name of an atomic operation: mostly relaxed} */
  private String order() {
    return ORDERS.get(random.nextInt(ORDERS.size()));
  }
}
