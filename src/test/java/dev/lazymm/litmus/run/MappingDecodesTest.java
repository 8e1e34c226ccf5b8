package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lazymm.mapping.Mapping;
import java.util.List;
import java.util.Objects;
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
    assumeThat(Language.MODELS.values()).anyMatch(names -> names.contains(mapping.isa()));
    mapping.decode(Objects.requireNonNull(Language.named(mapping.isa()).isa()));
  }
}
