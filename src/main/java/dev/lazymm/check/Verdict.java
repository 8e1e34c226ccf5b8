package dev.lazymm.check;

import java.util.List;

/** What a check found. */
public sealed interface Verdict {
  /** {@return the word of reports and JSON} */
  String word();

  /** Every execution within the bound is as it should be. */
  record Holds() implements Verdict {
    @Override
    public String word() {
      return "holds";
    }
  }

  /**
   * Some execution is not.
   *
   * @param violations one for each thing that is broken, the gravest first; at least one
   */
  record Violated(List<Violation> violations) implements Verdict {
    public Violated {
      violations = List.copyOf(violations);
    }

    @Override
    public String word() {
      return "violated";
    }
  }

  /**
   * Nothing was found, but not everything was looked at.
   *
   * @param why which bound was hit
   */
  record Inconclusive(String why) implements Verdict {
    @Override
    public String word() {
      return "inconclusive";
    }
  }
}
