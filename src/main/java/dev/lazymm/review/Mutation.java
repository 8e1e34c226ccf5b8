package dev.lazymm.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named site of one kernel, weakened in one way.
 *
 * @param kernel the kernel, as {@code shootdown on powerpc-hash}
 * @param site the site's name
 * @param form what became of it
 * @param caught what finds it; empty if nothing does
 * @param explained why nothing does; null if nobody has said
 * @param open whether a bound was hit before it was clear
 */
public record Mutation(
    String kernel,
    String site,
    String form,
    List<Caught> caught,
    @Nullable NotCaught explained,
    boolean open) {
  /**
   * What finds it.
   *
   * @param invariant what is broken
   * @param scenario in which scenario
   * @param models under which models
   * @param command what shows it again
   */
  public record Caught(String invariant, String scenario, List<String> models, String command) {
    public Caught {
      models = List.copyOf(models);
    }
  }

  public Mutation {
    caught = List.copyOf(caught);
  }

  /** {@return whether it is caught, or else explained; and not both} */
  public boolean isAsExpected() {
    return caught.isEmpty() == (explained != null);
  }
}
