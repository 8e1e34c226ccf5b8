package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which language a model says that it is for. */
class ModelHeadTest {
  private static String language(String model) {
    return ModelHead.language(model).map(Language::name).orElse("none");
  }

  @Test
  void theFirstWordAfterComments() {
    assertThat(language("PPC\n(* C *)")).isEqualTo("PPC");
    assertThat(language("(* a *)\n (* X86 *) RISCV \"model\"\n")).isEqualTo("RISCV");
    assertThat(language("C RC11\n")).isEqualTo("C");
    assertThat(language("\"C and more\"\nlet C = po\n")).isEqualTo("none");
    assertThat(language("let C = po\n")).isEqualTo("none");
    assertThat(language("(* PPC")).isEqualTo("none");
    assertThat(language("C-like\n")).isEqualTo("none");
    assertThat(language("")).isEqualTo("none");
  }
}
