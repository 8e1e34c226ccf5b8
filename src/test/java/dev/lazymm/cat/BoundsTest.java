package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed of incomplete candidates holds for every way to complete them. */
class BoundsTest {
  private static final String OWN =
      """
      let a = rf ; (po | ~data) \\ addr
      let b = (rf^-1 ; ctrl)+ & (W * (R \\ M))
      let c = [domain(rf \\ po) | ~range(data)] ; rf* ; [W]
      let rec d = rf | po ; e and e = d ; d | addr
      let rec f = rf \\ (g ; g) and g = f | data
      let rec all S = match S with || {} -> 0 || e ++ rest -> (({e} * R) & rf) | all rest end
      let i = all W | rf?
      let j = different-values(rf) & a
      let k = if rf subset po then rf else data
      let m = po \\ (rf ; rf^-1) | loc \\ rf
      let o = [~domain(rf) | R \\ range(data)] ; (po \\ data)
      let p = (W * (M \\ range(rf))) & loc?
      include "cross.cat"
      with co from generate_orders(M, rf & po)
      let l = (rf^-1 ; co) \\ id
      acyclic l | po
      irreflexive a ; b
      flag ~empty c as seen
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void ownModel(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ModelFiles files = ModelFiles.read(Source.of("own.cat", OWN), Cats.options());
    Program program = ModelCompiler.compile(files);
    Candidate whole = Candidate.program(random, 2, 2, false);
    contained(files, program, whole, random);
    completionsSurvive(Cats.model(OWN), Cats.interpreted(OWN), whole, random);
  }

  @TestFactory
  Stream<DynamicTest> modelsOfOthers() throws IOException {
    return GivenModelsTest.whole().stream()
        .map(given ->
            DynamicTest.dynamicTest(
                given.file().getFileName().toString(),
                () -> {
                  ModelFiles files =
                      ModelFiles.read(Source.read(given.file()), Options.of(given.vocabulary()));
                  Program program = ModelCompiler.compile(files);
                  for (int seed = 0; seed < 6; seed++) {
                    SplittableRandom random = new SplittableRandom(seed);
                    Candidate c = Candidate.anything(random, 7, given.vocabulary());
                    contained(files, program, c, random);
                  }
                }));
  }

  @Test
  void linux() throws IOException {
    Model compiled = Cats.linux(false);
    Model interpreted = Cats.linux(true);
    Path folder = Cats.data().resolve("lkmm");
    ModelFiles files =
        ModelFiles.read(
            Source.read(folder.resolve("linux-kernel.cat")),
            Options.of(Vocabulary.c())
                .withVariants("lkmmv2")
                .withBell(Source.read(folder.resolve("linux-kernel.bell"))));
    Program program = ModelCompiler.compile(files);
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Candidate c = Candidate.program(random, 2 + seed % 2, 3, seed % 2 == 0);
      contained(files, program, c, random);
      completionsSurvive(compiled, interpreted, c, random);
    }
  }

  /** All nodes, before and after the bounds have closed in. */
  private static void contained(
      ModelFiles files, Program program, Candidate whole, SplittableRandom random) {
    Map<String, Bounds<Relation>> open = open(whole, random);
    Bases partly = new Bases(whole);
    open.forEach(partly::set);
    Evaluator before = new Evaluator(files, program, partly);
    Evaluator after = new Evaluator(files, program, new Bases(whole));
    after.valuesKnown(true);
    for (Program.Fork fork : after.forks().all()) {
      after.refresh(fork.order());
      if (after.forks().isHopeless(fork)) {
        return; // Nothing can be chosen, so nothing is to be contained.
      }
    }
    Stream.concat(
            program.steps().stream()
                .flatMap(step ->
                    step instanceof Program.Test test
                        ? test.order().stream()
                        : ((Program.Fork) step).order().stream()),
            program.names().values().stream().flatMap(node -> Nodes.order(node).stream()))
        .forEach(node -> {
          before.refresh(List.of(node));
          after.refresh(List.of(node));
          if (node.type() != Node.Type.VALUE) {
            within(node, before.get(node), after.get(node));
          } else if (before.get(node).isExact() && node.op() != Node.Op.FIXPOINT) {
            assertThat(before.get(node).lo()).as(node::toString).isEqualTo(after.get(node).lo());
          }
        });
  }

  private static void within(Node node, Bounds<?> wide, Bounds<?> narrow) {
    assertThat(subset(wide.lo(), narrow.lo()) && subset(narrow.lo(), narrow.hi()))
        .as(() -> node + " has " + wide + ", then " + narrow)
        .isTrue();
    assertThat(subset(narrow.hi(), wide.hi()))
        .as(() -> node + " has " + wide + ", then " + narrow)
        .isTrue();
  }

  private static boolean subset(Object a, Object b) {
    return a instanceof Relation r
        ? r.isSubsetOf((Relation) b)
        : ((EventSet) a).isSubsetOf((EventSet) b);
  }

  private static Map<String, Bounds<Relation>> open(Candidate whole, SplittableRandom random) {
    int n = whole.size();
    Map<String, Bounds<Relation>> open = new HashMap<>();
    for (String name : List.of("rf", "data", "loc")) {
      if (random.nextBoolean()) {
        Relation exact = whole.get(name);
        Relation lo = exact.intersect(Candidate.random(random, n, random.nextDouble()));
        Relation hi = exact.union(Candidate.random(random, n, random.nextDouble() / 2));
        open.put(name, new Bounds<>(lo, hi));
      }
    }
    return open;
  }

  /** What interpretation says is possible is never pruned, and the completions are the same. */
  private static void completionsSurvive(
      Model compiled, Model interpreted, Candidate whole, SplittableRandom random) {
    List<String> all = Cats.completions(interpreted, whole, "co", "rf", "fr");
    Judge judge = compiled.judge(whole);
    for (int i = 0; i < 5 && !all.isEmpty(); i++) {
      open(whole, random).forEach(judge::set);
      assertThat(judge.isPossible()).isTrue();
    }
    for (String name : List.of("rf", "data", "loc")) {
      judge.set(name, Bounds.exact(whole.get(name)));
    }
    if (!all.isEmpty()) {
      assertThat(judge.isPossible()).isTrue();
    }
    assertThat(Cats.completions(compiled, whole, "co", "rf", "fr")).isEqualTo(all);
  }

  @Test
  void completionsNeedAllExact() {
    Judge judge = Cats.model("acyclic rf | po").judge(new Candidate(3).relation("po", 0, 1));
    assertThat(judge.isPossible()).isTrue();
    judge.set("rf", new Bounds<>(new Relation.Builder(3).add(1, 0).build(), Relation.full(3)));
    assertThat(judge.isPossible()).isFalse();
    judge.set("rf", new Bounds<>(Relation.empty(3), Relation.full(3)));
    assertThatIllegalStateException()
        .isThrownBy(() -> judge.completions((_, _) -> true))
        .withMessageContaining("rf");
    judge.set("rf", Bounds.exact(Relation.empty(3)));
    assertThat(judge.completions((_, _) -> true)).isTrue();
  }

  /** An inner definition that takes away what the outer one gives makes the outer one shrink. */
  @Test
  void aRecursionIsNoMoreMonotoneThanThoseInsideIt() {
    String inner = "let rec x = rf | (let rec y = po | y ; y | (y \\ %s) in y)";
    assertThat(isMonotone(inner.formatted("x"))).isFalse();
    assertThat(isMonotone(inner.formatted("data"))).isTrue();
  }

  private static boolean isMonotone(String text) {
    ModelFiles files = ModelFiles.read(Source.of("my.cat", text), Cats.options());
    Node fixed = Objects.requireNonNull(ModelCompiler.compile(files).names().get("x"));
    return ((Node.Fixpoint) Objects.requireNonNull(fixed.in().getFirst().data())).monotone();
  }

  /** The bounds of what is not known yet may be equal: knowing it is more all the same. */
  @Test
  void exactIsMoreThanEqualBounds() {
    String text = "let d = different-values(rf)\nempty (if d = 0 then po else 0)";
    Judge judge =
        Cats.model(text).judge(new Candidate(2).relation("po", 0, 1).complete(Vocabulary.c()));
    assertThat(judge.isPossible()).isTrue();
    int[] seen = {0};
    judge.completions((_, _) -> ++seen[0] > 0);
    assertThat(seen[0]).isZero();
    assertThat(judge.isPossible()).isTrue();
    judge.set("rf", new Bounds<>(Relation.empty(2), new Relation.Builder(2).build()));
    assertThat(judge.isPossible()).isTrue();
  }

  /** Two functions made in one place: each may ask for what the other does not. */
  @Test
  void functionsOfOneScopeAskForDifferentThings() {
    String text =
        """
        let mk(r, q) = ((fun x -> x | r), (fun x -> x & q))
        let (f, g) = mk(po, po)
        let (h, k) = mk(po, rf)
        empty match {po} with || {} -> 0 || e ++ rest -> k (h (g (f e))) end
        """;
    Relation one = new Relation.Builder(2).add(0, 1).build();
    Judge judge =
        Cats.model(text).judge(new Candidate(2).relation("po", 0, 1).complete(Vocabulary.c()));
    judge.set("rf", Bounds.exact(one));
    assertThat(judge.isPossible()).isFalse();
    judge.set("rf", Bounds.exact(Relation.empty(2)));
    assertThat(judge.isPossible()).isTrue();
    judge.set("rf", new Bounds<>(one, Relation.full(2)));
    assertThat(judge.isPossible()).isTrue();
  }
}
