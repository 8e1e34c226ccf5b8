package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Layout;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Program;
import dev.lazymm.machine.Script;
import dev.lazymm.machine.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Programs of any size N whose number of complete executions is known: what an explorer is held to,
 * and what its speed is measured on. Every cell is 0 at first. The numbers are those under
 * sequential consistency, and under each other model too but for {@code lastzero}: what can come
 * out of the others is decided cell by cell, by the order of the writes of one cell, or by full
 * barriers.
 *
 * <dl>
 *   <dt>{@code ainc} N, N CPUs, N! executions
 *   <dd>each: {@code fetchAdd(x, 1)}
 *   <dt>{@code readers} N, N + 1 CPUs, 2<sup>N</sup> executions
 *   <dd>CPU 0: {@code x = 1}; the others: read {@code x}
 *   <dt>{@code casrot} N, N CPUs, 2, 5, 14, 43, 144, 523, 2 048, 8 597 executions for N = 2 to 9
 *   <dd>CPU i - 1, i = 1 to N: {@code cas(x, i - 1, i)}
 *   <dt>{@code lastzero} N, N + 1 CPUs, 2<sup>N - 2</sup> (N + 3) executions
 *   <dd>CPU 0: {@code i = N; while (a[i] != 0) i--}; CPU i, i = 1 to N: {@code a[i] = a[i - 1] + 1}
 *   <dt>{@code indexer} N, N CPUs, 1 execution up to N = 11, then 8<sup>N - 11</sup>
 *   <dd>CPU tid, tid = 0 to N - 1, for m = 1 to 4: {@code w = m * 11 + tid; h = w * 7 % 128; while
 *       (cas(table[h], 0, w) fails) h = (h + 1) % 128}. The CPUs k and k + 11 meet in three places
 *       of the table, no others do.
 *   <dt>{@code ring} N, N CPUs, 2<sup>N</sup> - 1 executions
 *   <dd>CPU i: {@code x[i] = 1; smp_mb(); read x[(i + 1) % N]}. All that is not allowed is that
 *       every CPU reads 0
 * </dl>
 */
public final class Families {
  private static final int TABLE = 128;
  private static final int INSERTS = 4;

  /** casrot, from N = 1. */
  private static final List<Long> CASROT = List.of(1L, 2L, 5L, 14L, 43L, 144L, 523L, 2048L, 8597L);

  private static final Site RMW = new Site("family-rmw", "the RMW of a family of programs");

  private static final Site FENCE = new Site("family-mb", "the fence of a family of programs");

  private Families() {}

  /** {@return the names of the families} */
  public static List<String> names() {
    return Stream.of(Family.values()).map(Family::toString).toList();
  }

  /**
   * {@return the member of size {@code n} of a family}
   *
   * @param name one of {@link #names}
   * @param n the size, at least 1
   * @throws IllegalArgumentException if there is no such member
   */
  public static Program program(String name, int n) {
    Family family = family(name, n);
    Shared shared = new Shared(family, n);
    return Program.of(shared.memory, scripts(family, n, shared.x));
  }

  /**
   * {@return the number of complete executions under sequential consistency, empty if it is not
   * known or too large}
   *
   * @param name one of {@link #names}
   * @param n the size, at least 1
   * @throws IllegalArgumentException if there is no such member
   */
  public static OptionalLong expected(String name, int n) {
    return switch (family(name, n)) {
      case AINC -> n <= 20 ? OptionalLong.of(factorial(n)) : OptionalLong.empty();
      case READERS -> n <= 62 ? OptionalLong.of(1L << n) : OptionalLong.empty();
      case CASROT -> n <= CASROT.size() ? OptionalLong.of(CASROT.get(n - 1)) : OptionalLong.empty();
      case LASTZERO -> n <= 57 ? OptionalLong.of(((n + 3L) << n) / 4) : OptionalLong.empty();
      // from 23 on three CPUs meet in one place
      case INDEXER ->
          n <= 22 ? OptionalLong.of(1L << (3 * Math.max(0, n - 11))) : OptionalLong.empty();
      case RING -> n <= 62 ? OptionalLong.of((1L << n) - 1) : OptionalLong.empty();
    };
  }

  /**
   * {@return the number of complete executions under a model, empty if it is not known or too
   * large}
   *
   * @param name one of {@link #names}
   * @param n the size, at least 1
   * @throws IllegalArgumentException if there is no such member
   */
  public static OptionalLong expected(String name, int n, Model model) {
    boolean ordersReads = List.of("sc", "tso").contains(model.name());
    return family(name, n) != Family.LASTZERO || ordersReads
        ? expected(name, n)
        : OptionalLong.empty();
  }

  private static List<Script> scripts(Family family, int n, List<Cell> x) {
    List<Script> scripts = new ArrayList<>();
    switch (family) {
      case AINC -> {
        for (int i = 0; i < n; i++) {
          scripts.add(cpu -> cpu.fetchAdd(x.getFirst(), 1, Ordering.FULL, RMW));
        }
      }
      case READERS -> {
        scripts.add(cpu -> cpu.writeOnce(x.getFirst(), 1));
        for (int i = 0; i < n; i++) {
          scripts.add(cpu -> cpu.readOnce(x.getFirst()));
        }
      }
      case CASROT -> {
        for (int i = 1; i <= n; i++) {
          int value = i;
          scripts.add(cpu -> cpu.cmpxchg(x.getFirst(), value - 1, value, Ordering.FULL, RMW));
        }
      }
      case LASTZERO -> {
        scripts.add(cpu -> scanDown(cpu, x));
        for (int i = 1; i <= n; i++) {
          Cell from = x.get(i - 1);
          Cell to = x.get(i);
          scripts.add(cpu -> cpu.writeOnce(to, cpu.readOnce(from) + 1));
        }
      }
      case INDEXER -> {
        for (int i = 0; i < n; i++) {
          scripts.add(cpu -> insert(cpu, x));
        }
      }
      case RING -> {
        for (int i = 0; i < n; i++) {
          Cell mine = x.get(i);
          Cell next = x.get((i + 1) % n);
          scripts.add(cpu -> {
            cpu.writeOnce(mine, 1);
            cpu.smpMb(FENCE);
            cpu.readOnce(next);
          });
        }
      }
    }
    return scripts;
  }

  private static void scanDown(Cpu cpu, List<Cell> a) {
    int i = a.size() - 1;
    while (cpu.readOnce(a.get(i)) != 0) {
      i--;
    }
  }

  private static void insert(Cpu cpu, List<Cell> table) {
    for (int m = 1; m <= INSERTS; m++) {
      int w = m * 11 + cpu.id();
      int h = w * 7 % TABLE;
      while (cpu.cmpxchg(table.get(h), 0, w, Ordering.FULL, RMW) != 0) {
        h = (h + 1) % TABLE;
      }
    }
  }

  private static long factorial(int n) {
    long product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }

  private static Family family(String name, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("a family has members from size 1, not " + n);
    }
    for (Family family : Family.values()) {
      if (family.toString().equals(name)) {
        return family;
      }
    }
    throw new IllegalArgumentException(
        "no family is called '" + name + "'; there are " + String.join(", ", names()));
  }

  private enum Family {
    AINC("ainc"),
    READERS("readers"),
    CASROT("casrot"),
    LASTZERO("lastzero"),
    INDEXER("indexer"),
    RING("ring");

    private final String text;

    Family(String text) {
      this.text = text;
    }

    int cpus(int n) {
      return switch (this) {
        case AINC, CASROT, INDEXER, RING -> n;
        case READERS, LASTZERO -> n + 1;
      };
    }

    int cells(int n) {
      return switch (this) {
        case AINC, READERS, CASROT -> 1;
        case LASTZERO -> n + 1;
        case INDEXER -> TABLE;
        case RING -> n;
      };
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The object that all CPUs share. */
  private static final class Shared extends KObject {
    private final Memory memory;
    private final List<Cell> x = new ArrayList<>();

    Shared(Family family, int n) {
      this(new Memory(Layout.lineEach(), family.cpus(n)), family.toString(), family.cells(n));
    }

    private Shared(Memory memory, String name, int cells) {
      super(memory, name);
      this.memory = memory;
      for (int i = 0; i < cells; i++) {
        x.add(memory.cell(this, cells == 1 ? "x" : "x[" + i + "]", 0));
      }
    }

    @Override
    public String type() {
      return "family";
    }
  }
}
