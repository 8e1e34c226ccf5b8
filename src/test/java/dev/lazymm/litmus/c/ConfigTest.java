package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.Source;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void filesAndVariants() {
    var config =
        Config.parse(
            Source.of(
                "c",
                """
                # a comment
                model m.cat
                macros m.def # its macros

                variant a,b
                variant c
                squished true
                """));
    assertThat(config)
        .isEqualTo(
            new Config(
                Optional.of("m.def"),
                Optional.empty(),
                Optional.of("m.cat"),
                Set.of("a", "b", "c")));
  }

  @Test
  void unknownKeys() {
    assertThatExceptionOfType(LitmusException.class)
        .isThrownBy(() -> Config.parse(Source.of("c", "model m.cat\n macro m.def\n")))
        .withMessage("c:2:2: unknown key macro; did you mean macros?\n   macro m.def\n   ^");
  }
}
