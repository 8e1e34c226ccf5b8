package dev.lazymm.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void measures() {
    Probe.Result result = Probe.run("casrot", 5, Duration.ofMillis(50));
    assertThat(result.executions()).isEqualTo(43);
    assertThat(result.expected()).hasValue(43);
    assertThat(result.rounds()).isPositive();
    assertThat(result.perSecond()).isPositive();
    assertThat(result.best()).isGreaterThanOrEqualTo(result.perSecond());
    assertThat(result.largest()).isEqualTo(10);
    assertThat(result.blocked()).isZero();
  }

  @Test
  void onceAtLeast() {
    Probe.Result result = Probe.run("ainc", 3, Duration.ZERO);
    assertThat(result.rounds()).isEqualTo(1);
    assertThat(result.executions()).isEqualTo(6);
  }

  @Test
  void strangersAreRefused() {
    assertThatThrownBy(() -> Probe.run("wheel", 3, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
