package dev.lazymm.check;

import java.util.Arrays;

/**
 * Who has touched the private cells of a memory, and how, in some part of an exploration. Owned by
 * one worker.
 */
final class Touches {
  private static final int NOBODY = -1;
  private static final int READ = 1;
  private static final int WRITTEN = 2;
  private static final int SEVERAL = 4;
  private static final int HANDLER_READ = 8;
  private static final int HANDLER_WRITE = 16;
  private static final int OUTSIDE_READ = 32;
  private static final int OUTSIDE_WRITE = 64;

  private int[] owner = new int[0];
  private int[] seen = new int[0];

  /** {@return these as they are now} */
  Touches copy() {
    Touches copy = new Touches();
    copy.owner = owner.clone();
    copy.seen = seen.clone();
    return copy;
  }

  /** {@return how many cells these know of, touched or not} */
  int cells() {
    return seen.length;
  }

  /** {@return the CPU that alone touched a cell; -1 if none did} */
  int ownerOf(int c) {
    return c < owner.length && (seen[c] & SEVERAL) == 0 ? owner[c] : NOBODY;
  }

  /**
   * Adds an access.
   *
   * @return whether nothing like it was known
   */
  boolean add(int c, int cpu, boolean write, boolean inHandler) {
    int bits = write ? WRITTEN : READ;
    if (inHandler) {
      bits |= write ? HANDLER_WRITE : HANDLER_READ;
    } else {
      bits |= write ? OUTSIDE_WRITE : OUTSIDE_READ;
    }
    return add(c, cpu, bits);
  }

  private boolean add(int c, int cpu, int bits) {
    if (c >= seen.length) {
      int old = seen.length;
      seen = Arrays.copyOf(seen, c + 1 + c / 2);
      owner = Arrays.copyOf(owner, seen.length);
      Arrays.fill(owner, old, owner.length, NOBODY);
    }
    int all = seen[c] | bits;
    if (owner[c] == NOBODY) {
      owner[c] = cpu;
    } else if (owner[c] != cpu) {
      all |= SEVERAL;
    }
    boolean isNew = all != seen[c];
    seen[c] = all;
    return isNew;
  }

  /** Adds all that others have touched. */
  void addAll(Touches others) {
    for (int c = 0; c < others.seen.length; c++) {
      if (others.seen[c] != 0) {
        add(c, others.owner[c], others.seen[c]);
      }
    }
  }

  /** {@return whether two CPUs touch a cell, and one of them writes} */
  boolean isContended(int c) {
    return (seen[c] & SEVERAL) != 0 && (seen[c] & WRITTEN) != 0;
  }

  /** {@return whether the handlers of a CPU can tell when a cell changes, or change it} */
  boolean isTold(int c) {
    int all = seen[c];
    return ((all & OUTSIDE_WRITE) != 0 && (all & (HANDLER_READ | HANDLER_WRITE)) != 0)
        || ((all & OUTSIDE_READ) != 0 && (all & HANDLER_WRITE) != 0);
  }

  /** {@return whether these show something that is not known} */
  boolean reveal(Footprint.Known known) {
    for (int c = 0; c < seen.length; c++) {
      if (!known.isShared(c)
          && seen[c] != 0
          && (isContended(c) || (isTold(c) && !known.isHandled(c)))) {
        return true;
      }
    }
    return false;
  }

  /** {@return who touched a cell and how, as a number; 0 if nobody did} */
  int bits(int c) {
    return c < seen.length && seen[c] != 0 ? (owner[c] << 8) | seen[c] : 0;
  }

  /** Adds what {@link #bits} has told. */
  void addBits(int c, int bits) {
    add(c, bits >>> 8, bits & 0xff);
  }
}
