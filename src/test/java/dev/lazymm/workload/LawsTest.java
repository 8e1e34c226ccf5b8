package dev.lazymm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** All machines name and rank alike what is broken. */
class LawsTest {
  @Test
  void theGravestComesFirst() {
    List<String> some = List.of("always", "I10", "WARN", "I9", "I1", "UAF");
    assertThat(some.stream().sorted(Laws.GRAVEST_FIRST))
        .containsExactly("I1", "I9", "I10", "UAF", "WARN", "always");
    assertThat(Laws.NAMES).doesNotHaveDuplicates();
  }

  @Test
  void aNameThatIsNoneIsNotRanked() {
    assertThatThrownBy(() -> Laws.rank("I99")).hasMessageContaining("I99");
  }
}
