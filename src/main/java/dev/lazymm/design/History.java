package dev.lazymm.design;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ref;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a design did, by what it knew when it did it: how it was called, and all that the machine
 * has answered since. Code without state of its own does the same whenever it knows the same; code
 * that does not has state that no machine sees. This finds a counter, a clock, a random number and
 * an identity hash alike, at the step where the two runs part.
 *
 * <p>What is known is kept as a hash of 64 bits: two histories that share one would be confused.
 */
final class History {
  private static final int MOST = 1 << 17; // beyond this, only what is known is compared

  /**
   * One step.
   *
   * @param what the operation, or the end of the call
   * @param with what it was done with
   * @param line where the design did it first
   */
  record Did(String what, List<?> with, int line) {
    boolean isSame(String otherWhat, List<?> otherWith) {
      return what.equals(otherWhat) && with.equals(otherWith);
    }

    @Override
    public String toString() {
      return History.text(what, with);
    }
  }

  private final Map<Long, Did> steps = new ConcurrentHashMap<>();

  /**
   * Compares a step with what was done before in the same place of the same history.
   *
   * @param known the hash of what the design knows
   * @return what it did the first time, if that was something else
   */
  @Nullable Did differs(long known, String what, List<?> with, IntSupplier line) {
    Did first = steps.get(known);
    if (first == null) {
      if (steps.size() < MOST) {
        steps.put(known, new Did(what, with, line.getAsInt()));
      }
      return null;
    }
    return first.isSame(what, with) ? null : first;
  }

  /** {@return {@code known} and then this} */
  static long and(long known, Object... more) {
    long h = known;
    for (Object o : more) {
      h = mix(h * 31 + code(o));
    }
    return h;
  }

  /** {@return arguments as they are compared: by what they say, not by which object says it} */
  static List<?> values(Object @Nullable [] args) {
    if (args == null) {
      return List.of();
    }
    Object[] all = new Object[args.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = value(args[i]);
    }
    return List.of(all);
  }

  private static Object value(@Nullable Object o) {
    return switch (o) {
      case null -> "NULL";
      case long[] words -> Arrays.stream(words).boxed().toList();
      case Ipi ipi -> ipi.name();
      case Ref<?> ref -> ref.cell();
      default -> o;
    };
  }

  static String text(String what, List<?> with) {
    return with.isEmpty()
        ? what
        : what + with.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  private static long code(@Nullable Object o) {
    return switch (o) {
      case null -> 0;
      case Number n -> n.longValue();
      case KObject object -> object.handle();
      case Cell cell -> ~cell.index();
      case Ref<?> ref -> ~ref.cell().index();
      case Enum<?> e -> e.name().hashCode();
      case List<?> list -> and(7, list.toArray());
      default -> o.toString().hashCode();
    };
  }

  /** Spreads every bit over all of them (the finalizer of splitmix64). */
  private static long mix(long x) {
    long y = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
    return y ^ (y >>> 31);
  }
}
