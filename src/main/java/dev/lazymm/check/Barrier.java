package dev.lazymm.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A barrier that the code does not have.
 *
 * @param kind which
 * @param kernel what the kernel calls it: {@code smp_mb()}
 * @param code its instructions, where those are what is judged; else none
 * @param at the access that it is of, or the last thing that must stay before a fence
 * @param to the first thing that must stay behind a fence; null of an access
 */
public record Barrier(Kind kind, String kernel, List<String> code, Act at, @Nullable Act to) {
  /** Which barriers there are, the cheaper first: full ones cost more than all others. */
  public enum Kind {
    /** What follows the read stays behind it. */
    ACQUIRE("acquire", ""),
    /** What comes before the write stays before it. */
    RELEASE("release", ""),
    /** Between reads. */
    RMB("smp_rmb()", "fence rmb"),
    /** Between writes. */
    WMB("smp_wmb()", "fence wmb"),
    /** Between everything. */
    MB("smp_mb()", "fence MB");

    final String kernel;

    /** Its key in a mapping; empty if that depends on the access. */
    final String key;

    Kind(String kernel, String key) {
      this.kernel = kernel;
      this.key = key;
    }

    boolean isFence() {
      return this == RMB || this == WMB || this == MB;
    }
  }

  public Barrier {
    code = List.copyOf(code);
  }

  /** {@return what it is and where: {@code smp_mb() between the store to x by CPU 0 and ...}} */
  public String text() {
    String name = kernel + (code.isEmpty() ? "" : " (" + String.join("; ", code) + ")");
    return to == null
        ? "%s for %s".formatted(name, at)
        : "%s on CPU %d between %s%s and %s%s"
            .formatted(name, at.cpu(), at.what(), at.where(), to.what(), to.where());
  }
}
