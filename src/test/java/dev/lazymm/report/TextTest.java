package dev.lazymm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void linesBreakAtSpacesWherePossible() {
    assertThat(Text.wrap("aa bb cc", 5)).containsExactly("aa bb", "cc");
    assertThat(Text.wrap("aa bb cc", 4)).containsExactly("aa", "bb", "cc");
    assertThat(Text.wrap("abcdefgh i", 3)).containsExactly("abc", "def", "gh", "i");
    assertThat(Text.wrap("", 3)).containsExactly("");
  }

  @Test
  void aLongCommandCanStillBePasted() {
    StringBuilder out = new StringBuilder();
    String scenario = "'a file with spaces/" + "x".repeat(40) + ".scenarios:name'";
    Text.command(out, "  ", "./lazymm check --scenario " + scenario + " --design refcount");
    assertThat(out.toString())
        .isEqualTo(
            "  ./lazymm check \\\n      --scenario " + scenario + " \\\n      --design refcount\n");
    out.setLength(0);
    Text.command(out, "", "./lazymm review");
    assertThat(out.toString()).isEqualTo("./lazymm review\n");
  }

  @Test
  void tablesAreAsWideAsTheyNeedToBe() {
    Table table = new Table(" ");
    table.row("a", "1", "b");
    table.row("cc", "22");
    assertThat(table.text(1)).isEqualTo(" a    1  b\n cc  22\n");
  }
}
