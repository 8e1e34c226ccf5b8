package dev.lazymm.simulate;

import java.util.Comparator;
import java.util.List;

/**
 * Something that went wrong in a run.
 *
 * @param invariant what is broken, named as {@code check} does: I1, UAF, WARN, HANG, OOPS, never
 * @param what in words: who, what, where
 */
public record Finding(String invariant, String what) {
  /** All that can be reported, the gravest first. */
  public static final List<String> INVARIANTS =
      List.of(
          "I1", "I2", "I4", "I5", "I8", "UAF", "OOPS", "HANG", "WARN", "I1+", "never", "always");

  /** The gravest first. */
  public static final Comparator<Finding> GRAVEST_FIRST =
      Comparator.comparingInt(finding -> INVARIANTS.indexOf(finding.invariant()));
}
