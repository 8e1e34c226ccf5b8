package dev.lazymm.litmus.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lazymm.litmus.LitmusException;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All LKMM tests of the larger test data are read. */
class OthersTestsTest {
  private static Path data() {
    String data = System.getenv("LAZYMM_DATA");
    if (data == null) {
      return abort(
          "NOT TESTED AGAINST LITMUS TESTS OF OTHERS: LAZYMM_DATA is not set; it names the directory"
              + " that contains litmus/ and cat/");
    }
    return Path.of(data);
  }

  private static CLitmus.Options theirs() throws IOException {
    Macros macros = Macros.parse(Source.read(data().resolve("cat/lkmm/linux-kernel.def")));
    Config config = Config.parse(Source.read(data().resolve("cat/lkmm/linux-kernel.cfg")));
    assertThat(config.variants()).isEqualTo(CLitmus.Options.linux().variants());
    return new CLitmus.Options(macros, config.variants(), 2, 100_000);
  }

  @Test
  void allAreRead() throws IOException {
    CLitmus.Options theirs = theirs();
    List<Path> files;
    try (var walk = Files.walk(data().resolve("litmus/lkmm"))) {
      files = walk.filter(f -> f.toString().endsWith(".litmus")).sorted().toList();
    }
    List<String> errors = new ArrayList<>();
    for (Path file : files) {
      try {
        Source source = Source.read(file);
        LitmusTest test = CLitmus.parse(source);
        assertThat(test.threads()).isNotEmpty().allSatisfy(t -> assertThat(t).isNotEmpty());
        assertThat(CLitmus.parse(source, theirs)).isEqualTo(test);
      } catch (LitmusException e) {
        errors.add(String.valueOf(e.getMessage()));
      }
    }
    assertThat(errors).isEmpty();
    assertThat(files).hasSize(513);
  }

  @Test
  void theirDefinitionsMeanWhatOursDo() throws IOException {
    CLitmus.Options theirs = theirs();
    assertThat(theirs.macros().names()).isNotEmpty();
    for (String name : theirs.macros().names()) {
      int good = 0;
      for (String start : List.of("", "r0 = ")) {
        for (String arguments : List.of("", "x", "*x", "x, y", "*x, y", "x, 1, y")) {
          String call = start + name + "(" + arguments + ");";
          String meant = printed(call, theirs);
          assertThat(printed(call, CLitmus.Options.linux())).as(call).isEqualTo(meant);
          good += meant.isEmpty() ? 0 : 1;
        }
      }
      assertThat(good).as(name).isPositive();
    }
  }

  /** {@return what a call means, nothing if it is wrong} */
  private static String printed(String call, CLitmus.Options options) {
    try {
      return Printed.body(call, options);
    } catch (LitmusException _) {
      return "";
    }
  }
}
