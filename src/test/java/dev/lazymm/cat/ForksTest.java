package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code with x from S}: how often, and that solving and enumerating give the same. */
class ForksTest {
  private static final String ORDERS =
      "include \"cross.cat\"\nwith co from generate_cos(rf)\nshow co\n";

  /** One location of each size, all writes. */
  private static Candidate writes(Relation rf, int... sizes) {
    int n = rf.universe();
    int[] location = new int[n];
    int e = 0;
    for (int l = 0; l < sizes.length; l++) {
      for (int i = 0; i < sizes[l]; i++) {
        location[e++] = l;
      }
    }
    Relation.Builder loc = new Relation.Builder(n);
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        if (location[a] == location[b]) {
          loc.add(a, b);
        }
      }
    }
    Candidate c = new Candidate(n);
    c.sets.put("W", EventSet.all(n));
    c.relations.put("loc", loc.build());
    c.relations.put("rf", rf);
    return c.complete(Vocabulary.c());
  }

  @Test
  void asManyOrdersAsThereAre() {
    Candidate c = writes(Relation.empty(6), 3, 2, 1);
    assertThat(Cats.completions(Cats.model(ORDERS), c)).hasSize(6 * 2).doesNotHaveDuplicates();
    assertThat(Cats.completions(Cats.interpreted(ORDERS), c)).hasSize(6 * 2);
  }

  @Test
  void noneForACycle() {
    Candidate c = writes(new Relation.Builder(3).add(0, 1).add(1, 0).build(), 3);
    assertThat(Cats.completions(Cats.model(ORDERS), c)).isEmpty();
    assertThat(Cats.model(ORDERS).judge(c).isPossible()).isFalse();
    assertThat(Cats.completions(Cats.interpreted(ORDERS), c)).isEmpty();
  }

  @Test
  void oneForNoWrites() {
    Candidate c = new Candidate(2).complete(Vocabulary.c());
    assertThat(Cats.completions(Cats.model(ORDERS), c)).containsExactly("[] co{}");
    assertThat(Cats.completions(Cats.interpreted(ORDERS), c)).containsExactly("[] co{}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void solvedOrdersAreThoseEnumerated(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Relation partial = Candidate.random(random, 7, 0.08 * random.nextInt(4));
    Candidate c = writes(partial, 4, 3);
    String checked =
        ORDERS + "acyclic co | data\nirreflexive co ; addr ; co\nflag ~empty co & ctrl as seen\n";
    c.relations.put("data", Candidate.random(random, 7, 0.1));
    c.relations.put("addr", Candidate.random(random, 7, 0.05));
    c.relations.put("ctrl", Candidate.random(random, 7, 0.05));
    List<String> solved = Cats.completions(Cats.model(checked), c);
    assertThat(solved).isEqualTo(Cats.completions(Cats.interpreted(checked), c));
    assertThat(new HashSet<>(solved)).hasSameSizeAs(solved);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void solvedProductsAreThoseEnumerated(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Candidate c = Candidate.anything(random, 5, Vocabulary.c());
    String text =
        """
        include "cross.cat"
        let each e = map (fun p -> p ++ 0) (({e} * _) & rf)
        let sets = map each (domain rf)
        with x from cross(sets)
        with y from cross({{data, addr}, {data, ctrl, 0}})
        acyclic x | ctrl
        show x, y
        """;
    List<String> solved = Cats.completions(Cats.model(text), c);
    assertThat(solved).isEqualTo(Cats.completions(Cats.interpreted(text), c));
    assertThat(new HashSet<>(solved)).hasSameSizeAs(solved);
  }

  @Test
  void anySetForks() {
    Candidate c = Candidate.anything(new SplittableRandom(1), 4, Vocabulary.c());
    String text =
        """
        enum T = 'a || 'b || 'c
        with t from T
        with r from {rf, data, rf}
        with e from M
        let x = match t with || 'a -> r || _ -> r^-1 end
        empty [{e}] ; r
        show x
        """;
    assertThat(Cats.completions(Cats.model(text), c))
        .isEqualTo(Cats.completions(Cats.interpreted(text), c));
  }

  @Test
  void aVisitorMayEnd() {
    int[] seen = {0};
    Candidate c = writes(Relation.empty(5), 5);
    boolean ended = !Cats.model(ORDERS).judge(c).completions((_, _) -> ++seen[0] < 3);
    assertThat(ended).isTrue();
    assertThat(seen[0]).isEqualTo(3);
  }

  /** Three read-modify-writes, 1-2, 3-4 and 5-6, all of which read from 0. */
  private static Candidate rivals() {
    Candidate c = new Candidate(7);
    c.relations.put("loc", Relation.full(7));
    return c.relation("rf", 0, 1, 0, 3, 0, 5)
        .relation("rmw", 1, 2, 3, 4, 5, 6)
        .relation("data", 2, 2, 4, 4)
        .set("W", 2, 4, 6)
        .set("LKR", 2)
        .set("UL", 4)
        .set("LF", 6)
        .complete(Vocabulary.c());
  }

  @Test
  void whatMayBeLeftUnorderedIsNotStuck() {
    String text =
        """
        include "cross.cat"
        with co from generate_orders(domain data, 0)
        empty co
        """;
    Judge judge = Cats.model(text).judge(rivals());
    assertThat(judge.isPossible()).isFalse();
    judge.set("data", new Bounds<>(Relation.empty(7), Relation.full(7)));
    assertThat(judge.isPossible()).isTrue();
  }

  @Test
  void whatIsTriedOfOneOrderIsForgottenForTheNext() {
    String text =
        """
        include "cross.cat"
        with co from generate_orders(W, 0)
        with again from generate_orders(W, co)
        empty again & (LKR * LF | LF * UL)
        """;
    Judge judge = Cats.model(text).judge(rivals());
    assertThat(Cats.completions(Cats.model(text), rivals())).hasSize(1);
    assertThat(judge.isPossible()).isTrue();
  }

  @Test
  void whatIsTriedIsForgottenAfterAMistake() {
    String text =
        """
        include "cross.cat"
        with co from generate_orders(W, 0)
        empty (if co = 0 then 0 else if "none" then 0 else fail co)
        """;
    Judge judge = Cats.model(text).judge(rivals());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> judge.completions((_, _) -> true)).isInstanceOf(CatException.class);
      assertThat(judge.isPossible()).isTrue();
    }
  }
}
