package dev.lazymm.review;

import dev.lazymm.check.Violation;
import dev.lazymm.review.CheckPart.Outcome;
import dev.lazymm.review.ClaimResult.Agreement;
import dev.lazymm.workload.Laws;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the checks of a part to what it must give. It does so only if every check of it does: one
 * scenario that does not violate what it should is as much a disagreement as one that violates what
 * it should not.
 */
final class CheckJudge {
  private final Commands commands;

  CheckJudge(Commands commands) {
    this.commands = commands;
  }

  PartResult judge(CheckPart part, List<Done> done) {
    return new PartResult(
        part,
        found(part, done),
        agreement(part, done),
        done.size(),
        done.stream().mapToLong(d -> d.result().executions()).sum(),
        part.counts() ? Costs.of(done) : List.of(),
        List.of(),
        commands.check(part),
        witness(part, done));
  }

  private static Agreement agreement(CheckPart part, List<Done> done) {
    boolean inconclusive = false;
    for (Done d : done) {
      if (!d.inconclusive() && !isAsExpected(part, d)) {
        return Agreement.NO;
      }
      inconclusive |= d.inconclusive();
    }
    if (inconclusive) {
      return Agreement.UNKNOWN;
    }
    boolean nothing =
        done.isEmpty()
            || (part.outcome() == Outcome.REACHED && done.stream().noneMatch(CheckJudge::reaches))
            || (part.outcome() == Outcome.COSTS && !costsEverywhere(part, done));
    return nothing ? Agreement.NO : Agreement.YES;
  }

  private static boolean isAsExpected(CheckPart part, Done d) {
    return switch (part.outcome()) {
      case HOLDS -> d.violations().isEmpty();
      case REACHED -> d.violations().isEmpty() && !Boolean.FALSE.equals(d.result().reached());
      case VIOLATED -> d.violations().stream().anyMatch(v -> isMeant(part, v));
      case KEPT -> !d.breaks(part.what());
      case FREE -> !costs(part, d);
      case COSTS -> true; // judged over all
    };
  }

  private static boolean isMeant(CheckPart part, Violation v) {
    return v.invariant().equals(part.what()) && v.what().contains(part.saying());
  }

  private static boolean costs(CheckPart part, Done d) {
    return d.result().costs().containsKey(part.what());
  }

  /** Whether each design costs it on each architecture, in some scenario. */
  private static boolean costsEverywhere(CheckPart part, List<Done> done) {
    return done.stream()
        .allMatch(
            d -> done.stream().anyMatch(other -> isSameKernel(d, other) && costs(part, other)));
  }

  private static boolean isSameKernel(Done a, Done b) {
    return a.result().design().equals(b.result().design())
        && a.result().arch().equals(b.result().arch());
  }

  private static boolean reaches(Done d) {
    return Boolean.TRUE.equals(d.result().reached());
  }

  private static String found(CheckPart part, List<Done> done) {
    if (part.counts()) {
      return Costs.words(part.what(), done);
    }
    Map<String, Integer> broken = broken(done);
    long inconclusive = done.stream().filter(Done::inconclusive).count();
    List<String> words = new ArrayList<>();
    if (part.outcome() == Outcome.REACHED) {
      boolean all = done.stream().noneMatch(d -> Boolean.FALSE.equals(d.result().reached()));
      boolean reached = all && done.stream().anyMatch(CheckJudge::reaches);
      words.add(reached ? "the states are reached" : "not every state is reached");
    }
    String of = " of " + done.size() + " checks";
    if (part.outcome() == Outcome.VIOLATED && !part.saying().isEmpty()) {
      long n = done.stream().filter(d -> isAsExpected(part, d)).count();
      words.add(part.saying() + " warns in " + n + of);
    } else if (part.outcome() == Outcome.KEPT && !broken.containsKey(part.what())) {
      words.add(part.what() + " holds in all " + done.size() + " checks");
    } else if (broken.isEmpty() && inconclusive == 0) {
      words.add("everything holds in all " + done.size() + " checks");
    } else {
      broken.forEach((name, n) ->
          words.add(words.isEmpty() ? name + " violated in " + n + of : name + " " + n));
    }
    if (inconclusive > 0) {
      words.add(inconclusive + of + " inconclusive");
    }
    return String.join(", ", words);
  }

  /** {@return how many checks break each invariant, the gravest first} */
  static Map<String, Integer> broken(Collection<Done> done) {
    Map<String, Integer> broken = new TreeMap<>(Laws.GRAVEST_FIRST);
    for (Done d : done) {
      d.violations().forEach(v -> broken.merge(v.invariant(), 1, Integer::sum));
    }
    return broken;
  }

  /** The shortest execution that breaks what the part is about; if that is nothing, anything. */
  private PartResult.@Nullable Witnessed witness(CheckPart part, List<Done> done) {
    if (part.counts()) {
      return null;
    }
    PartResult.Witnessed shortest = null;
    for (Done d : done) {
      Optional<Violation> found =
          part.what().isEmpty()
              ? d.violations().stream().findFirst()
              : d.violations().stream().filter(v -> isMeant(part, v)).findFirst();
      if (found.isPresent()) {
        Violation v = found.get();
        int steps = v.witness().steps().size();
        if (shortest == null || steps < shortest.steps()) {
          shortest =
              new PartResult.Witnessed(
                  v.what(), steps, commands.with(part.weakened()).explain(d.job(), v.invariant()));
        }
      }
    }
    return shortest;
  }
}
