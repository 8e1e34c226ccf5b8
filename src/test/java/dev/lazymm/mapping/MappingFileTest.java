package dev.lazymm.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lazymm.isa.AArch64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping of the user's. */
class MappingFileTest {
  private static final String TEXT =
      """
      title = "mine"
      isa = "AArch64"
      model = "armv8"
      kernel = "6.12"

      [[row]]
      does = "load ACQUIRE"
      kernel = "smp_load_acquire()"
      code = ["ldar {result},[{address}]"]
      source = "barrier.h"

      [[row]]
      does = "fence MB"
      kernel = "smp_mb()"
      code = ["dmb ish"]
      source = "barrier.h"

      [[row]]
      does = "switch-to"
      kernel = "__switch_to()"
      code = ["dsb ish"]
      orders = "fence MB"
      source = "process.c"
      """;

  @Test
  void aMappingIsReadAsItStands() {
    Mapping mapping = Mapping.parse("some/where/mine.toml", TEXT);
    assertThat(mapping.name()).isEqualTo("mine");
    assertThat(mapping.isa()).isEqualTo("AArch64");
    assertThat(mapping.rows())
        .extracting(Row::does)
        .containsExactly("load ACQUIRE", "fence MB", "switch-to");
    assertThat(mapping.row("switch-to").orders()).contains("fence MB");
  }

  @Test
  void aFileMayGiveOnlyWhatDiffers(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("strong.toml");
    Files.writeString(
        file,
        """
        extends = "aarch64"
        title = "release is a full fence"
        [[row]]
        does = "store RELEASE"
        kernel = "smp_store_release()"
        code = ["dmb ish", "str {value},[{address}]"]
        source = "an idea"
        """);
    Mapping mapping = Mapping.find(file.toString());
    assertThat(mapping.name()).isEqualTo("strong");
    assertThat(mapping.row("store RELEASE").template()).hasSize(2);
    assertThat(mapping.row("load ACQUIRE")).isEqualTo(Mapping.find("aarch64").row("load ACQUIRE"));
    assertThat(mapping.model()).isEqualTo("armv8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title = "mine"   | titel = "mine"       | "titel" does not belong at the top
          title = "mine"   | # gone               | there is no title
          title = "mine"   | title = 3            | title is not so
          "AArch64"        | "SPARC"              | there is no instruction set SPARC
          title = "mine"   | extends = "vax"      | there is no mapping vax
          load ACQUIRE     | load AQUIRE          | there is no primitive "load AQUIRE"
          load ACQUIRE     | lode ACQUIRE         | expected load, store, fence
          [[row]]          | [[row]]§does = "fence MB"§kernel = "k"§code = []§source = "s"§[[row]] | there is a row for "fence MB" already
          {result}         | {value}              | "load ACQUIRE" has no {value}
          {result}         | {result              | a brace is left over
          ["dmb ish"]      | "dmb ish"            | code is no list
          ["dmb ish"]      | [3]                  | this is no instruction
          code = ["dmb     | kode = ["dmb         | "kode" does not belong in [[row]]
          source = "proc   | # "proc              | there is no source in [[row]]
          orders =         | # orders =           | there is no orders in [[row]]
          "fence MB"§sour  | "fence rmb"§sour     | "switch-to" cannot order "fence rmb"
          ["dmb ish"]      | []§orders = "nothing"| what a primitive orders is for the model to say
          [[row]]          | [row                 | Unexpected end of line
          """)
  void aMistakeIsShownWithItsPlace(String right, String wrong, String message) {
    String from = right.replace("§", "\n");
    assertThat(TEXT).contains(from);
    String broken =
        TEXT.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(wrong.replace("§", "\n")));
    assertThatThrownBy(() -> Mapping.parse("my.toml", broken))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("(?s)my\\.toml:\\d+:\\d+: .*\n +\\^\n.*expected .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["dmb ish"]  | ["dmb ish", "dbm ish"] | my.toml:15:20: "dbm ish":
          ["dmb ish"]  | ["dmb ish ]"]          | my.toml:15:9: "dmb ish ]" is no instruction
          """)
  void whatIsNoInstructionIsShownWithItsPlace(String right, String wrong, String message) {
    Mapping mapping = Mapping.parse("my.toml", TEXT.replace(right, wrong));
    assertThatThrownBy(() -> mapping.decode(new AArch64()))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("AArch64");
  }

  /** What the machine does is text: no test has such instructions. */
  @Test
  void whatTheMachineDoesIsNotDecoded() {
    Mapping.parse("my.toml", TEXT.replace("dsb ish", "no such thing")).decode(new AArch64());
  }
}
