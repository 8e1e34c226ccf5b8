package dev.lazymm.review;

import java.util.List;

/**
 * A published claim as an experiment.
 *
 * @param id its number in the literature's list of experiments: {@code E07}
 * @param claim what was said
 * @param modes designs and architectures, in words
 * @param expected what the list expects, in words
 * @param differs where lazymm finds something else than the list expects, and who is right; empty
 *     if it does not
 * @param parts what is asked, and what each part must give
 */
public record Claim(
    String id, String claim, String modes, String expected, String differs, List<Part> parts) {
  public Claim {
    parts = List.copyOf(parts);
  }

  /** One in which lazymm finds what is expected. */
  public Claim(String id, String claim, String modes, String expected, List<Part> parts) {
    this(id, claim, modes, expected, "", parts);
  }
}
