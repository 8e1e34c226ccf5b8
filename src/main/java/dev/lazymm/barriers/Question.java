package dev.lazymm.barriers;

import dev.lazymm.check.Model;
import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a kernel's ordering points are needed.
 *
 * @param design the lifetime design
 * @param arch the architecture
 * @param models the memory models
 * @param subjects the scenarios
 * @param sites the names of the sites to weaken; empty for all that are come by
 * @param effort how much of it is answered
 * @param maxExecutions after how many executions to give up on one scenario
 * @param timeout after how long to give up on the whole; null for never
 * @param threads how many cells at a time, from 1
 */
public record Question(
    Designs.Entry design,
    Arches.Entry arch,
    List<Model> models,
    List<Subject> subjects,
    Set<String> sites,
    Effort effort,
    long maxExecutions,
    @Nullable Duration timeout,
    int threads) {
  /** How much of a question is answered. */
  public enum Effort {
    /** Each site in its weakest form alone. */
    WEAKEST,
    /** Each site in each form. */
    USUAL,
    /** The same, and every scenario is looked at, also where one has shown a site to be needed. */
    EVERY
  }

  public Question {
    models = List.copyOf(models);
    subjects = List.copyOf(subjects);
    sites = Set.copyOf(sites);
  }

  /** {@return whether every scenario is looked at} */
  public boolean every() {
    return effort == Effort.EVERY;
  }

  /** {@return whether each site is weakened in its weakest form alone} */
  boolean isWeakestOnly() {
    return effort == Effort.WEAKEST;
  }

  /** {@return whether a site was asked about} */
  boolean asks(String site) {
    return sites.isEmpty() || sites.contains(site);
  }
}
