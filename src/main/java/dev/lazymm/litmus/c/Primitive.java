package dev.lazymm.litmus.c;

import java.util.Arrays;

/** What a {@code .def} file defines all else with. */
public enum Primitive {
  LOAD("__load", 1, true),
  STORE("__store", 2, false),
  FENCE("__fence", 0, false),
  XCHG("__xchg", 2, true),
  CMPXCHG("__cmpxchg", 3, true),
  ATOMIC_OP("__atomic_op", 2, false),
  ATOMIC_OP_RETURN("__atomic_op_return", 2, true),
  ATOMIC_FETCH_OP("__atomic_fetch_op", 2, true),
  ATOMIC_ADD_UNLESS("__atomic_add_unless", 3, true),
  LOCK("__lock", 1, false),
  UNLOCK("__unlock", 1, false),
  TRYLOCK("__trylock", 1, true),
  IS_LOCKED("__islocked", 1, true),
  SRCU("__srcu", 1, false);

  private final String word;
  private final int operands;
  private final boolean hasValue;

  Primitive(String word, int operands, boolean hasValue) {
    this.word = word;
    this.operands = operands;
    this.hasValue = hasValue;
  }

  static Primitive of(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst().orElseThrow();
  }

  /** {@return how it is written} */
  public String word() {
    return word;
  }

  /** {@return how many operands it has, besides an operator} */
  public int operands() {
    return operands;
  }

  public boolean hasOperator() {
    return this == ATOMIC_OP || this == ATOMIC_OP_RETURN || this == ATOMIC_FETCH_OP;
  }

  /** {@return whether it reads and writes} */
  boolean isUpdate() {
    return hasOperator() || this == XCHG || this == CMPXCHG || this == ATOMIC_ADD_UNLESS;
  }

  public boolean hasValue() {
    return hasValue;
  }
}
