package dev.lazymm.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound on graphs, when what was explored turns out to be of no use. */
class PartsTest {
  private static Parts parts(long maxGraphs) {
    Search.Bounds bounds =
        new Search.Bounds(2, maxGraphs, Search.NEVER, Long.MAX_VALUE, 0, Long.MAX_VALUE, n -> {});
    return new Parts(bounds, new Tally.Silent());
  }

  private static Part begun(Parts parts) {
    Part part = requireNonNull(parts.waiting());
    parts.begin(part);
    return part;
  }

  private static long drawn(Parts parts, Part part) {
    long all = 0;
    for (long some = parts.draw(part); some != 0; some = parts.draw(part)) {
      assertThat(some).isPositive();
      all += some;
    }
    return all;
  }

  /**
   * One worker learns something; all that the other was at is void, and it says so only when all
   * has begun anew.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 7, 1000, 100_000})
  void graphsOfBeforeABeginningAreNotGivenBackToIt(long maxGraphs) {
    Parts parts = parts(maxGraphs);
    Part first = begun(parts);
    parts.addAfter(first, Level.ALL);
    Part second = begun(parts);
    long firstDrew = parts.draw(first);
    long secondDrew = parts.draw(second);
    parts.left(first, firstDrew);
    parts.ended(first, Part.End.LEARNED);
    assertThat(second.cancelled).isTrue();
    Part again = begun(parts);
    parts.draw(second); // it does not know yet
    parts.left(second, secondDrew);
    assertThat(drawn(parts, again)).isEqualTo(maxGraphs);
    assertThat(parts.isSpent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 1000, 100_000})
  void graphsOfACancelledPartAreGivenBack(long maxGraphs) {
    Parts parts = parts(maxGraphs);
    Part first = begun(parts);
    parts.addAfter(first, Level.ALL);
    Part second = begun(parts);
    long firstDrew = parts.draw(first);
    long secondDrew = parts.draw(second);
    second.executions = secondDrew;
    parts.left(first, firstDrew);
    parts.ended(first, Part.End.TOO_LARGE);
    parts.left(second, 0);
    assertThat(drawn(parts, second)).isEqualTo(maxGraphs);
  }
}
