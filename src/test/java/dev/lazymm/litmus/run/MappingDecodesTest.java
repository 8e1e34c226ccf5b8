package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.isa.Isa;
import dev.lazymm.mapping.Mapping;
import dev.lazymm.mapping.MappingException;
import dev.lazymm.mapping.Weakened;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The instructions of the mappings are some that tests may have. */
class MappingDecodesTest {
  static List<String> builtIn() {
    return Mapping.BUILT_IN;
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyInstructionIsOneOfItsInstructionSet(String name) {
    Mapping mapping = Mapping.find(name);
    Isa isa = Objects.requireNonNull(Language.named(mapping.isa()).isa());
    assertThatCode(() -> mapping.decode(isa)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void anotherInstructionIsNone(String name, @TempDir Path folder) throws IOException {
    Path file = Weakened.file(folder, name, "fence MB", List.of("syncc"));
    Mapping mapping = Mapping.find(file.toString());
    Isa isa = Objects.requireNonNull(Language.named(mapping.isa()).isa());
    assertThatThrownBy(() -> mapping.decode(isa))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("weak.toml:6:9: \"syncc\"");
  }
}
