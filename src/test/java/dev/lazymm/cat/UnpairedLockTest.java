package dev.lazymm.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half a lock is flagged. No test in C has one, so the events are made here. */
class UnpairedLockTest {
  private static List<List<String>> flags(String half) {
    Relation location = Relation.identity(2).union(relation(0, 1)).union(relation(1, 0));
    Candidate c = new Candidate(2).set("IW", 0).set("W", 0).set(half, 1).set("M", 0, 1);
    c.relations.put("loc", location);
    c.relations.put("int", Relation.identity(2));
    c.relations.put("ext", Relation.identity(2).complement());
    Model model =
        Model.load(
            Model.builtIn("lkmm.cat"),
            Options.of(Vocabulary.c()).withVariants("lkmmv2").withBell(Model.builtIn("lkmm.bell")));
    List<List<String>> all = new ArrayList<>();
    model.judge(c.complete(Vocabulary.c())).completions((flags, _) -> all.add(flags));
    return all;
  }

  private static Relation relation(int from, int to) {
    Relation.Builder builder = new Relation.Builder(2);
    builder.add(from, to);
    return builder.build();
  }

  @Test
  void read() {
    assertThat(flags("LKR")).containsExactly(List.of("unpaired-LKR"));
  }

  @Test
  void write() {
    assertThat(flags("LKW")).containsExactly(List.of("unpaired-LKW"));
  }
}
