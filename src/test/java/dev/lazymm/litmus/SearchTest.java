package dev.lazymm.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.cat.Model;
import dev.lazymm.cat.Options;
import dev.lazymm.cat.Vocabulary;
import dev.lazymm.litmus.Result.Observation;
import dev.lazymm.litmus.c.CLitmus;
import dev.lazymm.litmus.gen.CycleGenerator;
import dev.lazymm.litmus.run.Suite;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search finds what trying everything finds, whatever it leaves out and however it is run. */
class SearchTest {
  private static final CycleGenerator GENERATOR = new CycleGenerator(4);
  private static final Model LKMM = Suite.lkmm(false);

  /** More than this, one by one and interpreted, takes too long. */
  private static final long FEW = 400;

  private static List<LitmusTest> tests(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> CLitmus.parse(Source.of("generated " + i, GENERATOR.test(i))))
        .toList();
  }

  /** {@return in how many ways reads can read from writes, whatever the locations} */
  private static double choices(LitmusTest test) {
    int writes = 0;
    int reads = 0;
    for (List<Path> ways : test.threads()) {
      for (PathEvent event : ways.getFirst().events()) {
        writes += event.action() == Action.WRITE ? 1 : 0;
        reads += event.action() == Action.READ ? 1 : 0;
      }
    }
    return Math.pow(writes + test.locations().size(), reads);
  }

  private static Result search(LitmusTest test, Search.Options options) {
    return Search.run(test, LKMM::judge, options);
  }

  @Test
  void bruteForce() {
    Model interpreted = Suite.lkmm(true);
    List<LitmusTest> small = tests(200).stream().filter(t -> choices(t) < FEW).toList();
    assertThat(small).hasSizeGreaterThan(50);
    small.parallelStream()
        .forEach(test -> {
          Result result = search(test, Search.Options.defaults());
          BruteForce.Found found = BruteForce.run(test, interpreted);
          assertThat(List.<Object>of(result.positive(), result.negative(), result.flags()))
              .as(test.name())
              .isEqualTo(List.of(found.positive(), found.negative(), found.flags()));
        });
  }

  /** With the compiled model on complete candidates, larger tests can be tried, too. */
  @Test
  void bruteForceWithoutPruning() {
    tests(120).parallelStream()
        .filter(t -> choices(t) >= FEW && choices(t) < 40 * FEW)
        .forEach(test -> {
          Result result = search(test, Search.Options.defaults());
          BruteForce.Found found = BruteForce.run(test, LKMM);
          assertThat(List.<Object>of(result.positive(), result.negative(), result.flags()))
              .as(test.name())
              .isEqualTo(List.of(found.positive(), found.negative(), found.flags()));
        });
  }

  @Test
  void conditionOnly() {
    Search.Options fast = new Search.Options(true, 1, () -> false);
    for (LitmusTest test : tests(100)) {
      Result all = search(test, Search.Options.defaults());
      Result decided = search(test, fast);
      assertThat(decided.observation() == Observation.NEVER)
          .as(test.name())
          .isEqualTo(all.observation() == Observation.NEVER);
      assertThat(decided.positive()).as(test.name()).isEqualTo(all.positive());
      assertThat(decided.negative()).as(test.name()).isZero();
    }
  }

  @Test
  void twoWorkers() {
    Search.Options two = new Search.Options(false, 2, () -> false);
    for (LitmusTest test : tests(50)) {
      Result one = search(test, Search.Options.defaults());
      Result shared = search(test, two);
      assertThat(
              List.<Object>of(
                  shared.positive(), shared.negative(), shared.flags(), shared.states()))
          .as(test.name())
          .isEqualTo(List.of(one.positive(), one.negative(), one.flags(), one.states()));
    }
  }

  /** Whoever takes which subtree, together they find each execution once. */
  @Test
  void eachSubtreeIsSomebodys() {
    int shared = 0;
    for (LitmusTest test : tests(400)) {
      if (test.threads().stream().anyMatch(ways -> ways.size() > 1)) {
        continue;
      }
      Result all = search(test, Search.Options.defaults());
      Result even = part(test, subtree -> subtree % 2 == 0);
      Result odd = part(test, subtree -> subtree % 2 == 1);
      assertThat(List.of(even.positive() + odd.positive(), even.negative() + odd.negative()))
          .as(test.name())
          .isEqualTo(List.of(all.positive(), all.negative()));
      shared += even.states().isEmpty() || odd.states().isEmpty() ? 0 : 1;
    }
    assertThat(shared).isGreaterThan(50);
  }

  /** {@return what is found by who takes only some of the subtrees} */
  private static Result part(LitmusTest test, IntPredicate mine) {
    Claims claims =
        new Claims() {
          @Override
          boolean take(int subtree) {
            return mine.test(subtree);
          }
        };
    Tally tally = new Tally();
    Candidate candidate = new Candidate(test, test.threads().stream().map(List::getFirst).toList());
    new CandidateSearch(
            candidate, LKMM.judge(candidate), tally, Search.Options.defaults(), 0, claims)
        .run();
    return tally.result(true, false);
  }

  @Test
  void endsWhenItIsOver() {
    Result result = search(tests(1).getFirst(), new Search.Options(false, 1, () -> true));
    assertThat(result.complete()).isFalse();
    assertThat(result.isInconclusive()).isTrue();
  }

  private static LitmusTest loop(int unroll) {
    String text =
        """
        C spin

        {}

        P0(int *x)
        {
        	WRITE_ONCE(*x, 1);
        }

        P1(int *x)
        {
        	while (r0 == 0) {
        		r0 = READ_ONCE(*x);
        	}
        }

        exists (1:r0=1)
        """;
    CLitmus.Options options = CLitmus.Options.linux();
    return CLitmus.parse(
        Source.of("spin", text),
        new CLitmus.Options(options.macros(), options.variants(), unroll, 1_000));
  }

  /** Each round may be the last; one that would go on is cut, and not counted. */
  @Test
  void loopsAreCut() {
    for (int unroll = 2; unroll < 6; unroll++) {
      Result result = search(loop(unroll), Search.Options.defaults());
      Result more = search(loop(unroll + 1), Search.Options.defaults());
      assertThat(result.cut()).isTrue();
      assertThat(result.isInconclusive()).isTrue();
      assertThat(result.negative()).isZero();
      assertThat(more.positive()).isEqualTo(result.positive() + 1);
    }
  }

  /** Copies in a circle have a value that nobody made up; such an execution counts. */
  @Test
  void outOfThinAir() {
    String text =
        """
        C thin-air

        {}

        P0(int *x, int *y)
        {
        	r0 = READ_ONCE(*x);
        	WRITE_ONCE(*y, r0%s);
        }

        P1(int *x, int *y)
        {
        	r0 = READ_ONCE(*y);
        	WRITE_ONCE(*x, r0);
        }

        exists (0:r0=1)
        """;
    Model weak =
        Model.load(
            dev.lazymm.cat.Source.of("weak.cat", "\"Coherence\"\ninclude \"cos.cat\"\n"),
            Options.of(Vocabulary.c()));
    Result copied =
        Search.run(
            CLitmus.parse(Source.of("copies", text.formatted(""))),
            weak::judge,
            Search.Options.defaults());
    assertThat(copied.states()).hasSize(2).anyMatch(s -> s.contains("=S"));
    assertThat(copied.negative()).isEqualTo(4);
    Result computed =
        Search.run(
            CLitmus.parse(Source.of("sums", text.formatted(" + 1"))),
            weak::judge,
            Search.Options.defaults());
    assertThat(computed.states()).noneMatch(s -> s.contains("=S"));
    assertThat(computed.positive() + computed.negative()).isEqualTo(3);
  }
}
