package dev.lazymm.simulate;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Site;

/** What a CPU sleeps for. */
sealed interface Waiting {
  /** Where in the kernel. */
  Site site();

  /** A cell with a value that satisfies a condition. */
  record Spin(Cell cell, Cond cond, long operand, Site site) implements Waiting {
    @Override
    public String toString() {
      String sign =
          switch (cond) {
            case EQ -> "=";
            case NE -> "!=";
            case GE -> ">=";
          };
      return "%s %s %d (%s)".formatted(cell, sign, operand, site.name());
    }
  }

  /** A spin lock. */
  record ForLock(Cell cell, Site site) implements Waiting {
    @Override
    public String toString() {
      return "the lock %s (%s)".formatted(cell, site.name());
    }
  }

  /** The end of a handler on another CPU. */
  record ForHandler(Call call, Site site) implements Waiting {
    @Override
    public String toString() {
      return "CPU %d to run %s (%s)".formatted(call.target(), call.ipi(), site.name());
    }
  }

  /** RCU readers. */
  record ForReaders(Site site) implements Waiting {
    @Override
    public String toString() {
      return "RCU readers (%s)".formatted(site.name());
    }
  }
}
