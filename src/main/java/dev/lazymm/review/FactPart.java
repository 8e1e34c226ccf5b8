package dev.lazymm.review;

/**
 * Something that no machine can decide: what a posting says, when something was merged. Printed,
 * and never judged.
 *
 * @param fact what is known
 * @param source where it can be read
 */
public record FactPart(String fact, String source) implements Part {
  @Override
  public String asks() {
    return "not modelled (" + source + ")";
  }

  @Override
  public String gives() {
    return fact;
  }
}
