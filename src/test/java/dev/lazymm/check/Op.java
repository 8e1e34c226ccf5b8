package dev.lazymm.check;

import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Rmw;

/**
 * One operation of a {@link SmallProgram}. Each thread, and each run of a handler, has one register
 * {@code r}, 0 at first: the value it saw last in a {@link Load}, an {@link RmwOp} (the old value)
 * or an {@link Await}.
 */
sealed interface Op {
  /** r = x. */
  record Load(int x) implements Op {
    @Override
    public String toString() {
      return "r = x" + x;
    }
  }

  /** x = value. */
  record Store(int x, long value) implements Op {
    @Override
    public String toString() {
      return "x" + x + " = " + value;
    }
  }

  /** x = r + 1. */
  record StoreLast(int x) implements Op {
    @Override
    public String toString() {
      return "x" + x + " = r + 1";
    }
  }

  /** r = the old value of x. */
  record RmwOp(Rmw kind, int x, long operand, long expected) implements Op {
    @Override
    public String toString() {
      String tail =
          switch (kind) {
            case CMPXCHG -> "if " + expected;
            case ADD_UNLESS -> "unless " + expected;
            case ADD, XCHG, OR, AND -> "";
          };
      return ("r = " + kind + " x" + x + " " + operand + " " + tail).trim();
    }
  }

  /** x += operand, atomically; nobody is given the result. */
  record Add(int x, long operand) implements Op {
    @Override
    public String toString() {
      return "x" + x + " += " + operand;
    }
  }

  /** Waits until the value of x satisfies the condition; r = that value. */
  record Await(int x, Cond cond, long operand) implements Op {
    @Override
    public String toString() {
      return "await x" + x + " " + cond + " " + operand;
    }
  }

  /** Runs {@code op}, a load, store or RMW, only if r is not 0. */
  record When(Op op) implements Op {
    @Override
    public String toString() {
      return "if r: " + op;
    }
  }

  /** spin_lock. */
  record LockOp(int l) implements Op {
    @Override
    public String toString() {
      return "lock l" + l;
    }
  }

  /** spin_unlock. */
  record UnlockOp(int l) implements Op {
    @Override
    public String toString() {
      return "unlock l" + l;
    }
  }

  /** local_irq_disable. */
  record IrqOff() implements Op {
    @Override
    public String toString() {
      return "irq off";
    }
  }

  /** local_irq_enable. */
  record IrqOn() implements Op {
    @Override
    public String toString() {
      return "irq on";
    }
  }

  /** local_irq_save: remembers how interrupts are, and turns them off. */
  record IrqSave() implements Op {
    @Override
    public String toString() {
      return "irq save";
    }
  }

  /** local_irq_restore: of the latest {@link IrqSave} that has not been restored. */
  record IrqRestore() implements Op {
    @Override
    public String toString() {
      return "irq restore";
    }
  }

  /** on_each_cpu_mask: runs a handler on the threads whose bit is set. */
  record Send(long mask, int handler, boolean waits) implements Op {
    /** {@return whether {@code thread} is meant} */
    boolean to(int thread) {
      return (mask >>> thread & 1) != 0;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("send h" + handler + " to");
      for (int i = 0; i < Long.SIZE; i++) {
        text.append(to(i) ? " " + i : "");
      }
      return text + (waits ? ", wait" : "");
    }
  }

  /** {@return whether a handler and a {@link When} may have this operation} */
  default boolean isAccess() {
    return switch (this) {
      case Load _, Store _, StoreLast _, RmwOp _, Add _ -> true;
      default -> false;
    };
  }

  /** {@return this operation for threads renumbered by {@code perm}, old number to new} */
  default Op permuted(int[] perm) {
    if (!(this instanceof Send send)) {
      return this;
    }
    long mask = 0;
    for (int i = 0; i < perm.length; i++) {
      mask |= send.to(i) ? 1L << perm[i] : 0;
    }
    return new Send(mask, send.handler, send.waits);
  }
}
