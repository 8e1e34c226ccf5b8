package dev.lazymm.check;

import java.util.Locale;

/** What may become of an operation at a named site: a weaker one of its kind. */
public enum Weakening {
  /**
   * A fence or a dependency is not there. Said of anything else, it is the weakest of its forms.
   */
  REMOVED,

  /**
   * A read-modify-write is a relaxed one, an acquire or a release a plain READ_ONCE, WRITE_ONCE.
   */
  RELAXED,

  /** A fully ordered read-modify-write is one of acquire. */
  ACQUIRE,

  /** A fully ordered read-modify-write is one of release. */
  RELEASE,

  /** local_irq_disable does nothing. */
  IRQ_ON,

  /** Who sends IPIs, or waits for a grace period, does not wait. */
  NO_WAIT,

  /** What the kernel does is not done: IPIs are not sent, a core is not synchronized. */
  SKIPPED;

  /** {@return its word on the command line and in reports: {@code irq-on}} */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return whether what holds at a site with this holds with {@code other}, as every execution
   * with that is one with this}
   */
  public boolean isWeakerThan(Weakening other) {
    return this == RELAXED && (other == ACQUIRE || other == RELEASE);
  }

  /**
   * {@return whether it makes no difference under sequential consistency} An acquire that is
   * missing does: the accesses that it kept apart race.
   */
  public boolean isNothingUnderSc() {
    return this == REMOVED;
  }
}
