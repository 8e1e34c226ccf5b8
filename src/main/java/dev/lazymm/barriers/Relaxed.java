package dev.lazymm.barriers;

import dev.lazymm.check.Model;
import dev.lazymm.check.Weakenings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be weakened together under one model.
 *
 * @param model the memory model
 * @param weakened the sites that are weakened; everything holds with all of them
 * @param kept those that are not needed alone and are kept, as something breaks without them and
 *     the weakened ones
 * @param needed the names of the sites of which no form is not needed alone
 * @param complete whether all of it was looked at; if not, nothing is said of the rest
 */
public record Relaxed(
    Model model, Weakenings weakened, List<Kept> kept, List<String> needed, boolean complete) {
  /**
   * A site that is not needed alone, but kept.
   *
   * @param site its name
   * @param finding what breaks without it; null if that was not looked at to the end
   */
  public record Kept(String site, Cell.@Nullable Finding finding) {}

  public Relaxed {
    kept = List.copyOf(kept);
    needed = List.copyOf(needed);
  }
}
