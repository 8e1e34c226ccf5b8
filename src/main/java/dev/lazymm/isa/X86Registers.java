package dev.lazymm.isa;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The general registers of x86, by all names that they and their parts have. */
final class X86Registers {
  /**
   * A register or the low part of one.
   *
   * @param register what the whole is called in ops and reports
   * @param size in bytes
   */
  record Part(String register, int size) {}

  private static final List<String> LETTERS =
      List.of("ax", "bx", "cx", "dx", "si", "di", "bp", "sp");

  private final Map<String, Part> parts = new HashMap<>();
  private final String accumulator;

  /**
   * @param wide whether there are registers of 64 bits; they are called as in {@code rax} then, and
   *     otherwise as in {@code EAX}
   */
  X86Registers(boolean wide) {
    for (String letters : LETTERS) {
      String whole = wide ? "r" + letters : "E" + letters.toUpperCase(Locale.ROOT);
      boolean named = letters.endsWith("x");
      put(named ? letters.charAt(0) + "l" : letters + "l", whole, named || wide ? 1 : 0);
      put(letters, whole, 2);
      put("e" + letters, whole, 4);
      put("r" + letters, whole, wide ? 8 : 0);
    }
    for (int i = 8; wide && i < 16; i++) {
      put("r" + i + "b", "r" + i, 1);
      put("r" + i + "w", "r" + i, 2);
      put("r" + i + "d", "r" + i, 4);
      put("r" + i, "r" + i, 8);
    }
    accumulator = wide ? "rax" : "EAX";
  }

  private void put(String name, String whole, int size) {
    if (size > 0) {
      parts.put(name, new Part(whole, size));
    }
  }

  /** {@return what a name means, in whichever case; null if it is no register's} */
  @Nullable Part find(String name) {
    return parts.get(name.toLowerCase(Locale.ROOT));
  }

  /** {@return the register that CMPXCHG compares with} */
  String accumulator() {
    return accumulator;
  }
}
