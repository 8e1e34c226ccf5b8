package dev.lazymm.simulate;

import dev.lazymm.workload.Laws;
import java.util.Comparator;

/**
 * Something that went wrong in a run.
 *
 * @param invariant what is broken, named as {@code check} does: I1, UAF, WARN, HANG, OOPS, never
 * @param what in words: who, what, where
 */
public record Finding(String invariant, String what) {
  /** The gravest first. */
  public static final Comparator<Finding> GRAVEST_FIRST =
      Comparator.comparing(Finding::invariant, Laws.GRAVEST_FIRST);
}
