package dev.lazymm.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a mapping may have rows for. */
public final class Keys {
  private static final List<String> ORDERS = List.of("MB", "ONCE", "ACQUIRE", "RELEASE");
  private static final List<String> OPERATORS = List.of("+", "-", "&", "|", "^", "&~");

  /** The primitives that tests in C are made of, as {@code linux.def} has them, in table order. */
  public static final List<String> PRIMITIVES = primitives();

  /**
   * What else orders memory when CPUs interrupt each other and change what they run. No test in C
   * has these.
   */
  public static final List<String> MACHINE =
      List.of(
          "ipi-send",
          "ipi-receive",
          "exception-entry",
          "exception-return",
          "syscall-entry",
          "syscall-return",
          "load-root",
          "flush-tlb",
          "switch-to");

  private Keys() {}

  private static List<String> primitives() {
    List<String> all = new ArrayList<>();
    Stream.of("plain", "ONCE", "ACQUIRE").map("load "::concat).forEach(all::add);
    Stream.of("plain", "ONCE", "RELEASE").map("store "::concat).forEach(all::add);
    Stream.of(
            "barrier",
            "MB",
            "rmb",
            "wmb",
            "before-atomic",
            "after-atomic",
            "after-spinlock",
            "after-unlock-lock")
        .map("fence "::concat)
        .forEach(all::add);
    ORDERS.stream().map("xchg "::concat).forEach(all::add);
    ORDERS.stream().map("cmpxchg "::concat).forEach(all::add);
    OPERATORS.stream().map("op %s NORETURN"::formatted).forEach(all::add);
    for (String operator : OPERATORS) {
      ORDERS.stream().map(o -> "fetch_op " + operator + " " + o).forEach(all::add);
    }
    all.add("add_unless MB");
    all.addAll(List.of("lock", "unlock", "trylock", "islocked"));
    return List.copyOf(all);
  }

  static boolean exists(String key) {
    return PRIMITIVES.contains(key) || MACHINE.contains(key);
  }

  /** {@return the placeholders that stand for what a primitive is given and gives} */
  static List<String> operands(String key) {
    return switch (first(key)) {
      case "load", "islocked", "trylock" -> List.of("result", "address");
      case "store", "op" -> List.of("address", "value");
      case "xchg", "fetch_op" -> List.of("result", "address", "value");
      case "cmpxchg", "add_unless" -> List.of("result", "address", "value", "old");
      case "lock", "unlock" -> List.of("address");
      default -> List.of();
    };
  }

  /** {@return those keys that one that does not exist may have been meant to be} */
  static List<String> near(String key) {
    List<String> same =
        Stream.concat(PRIMITIVES.stream(), MACHINE.stream())
            .filter(k -> first(k).equals(first(key)))
            .toList();
    return same.isEmpty()
        ? Stream.concat(PRIMITIVES.stream(), MACHINE.stream()).map(Keys::first).distinct().toList()
        : same;
  }

  private static String first(String key) {
    return key.split(" ", 2)[0];
  }
}
