package dev.lazymm.report;

import dev.lazymm.check.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How many executions an exploration has in all, in a few words. */
public final class EstimateText {
  private static final int DIGITS = 2;

  /** Larger numbers are told with an exponent. */
  private static final double PLAIN = 1e7;

  private EstimateText() {}

  /** {@return a range, rounded outwards; or a number that is certain} */
  public static String of(Estimate estimate) {
    return estimate.isCertain()
        ? BigDecimal.valueOf(Math.rint(estimate.least())).toBigInteger().toString()
        : number(estimate.least(), RoundingMode.FLOOR)
            + " to "
            + number(estimate.most(), RoundingMode.CEILING);
  }

  private static String number(double executions, RoundingMode rounding) {
    BigDecimal whole = BigDecimal.valueOf(executions).setScale(0, rounding);
    BigDecimal n = whole.round(new MathContext(DIGITS, rounding));
    return executions < PLAIN
        ? n.toPlainString()
        : String.format(Locale.ROOT, "%.1e", n.doubleValue()).replaceAll("e\\+0?", "e");
  }
}
