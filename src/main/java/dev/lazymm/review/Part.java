package dev.lazymm.review;

/**
 * One question of a claim, with what it must give. What it must give is what lazymm finds: where
 * the literature expects something else, {@link Claim#differs} says who is right.
 */
public sealed interface Part permits CheckPart, CountPart, ReadPart, ExtentPart, FactPart {
  /** {@return what is asked, in words: designs, architectures, scenarios} */
  String asks();

  /** {@return what it must give, in words} */
  String gives();

  /** {@return both, as the pages about claims have it} */
  default String says() {
    return asks() + ": " + gives();
  }
}
