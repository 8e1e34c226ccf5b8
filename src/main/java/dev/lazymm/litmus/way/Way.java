package dev.lazymm.litmus.way;

import dev.lazymm.isa.Operator;
import dev.lazymm.litmus.Path;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way through a thread's code, as far as it has come; never changed, as others share its past.
 *
 * @param last its last event
 * @param count of its events
 * @param guard the last condition on it
 * @param registers what is in those that it has written
 * @param control the reads that decide whether the next statement is executed
 * @param known what reads return on this way, where its conditions say
 */
public record Way(
    @Nullable Link<PathEvent> last,
    int count,
    @Nullable Link<Path.Guard> guard,
    Map<String, Computed> registers,
    Set<Integer> control,
    Map<Integer, Long> known,
    End end)
    implements Value.Known {
  /**
   * One of a list that is read from its end.
   *
   * @param before the one before it, null of the first
   */
  public record Link<T>(@Nullable Link<T> before, T item) {}

  /** Where a thread begins. */
  public static final Way START = new Way(null, 0, null, Map.of(), Set.of(), Map.of(), End.NONE);

  /** {@return this way after one event more} */
  public Way event(PathEvent event) {
    var link = new Link<>(last, event);
    return new Way(link, count + 1, guard, registers, control, known, end);
  }

  /** {@return this way after a write of a register} */
  public Way register(String name, Computed value) {
    var all = new HashMap<>(registers);
    all.put(name, value);
    return new Way(last, count, guard, all, control, known, end);
  }

  /** {@return this way with other reads that decide whether it goes on so} */
  public Way control(Set<Integer> reads) {
    return new Way(last, count, guard, registers, reads, known, end);
  }

  /** {@return this way, going on or not} */
  public Way end(End newEnd) {
    return new Way(last, count, guard, registers, control, known, newEnd);
  }

  @Override
  public boolean isKnown(int event) {
    return known.containsKey(event);
  }

  @Override
  public long value(int event) {
    return known.getOrDefault(event, 0L);
  }

  /** {@return whether a value is other than 0, if that is certain on this way} */
  public Optional<Boolean> decide(Value value) {
    if (value.isKnown(this)) {
      try {
        return Optional.of(value.evaluate(this) != 0);
      } catch (ArithmeticException _) {
        return Optional.empty();
      }
    }
    Path.Guard asked = plain(value, true);
    for (var g = guard; g != null; g = g.before) {
      if (g.item.value().equals(asked.value())) {
        return Optional.of(g.item.holds() == asked.holds());
      }
    }
    return Optional.empty();
  }

  /** {@return this way if a value is other than 0, or is 0; it must not be decided} */
  public Way assume(Value value, boolean holds) {
    Path.Guard plain = plain(value, holds);
    var more = known;
    if (plain.value() instanceof Value.OfRead(int read) && !plain.holds()) {
      more = with(read, 0);
    } else if (plain.holds()
        && plain.value()
            instanceof
            Value.Binary(Operator operator, Value.OfRead(int read), Value.Constant(long number))
        && operator == Operator.EQ) {
      more = with(read, number);
    }
    return new Way(last, count, new Link<>(guard, plain), registers, control, more, end);
  }

  private Map<Integer, Long> with(int read, long number) {
    var more = new HashMap<>(known);
    more.put(read, number);
    return more;
  }

  /** {@return a condition without comparisons with 0, and with == instead of !=} */
  private static Path.Guard plain(Value value, boolean holds) {
    while (value instanceof Value.Binary(Operator operator, Value left, Value right)) {
      boolean zero = right.equals(new Value.Constant(0));
      if (operator == Operator.NE) {
        holds = zero == holds;
        value = zero ? left : new Value.Binary(Operator.EQ, left, right);
      } else if (operator == Operator.EQ && zero) {
        holds = !holds;
        value = left;
      } else {
        break;
      }
    }
    return new Path.Guard(value, holds);
  }

  /** {@return it as it is at the end} */
  public Path path() {
    var values = new HashMap<String, Value>();
    registers.forEach((name, computed) -> values.put(name, computed.value()));
    return new Path(list(last), list(guard), values, end == End.CUT);
  }

  /** {@return a list, given its last} */
  public static <T> List<T> list(@Nullable Link<T> link) {
    Deque<T> all = new ArrayDeque<>();
    for (; link != null; link = link.before) {
      all.addFirst(link.item);
    }
    return new ArrayList<>(all);
  }
}
