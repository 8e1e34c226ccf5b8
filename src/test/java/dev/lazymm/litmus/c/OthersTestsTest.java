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
      return abort("LAZYMM_DATA is not set: no litmus tests of others");
    }
    return Path.of(data);
  }

  @Test
  void allAreRead() throws IOException {
    List<Path> files;
    try (var walk = Files.walk(data().resolve("litmus/lkmm"))) {
      files = walk.filter(f -> f.toString().endsWith(".litmus")).sorted().toList();
    }
    List<String> errors = new ArrayList<>();
    for (Path file : files) {
      try {
        LitmusTest test = CLitmus.parse(Source.read(file));
        assertThat(test.threads()).isNotEmpty().allSatisfy(t -> assertThat(t).isNotEmpty());
      } catch (LitmusException e) {
        errors.add(e.getMessage());
      }
    }
    assertThat(errors).isEmpty();
    assertThat(files).hasSize(513);
  }

  @Test
  void theirDefinitionsAreOurs() throws IOException {
    Macros theirs = Macros.parse(Source.read(data().resolve("cat/lkmm/linux-kernel.def")));
    assertThat(Macros.linux().names()).containsAll(theirs.names());
  }
}
