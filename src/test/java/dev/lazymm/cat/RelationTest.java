package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation on bit matrices against the same on sets of pairs. */
class RelationTest {
  private static final int ROUNDS = 40;

  private record Pair(int a, int b) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 63, 64, 65, 100})
  void likeSetsOfPairs(int n) {
    SplittableRandom random = new SplittableRandom(n);
    for (int i = 0; i < (n > 60 ? 4 : ROUNDS); i++) {
      Relation r = Candidate.random(random, n, random.nextDouble() * 2 / n);
      Relation s = Candidate.random(random, n, random.nextDouble() * 2 / n);
      EventSet e = Candidate.randomSet(random, n, 0.5);
      EventSet f = Candidate.randomSet(random, n, 0.5);
      Set<Pair> a = pairs(r);
      Set<Pair> b = pairs(s);
      assertThat(pairs(r.union(s))).isEqualTo(keep(n, p -> a.contains(p) || b.contains(p)));
      assertThat(pairs(r.intersect(s))).isEqualTo(keep(n, p -> a.contains(p) && b.contains(p)));
      assertThat(pairs(r.minus(s))).isEqualTo(keep(n, p -> a.contains(p) && !b.contains(p)));
      assertThat(pairs(r.complement())).isEqualTo(keep(n, p -> !a.contains(p)));
      assertThat(pairs(r.inverse())).isEqualTo(keep(n, p -> a.contains(new Pair(p.b, p.a))));
      assertThat(pairs(r.optional())).isEqualTo(keep(n, p -> a.contains(p) || p.a == p.b));
      assertThat(pairs(r.then(s))).isEqualTo(sequence(a, b));
      assertThat(pairs(r.plus())).isEqualTo(closure(a));
      assertThat(pairs(r.from(e))).isEqualTo(keep(n, p -> a.contains(p) && e.contains(p.a)));
      assertThat(pairs(r.to(e))).isEqualTo(keep(n, p -> a.contains(p) && e.contains(p.b)));
      assertThat(pairs(e.times(f))).isEqualTo(keep(n, p -> e.contains(p.a) && f.contains(p.b)));
      assertThat(pairs(e.identity())).isEqualTo(keep(n, p -> p.a == p.b && e.contains(p.a)));
      assertThat(r.domain()).isEqualTo(EventSet.of(n, x -> a.stream().anyMatch(p -> p.a == x)));
      assertThat(r.range()).isEqualTo(EventSet.of(n, x -> a.stream().anyMatch(p -> p.b == x)));
      assertThat(r.isEmpty()).isEqualTo(a.isEmpty());
      assertThat(r.size()).isEqualTo(a.size());
      assertThat(r.isIrreflexive()).isEqualTo(a.stream().noneMatch(p -> p.a == p.b));
      assertThat(r.isAcyclic()).isEqualTo(closure(a).stream().noneMatch(p -> p.a == p.b));
      assertThat(r.isSubsetOf(s)).isEqualTo(b.containsAll(a));
      assertThat(r.isSubsetOf(r.union(s))).isTrue();
      assertThat(e.union(f).size() + e.intersect(f).size()).isEqualTo(e.size() + f.size());
      assertThat(e.minus(f)).isEqualTo(e.intersect(f.complement()));
    }
  }

  private static Set<Pair> pairs(Relation relation) {
    Set<Pair> pairs = new HashSet<>();
    relation.forEach((a, b) -> pairs.add(new Pair(a, b)));
    return pairs;
  }

  private static Set<Pair> keep(int n, java.util.function.Predicate<Pair> which) {
    Set<Pair> pairs = new HashSet<>();
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        if (which.test(new Pair(a, b))) {
          pairs.add(new Pair(a, b));
        }
      }
    }
    return pairs;
  }

  private static Set<Pair> sequence(Set<Pair> a, Set<Pair> b) {
    return a.stream()
        .flatMap(p -> b.stream().filter(q -> p.b == q.a).map(q -> new Pair(p.a, q.b)))
        .collect(Collectors.toSet());
  }

  private static Set<Pair> closure(Set<Pair> a) {
    Set<Pair> all = new HashSet<>(a);
    for (List<Pair> more = List.copyOf(a); !more.isEmpty(); ) {
      more = sequence(new HashSet<>(more), a).stream().filter(p -> !all.contains(p)).toList();
      all.addAll(more);
    }
    return all;
  }
}
