package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.check.Estimate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTextTest {
  @ParameterizedTest
  @CsvSource({
    "634, 634, 634",
    "12345678, 12345678, 12345678",
    "1.9, 7.1, 1 to 8",
    "12345, 67890, 12000 to 68000",
    "999999, 12345678, 990000 to 1.3e7",
    "1.26e19, 3.01e21, 1.2e19 to 3.1e21"
  })
  void aRangeIsRoundedOutwards(double least, double most, String text) {
    assertThat(EstimateText.of(new Estimate(least, most))).isEqualTo(text);
  }
}
