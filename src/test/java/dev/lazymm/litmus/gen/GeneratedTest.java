package dev.lazymm.litmus.gen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cat.Model;
import dev.lazymm.litmus.LitmusTest;
import dev.lazymm.litmus.Result;
import dev.lazymm.litmus.Source;
import dev.lazymm.litmus.c.CLitmus;
import dev.lazymm.litmus.run.Suite;
import dev.lazymm.litmus.run.Tools;
import dev.lazymm.workload.Effort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Generated tests: our model against the kernel's, and compiled against interpreted. */
class GeneratedTest {
  private static final CycleGenerator GENERATOR = new CycleGenerator(20_261_122);

  private static Source source(int n) {
    return Source.of("generated " + n, GENERATOR.test(n));
  }

  /** What two models must agree on. */
  private record Seen(
      String observation, long positive, long negative, List<String> states, List<String> flags) {
    Seen(Result result) {
      this(
          result.observation().word(),
          result.positive(),
          result.negative(),
          result.states(),
          result.flags());
      assertThat(result.complete()).isTrue();
    }
  }

  /** {@return how many of the first tests show what; all of them the same under both} */
  private static Map<String, Long> agree(
      int from, int to, Function<Integer, Seen> ours, Function<Integer, Seen> theirs) {
    return IntStream.range(from, to)
        .parallel()
        .mapToObj(n -> {
          Seen our = ours.apply(n);
          assertThat(theirs.apply(n)).as(GENERATOR.test(n)).isEqualTo(our);
          return our.observation() + (our.flags().isEmpty() ? "" : " " + our.flags());
        })
        .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> agreeWithKernel(int from, int to) throws IOException {
    Tools kernel = Suite.kernel();
    Model lkmm = Suite.lkmm(false);
    return agree(
        from,
        to,
        n -> new Seen(Suite.run(CLitmus.parse(source(n)), lkmm)),
        n -> new Seen(Suite.run(kernel.read(source(n)), kernel.model("C").model())));
  }

  @Test
  void kernelsModel() throws IOException {
    agreeWithKernel(0, 300);
  }

  @Tag("slow")
  @Test
  void kernelsModelManyTimes() throws IOException {
    int tests = Effort.of(3_000, 10_000);
    Map<String, Long> shown = agreeWithKernel(0, tests);
    assertThat(shown.values().stream().mapToLong(n -> n).sum()).isEqualTo(tests);
    System.out.println(shown);
  }

  /** A test is worth its time if its cycle might be seen or not, by what is between accesses. */
  @Test
  void neitherAllForbiddenNorAllAllowed() {
    Model lkmm = Suite.lkmm(false);
    Function<Integer, Seen> seen = n -> new Seen(Suite.run(CLitmus.parse(source(n)), lkmm));
    Map<String, Long> shown = agree(0, 300, seen, seen);
    assertThat(shown.getOrDefault("Never", 0L)).as("%s", shown).isGreaterThan(60);
    assertThat(shown.getOrDefault("Sometimes", 0L)).as("%s", shown).isGreaterThan(60);
    long racing =
        shown.entrySet().stream()
            .filter(e -> e.getKey().contains("data-race"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(racing).as("%s", shown).isBetween(30L, 120L);
  }

  @Test
  void interpreter() {
    Model compiled = Suite.lkmm(false);
    Model interpreted = Suite.lkmm(true);
    assertThat(compiled.isCompiled()).isTrue();
    assertThat(interpreted.isCompiled()).isFalse();
    assertThat(
            IntStream.range(1_000, 1_400)
                .parallel()
                .mapToObj(n -> CLitmus.parse(source(n)))
                .filter(GeneratedTest::isSmall)
                .filter(test ->
                    !new Seen(Suite.run(test, compiled))
                        .equals(new Seen(Suite.run(test, interpreted))))
                .map(LitmusTest::name))
        .isEmpty();
  }

  private static boolean isSmall(LitmusTest test) {
    return test.threads().size() < 4;
  }

  @Test
  void sameSeedSameTest() {
    assertThat(new CycleGenerator(7).test(3)).isEqualTo(new CycleGenerator(7).test(3));
    assertThat(new CycleGenerator(7).test(3)).isNotEqualTo(new CycleGenerator(8).test(3));
  }
}
