package dev.lazymm.check;

import java.util.Optional;

/** Something that every execution must keep; judged on whole execution graphs. */
interface Invariant {
  /** {@return its name in reports: {@code I1}} */
  String name();

  /** {@return one line about it} */
  String about();

  /** {@return where {@code x} breaks it; empty if it does not} */
  Optional<Finding> find(Execution x);
}
