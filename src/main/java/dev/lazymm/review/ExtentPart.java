package dev.lazymm.review;

import java.util.List;

/**
 * How much code a design adds to that of another ({@link dev.lazymm.count.Extent}), and how many
 * states it has beside it ({@link dev.lazymm.count.StateSpace}): numbers, and never judged.
 *
 * @param scenarios what is run, names or beginnings and {@code *}
 * @param design the lifetime design
 * @param beside the one that it is compared with
 * @param arch the architecture
 */
public record ExtentPart(List<String> scenarios, String design, String beside, String arch)
    implements Part {
  public ExtentPart {
    scenarios = List.copyOf(scenarios);
  }

  @Override
  public String asks() {
    return "what %s has on %s that %s has not, over %s"
        .formatted(design, arch, beside, String.join(" ", scenarios));
  }

  @Override
  public String gives() {
    return "counted, not judged";
  }
}
