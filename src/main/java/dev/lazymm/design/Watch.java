package dev.lazymm.design;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a thread does in a design between two calls of the machine, and stops it where it
 * goes on for too long. A count, not a clock: the same code is stopped at the same turn anywhere.
 *
 * <p>Public for the instrumented classes of designs alone, which call {@link #tick} and {@link
 * #text}. They have no handle to pass it on, hence the thread-local.
 */
public final class Watch {
  /** Turns of loops, and calls within the design, without a call of the machine. */
  static final int MOST_TURNS = 1_000_000;

  private static final ThreadLocal<Watch> CURRENT = ThreadLocal.withInitial(Watch::new);

  private static final ClassValue<Boolean> IS_IDENTITY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("toString").getDeclaringClass() == Object.class;
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has one
          }
        }
      };

  private int turns;

  /** Kept, so that it is thrown again if the design catches it. */
  private @Nullable DesignException refused;

  private Watch() {}

  static Watch current() {
    return CURRENT.get();
  }

  /** A method of a design begins, or a loop of it turns. */
  public static void tick() {
    Watch watch = CURRENT.get();
    if (++watch.turns > MOST_TURNS) {
      watch.tooLong();
    }
  }

  /**
   * {@return the text of an object, as String.valueOf has it}
   *
   * @throws DesignException if that is no more than its identity hash
   */
  public static String text(@Nullable Object o) {
    if (o != null && (Proxy.isProxyClass(o.getClass()) || IS_IDENTITY.get(o.getClass()))) {
      String type = Proxy.isProxyClass(o.getClass()) ? "Cpu" : o.getClass().getSimpleName();
      throw CURRENT
          .get()
          .refuse(
              refusal(
                  "the text of this %s is its identity hash, which differs at each start"
                      .formatted(type),
                  "a name, or a toString() of its own"));
    }
    return String.valueOf(o);
  }

  private static DesignException refusal(String what, String expected) {
    return DesignLoader.here()
        .map(here -> here.error(what, expected))
        .orElseGet(() -> new DesignException("a design: " + what));
  }

  private void tooLong() {
    passOnRefusal();
    throw refuse(
        refusal(
            "this never ends: %d turns of loops and calls without a call of the machine"
                .formatted(MOST_TURNS),
            "a loop that ends; to wait for another CPU, cpu.await"));
  }

  /** The machine was called, or another piece of design code begins. */
  void reset() {
    turns = 0;
  }

  /** Another design: whatever was refused before is of no interest. */
  void forget() {
    turns = 0;
    refused = null;
  }

  DesignException refuse(DesignException e) {
    refused = e;
    return e;
  }

  /** Throws once more what a design has caught. */
  void passOnRefusal() {
    if (refused != null) {
      throw refused;
    }
  }
}
