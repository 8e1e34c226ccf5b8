package dev.lazymm.report;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import java.util.Locale;

/**
 * A litmus result in herd7's words and layout, for the scripts that read them (the kernel's
 * tools/memory-model/scripts among them).
 */
public final class HerdText {
  /** The flag of a program that is undefined, as one with a data race in C11. */
  private static final String UNDEFINED = "*undef*";

  private HerdText() {}

  /**
   * {@return the report on one test, ended by an empty line}
   *
   * @param seconds how long it took
   */
  public static String of(LitmusTest test, Result result, double seconds) {
    StringBuilder out = new StringBuilder();
    out.append("Test " + test.name() + " " + kind(test) + "\n");
    out.append("States " + result.states().size() + "\n");
    result.states().forEach(state -> out.append(state + "\n"));
    out.append(result.cut() ? "Loop " : "");
    boolean undefined = result.flags().contains(UNDEFINED);
    out.append(undefined ? "Undef\n" : isValidated(test, result) ? "Ok\n" : "No\n");
    String counts = result.positive() + " Negative: " + result.negative();
    out.append("Witnesses\nPositive: " + counts + "\n");
    result.flags().forEach(flag -> out.append("Flag " + flag + "\n"));
    out.append("Condition " + test.conditionText() + "\n");
    String seen = result.observation().word();
    out.append(
        "Observation %s %s %d %d%n"
            .formatted(test.name(), seen, result.positive(), result.negative()));
    out.append(String.format(Locale.ROOT, "Time %s %.2f%n", test.name(), seconds));
    return out.append('\n').toString();
  }

  private static String kind(LitmusTest test) {
    return switch (test.quantifier()) {
      case EXISTS -> "Allowed";
      case NOT_EXISTS -> "Forbidden";
      case FORALL -> "Required";
    };
  }

  /** {@return whether what the test states is so} */
  public static boolean isValidated(LitmusTest test, Result result) {
    return switch (test.quantifier()) {
      case EXISTS -> result.positive() > 0;
      case NOT_EXISTS -> result.positive() == 0;
      case FORALL -> result.negative() == 0;
    };
  }
}
