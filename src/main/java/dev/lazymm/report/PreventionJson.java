package dev.lazymm.report;

import dev.lazymm.check.Act;
import dev.lazymm.check.Barrier;
import dev.lazymm.check.Circle;
import dev.lazymm.check.Explained;
import dev.lazymm.check.Prevention;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which barriers would have forbidden an execution.
 *
 * @param answer {@code barriers}, {@code in-order} or {@code no-barrier}
 * @param axioms the checks of the model's file that fail with the first set of barriers
 * @param barriers sets of barriers each of which is enough
 * @param cycle what these checks are about
 * @param text the sentence
 */
public record PreventionJson(
    String answer,
    List<String> axioms,
    List<List<BarrierJson>> barriers,
    List<TurnJson> cycle,
    String text) {
  /** A barrier. */
  public record BarrierJson(
      String kind, String kernel, List<String> code, ActJson at, @Nullable ActJson to) {
    static BarrierJson of(Barrier barrier) {
      Act to = barrier.to();
      return new BarrierJson(
          barrier.kind().name().toLowerCase(Locale.ROOT),
          barrier.kernel(),
          barrier.code(),
          ActJson.of(barrier.at()),
          to == null ? null : ActJson.of(to));
    }
  }

  /** Something that a CPU does; the file and the line are null where nobody knows them. */
  public record ActJson(
      int cpu, String what, String step, @Nullable String file, @Nullable Integer line) {
    static ActJson of(Act act) {
      boolean known = !act.stack().isEmpty();
      return new ActJson(
          act.cpu(),
          act.what(),
          act.step(),
          known ? act.stack().getFirst().path() : null,
          known ? Integer.valueOf(act.stack().getFirst().line()) : null);
    }
  }

  /**
   * An event of the cycle.
   *
   * @param step its step's number, from 1; null if it is in none
   */
  public record TurnJson(
      @Nullable Integer step, ActJson act, String on, String orders, String would) {
    static TurnJson of(Circle.Turn turn) {
      Integer step = turn.step() < 0 ? null : Integer.valueOf(turn.step() + 1);
      return new TurnJson(step, ActJson.of(turn.act()), turn.on(), turn.orders(), turn.would());
    }
  }

  /**
   * A pair of a relation.
   *
   * @param from a step's number, from 1
   * @param of the memory that it is about; empty if it is about none
   */
  public record RelatedJson(String name, int from, int to, String of) {
    static RelatedJson of(Explained.Related r) {
      return new RelatedJson(r.name(), r.from() + 1, r.to() + 1, r.of());
    }
  }

  static PreventionJson of(Prevention p) {
    Circle circle = p.circle();
    return new PreventionJson(
        p.answer().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        p.axioms(),
        p.barriers().stream().map(set -> set.stream().map(BarrierJson::of).toList()).toList(),
        circle == null ? List.of() : circle.turns().stream().map(TurnJson::of).toList(),
        p.text());
  }
}
