package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Models that others wrote load and compile. They are not part of the source tree: the environment
 * variable LAZYMM_DATA names the directory that has them in {@code cat/}.
 */
class GivenModelsTest {
  /** Files that are pieces of others: each with a name that the whole defines. */
  private static final Map<String, String> PIECES =
      Map.of("ppo.cat", "ci0", "ppc-checks.cat", "ppo", "cos-ok-opt.cat", "pco");

  private static final Set<String> ARM = Set.of("aarch64", "enumerations", "armfences");

  record Given(Path file, Vocabulary vocabulary) {}

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(Cats.data())) {
      return all.filter(p -> p.toString().endsWith(".cat")).sorted().toList();
    }
  }

  static List<Given> whole() throws IOException {
    List<Given> whole = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (!PIECES.containsKey(name)) {
        whole.add(new Given(file, vocabulary(name)));
      }
    }
    return whole;
  }

  private static Vocabulary vocabulary(String name) {
    String arch =
        ARM.stream().anyMatch(name::startsWith)
            ? "arm"
            : name.startsWith("ppc")
                ? "ppc"
                : name.startsWith("riscv") ? "riscv" : name.startsWith("rc11") ? "c11" : "x86";
    return java.util.Objects.requireNonNull(Cats.ARCHITECTURES.get(arch));
  }

  @TestFactory
  Stream<DynamicTest> compile() throws IOException {
    return whole().stream()
        .map(given ->
            DynamicTest.dynamicTest(
                given.file().getFileName().toString(),
                () ->
                    assertThat(
                            Model.load(Source.read(given.file()), Options.of(given.vocabulary()))
                                .isCompiled())
                        .isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> piecesSayWhatTheyMiss() throws IOException {
    return files().stream()
        .filter(file -> PIECES.containsKey(file.getFileName().toString()))
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () -> {
                  String missing = PIECES.get(file.getFileName().toString());
                  org.assertj.core.api.Assertions.assertThatExceptionOfType(CatException.class)
                      .isThrownBy(
                          () -> Model.load(Source.read(file), Options.of(Vocabulary.common())))
                      .withMessageContaining("unbound name '" + missing + "'");
                }));
  }

  @Test
  void linux() throws IOException {
    Model model = Cats.linux(false);
    assertThat(model.isCompiled()).isTrue();
    assertThat(model.title()).contains("consistency");
    Bell bell = model.bell().orElseThrow();
    assertThat(bell.allows("F", 0, "sync-rcu")).isTrue();
    assertThat(bell.allows("R", 0, "sync-rcu")).isFalse();
  }

  /** Store buffering: both reads may miss both writes, unless full fences stand between. */
  @Test
  void linuxStoreBuffering() throws IOException {
    Model model = Cats.linux(false);
    assertThat(Cats.completions(model, storeBuffering("rmb"), "co")).hasSize(1);
    assertThat(Cats.completions(model, storeBuffering("MB"), "co")).isEmpty();
  }

  /** Initial writes 0 and 1; then write, fence, read in each of two threads, reading them. */
  private static Candidate storeBuffering(String fence) {
    Candidate c =
        new Candidate(8)
            .set("IW", 0, 1)
            .set("W", 0, 1, 2, 5)
            .set("R", 4, 7)
            .set("M", 0, 1, 2, 5, 4, 7)
            .set("F", 3, 6)
            .relation("po", 2, 3, 3, 4, 2, 4, 5, 6, 6, 7, 5, 7)
            .relation("rf", 1, 4, 0, 7);
    c.tags.put("ONCE", EventSet.of(8, e -> e == 2 || e == 4 || e == 5 || e == 7));
    c.tags.put(fence, EventSet.of(8, e -> e == 3 || e == 6));
    int[] location = {0, 1, 0, -1, 1, 1, -1, 0};
    int[] thread = {-1, -2, 0, 0, 0, 1, 1, 1};
    Relation.Builder loc = new Relation.Builder(8);
    Relation.Builder internal = new Relation.Builder(8);
    for (int a = 0; a < 8; a++) {
      for (int b = 0; b < 8; b++) {
        if (location[a] >= 0 && location[a] == location[b]) {
          loc.add(a, b);
        }
        if (thread[a] == thread[b]) {
          internal.add(a, b);
        }
      }
    }
    c.relations.put("loc", loc.build());
    c.relations.put("int", internal.build());
    c.relations.put("ext", internal.build().complement());
    return c.complete(Vocabulary.c());
  }
}
