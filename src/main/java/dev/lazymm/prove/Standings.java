package dev.lazymm.prove;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a proof has come: the first so many scenarios are done on every kernel.
 *
 * @param scenarios how many
 * @param weight how many they stand for that differ from them in names alone
 * @param tallies one for each kernel of the question, in its order
 */
public record Standings(long scenarios, long weight, List<Tally> tallies) {
  public Standings {
    tallies = List.copyOf(tallies);
  }

  /** {@return those at the beginning} */
  public static Standings none(Question question) {
    return new Standings(0, 0, question.kernels().stream().map(_ -> Tally.NONE).toList());
  }

  Standings with(ScenarioSpace.Member member, List<Outcome> outcomes) {
    List<Tally> next = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      next.add(tallies.get(i).with(member, outcomes.get(i)));
    }
    return new Standings(scenarios + 1, weight + member.weight(), next);
  }

  /** {@return whether anything is broken} */
  public boolean violated() {
    return tallies.stream().anyMatch(t -> t.violated() > 0);
  }

  /** {@return whether the scenario of this number is the first that breaks something} */
  boolean isFirst(long index) {
    return tallies.stream()
        .flatMap(t -> t.firsts().values().stream())
        .anyMatch(first -> first.index() == index);
  }
}
