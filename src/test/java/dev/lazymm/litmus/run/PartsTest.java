package dev.lazymm.litmus.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartsTest {
  private static final String MODEL =
      """
      "title | with a bar"
      (* a | comment *)
      let one =
          a ; [A | B]
        | (c | d) ; e
      let rec two = one
      and three = two | three ; three
      acyclic one | rf as first
      empty three & (fre ; coe) as second
      """;

  @Test
  void everyCheckAndOperandIsOne() {
    assertThat(Parts.mutants(MODEL))
        .extracting(Parts.Mutant::name)
        .containsExactlyInAnyOrder(
            "check first",
            "check second",
            "one: A",
            "one: B",
            "one: a ; [A | B]",
            "one: (c | d) ; e",
            "one: c",
            "one: d",
            "three: two",
            "three: three ; three",
            "check first: one",
            "check first: rf");
  }

  @Test
  void itIsGoneAndNothingElse() {
    assertThat(Parts.mutants(MODEL))
        .filteredOn(m -> m.name().equals("one: a ; [A | B]"))
        .singleElement()
        .satisfies(m -> assertThat(m.text()).contains("let one =\n     (c | d) ; e\nlet"));
    assertThat(Parts.mutants(MODEL))
        .filteredOn(m -> m.name().equals("check first: rf"))
        .singleElement()
        .satisfies(m -> assertThat(m.text()).contains("acyclic one  as first"));
  }
}
