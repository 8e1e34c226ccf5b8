package dev.lazymm.check;

/** 128 bits that stand for a set of facts; adding a fact commutes. */
record OracleHash(long a, long b) {
  static final OracleHash EMPTY = new OracleHash(0, 0);

  /** {@return this set with one more fact of a kind about two things} */
  OracleHash with(long kind, long one, long two) {
    long fact = mix(mix(mix(kind) + one) + two);
    return new OracleHash(a + fact, b + mix(fact ^ 0x5851F42D4C957F2DL));
  }

  /** The finaliser of SplitMix64, on its next state. */
  private static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
