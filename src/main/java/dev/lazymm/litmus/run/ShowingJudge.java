package dev.lazymm.litmus.run;

import dev.lazymm.cat.Bounds;
import dev.lazymm.cat.EventSet;
import dev.lazymm.cat.Judge;
import dev.lazymm.cat.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A judge that shows, besides what its model shows, the relations that memory models are written
 * about, where the model defines them.
 */
record ShowingJudge(Judge judge) implements Judge {
  private static final List<String> MAIN = List.of("ppo", "hb", "pb", "rb");

  @Override
  public void set(String relation, Bounds<Relation> bounds) {
    judge.set(relation, bounds);
  }

  @Override
  public void setSet(String set, Bounds<EventSet> bounds) {
    judge.setSet(set, bounds);
  }

  @Override
  public boolean isPossible() {
    return judge.isPossible();
  }

  @Override
  public boolean completions(Visitor visitor) {
    return judge.completions((flags, shown) -> visitor.visit(flags, new More(shown)));
  }

  @Override
  public List<String> failing() {
    return judge.failing();
  }

  @Override
  public Shown known() {
    return new More(judge.known());
  }

  /** What the model shows, and more. */
  private record More(Shown of) implements Shown {
    @Override
    public Relation relation(String name) {
      return of.relation(name);
    }

    @Override
    public Map<String, Relation> shown() {
      Map<String, Relation> all = new LinkedHashMap<>(of.shown());
      for (String name : MAIN) {
        Relation relation = of.relation(name);
        if (!relation.isEmpty()) {
          all.putIfAbsent(name, relation);
        }
      }
      return all;
    }
  }
}
