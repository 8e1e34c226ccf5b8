package dev.lazymm.litmus;

/** Whether something is so, as far as it is known. */
enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  static Truth of(boolean b) {
    return b ? TRUE : FALSE;
  }

  Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
      case TRUE -> FALSE;
    };
  }
}
