package dev.lazymm.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A write to a cell, with those before it in coherence order, and the adds that have followed it.
 *
 * @param by which event it is, null for the initial value
 * @param value what the cell has now: what it wrote, and what was added
 * @param depth how many writes are before it, -1 for the initial value
 * @param before the write before it, null if that is the initial value and nothing was added to it
 * @param adds what was added since, in the order of threads
 */
record OracleWrite(
    @Nullable OraclePlace by,
    long value,
    int depth,
    @Nullable OracleWrite before,
    List<OraclePlace> adds) {
  private static final Comparator<OraclePlace> ORDER =
      Comparator.comparingInt(OraclePlace::thread).thenComparingInt(OraclePlace::index);

  /** {@return the cell after an add} */
  static OracleWrite added(@Nullable OracleWrite to, OraclePlace place, long operand) {
    OracleWrite top = to == null ? new OracleWrite(null, 0, -1, null, List.of()) : to;
    List<OraclePlace> all = new ArrayList<>(top.adds);
    all.add(place);
    all.sort(ORDER);
    return new OracleWrite(top.by, top.value + operand, top.depth, top.before, List.copyOf(all));
  }

  /** {@return which adds have followed: {@code +0.1+1.0}} */
  String addsText() {
    return adds.stream().map(place -> "+" + place).collect(Collectors.joining());
  }
}
