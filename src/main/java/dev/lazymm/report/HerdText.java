package dev.lazymm.report;

import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import java.util.Locale;

/**
 * A litmus result in herd7's words and layout, for the scripts that read them (the kernel's
 * tools/memory-model/scripts among them).
 */
public final class HerdText {
  private HerdText() {}

  /**
   * {@return the report on one test, ended by an empty line}
   *
   * @param seconds how long it took
   */
  public static String of(LitmusTest test, Result result, double seconds) {
    StringBuilder out = new StringBuilder();
    line(out, "Test %s %s", test.name(), kind(test));
    line(out, "States %d", result.states().size());
    result.states().forEach(state -> line(out, "%s", state));
    line(out, "%s%s", result.cut() ? "Loop " : "", isValidated(test, result) ? "Ok" : "No");
    line(out, "Witnesses");
    line(out, "Positive: %d Negative: %d", result.positive(), result.negative());
    result.flags().forEach(flag -> line(out, "Flag %s", flag));
    line(out, "Condition %s", test.conditionText());
    line(
        out,
        "Observation %s %s %d %d",
        test.name(),
        result.observation().word(),
        result.positive(),
        result.negative());
    line(out, "Time %s %.2f", test.name(), seconds);
    return out.append('\n').toString();
  }

  private static void line(StringBuilder out, String format, Object... args) {
    out.append(String.format(Locale.ROOT, format, args)).append('\n');
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
