package dev.lazymm.litmus.c;

import dev.lazymm.litmus.Action;
import dev.lazymm.litmus.PathEvent;
import dev.lazymm.litmus.c.Statement.At;
import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts events on ways. */
final class Events {
  private Events() {}

  /** {@return the way after a read, and what it returns} */
  static Result read(Way way, Computed address, Set<String> tags, boolean rmw, Scope scope) {
    Way after = event(way, Action.READ, tags, rmw, address, null, -1, scope);
    return new Result(after, Computed.ofRead(way.count()));
  }

  /**
   * {@return the way after a write}
   *
   * @param readPart the index of the read that it belongs to, or -1
   */
  static Way write(
      Way way, Computed address, Computed value, Set<String> tags, int readPart, Scope scope) {
    return event(way, Action.WRITE, tags, readPart >= 0, address, value, readPart, scope);
  }

  /** {@return the way after an event that both reads and writes, and what it read} */
  static Result update(Way way, Computed address, Computed value, Set<String> tags, Scope scope) {
    Way after = event(way, Action.UPDATE, tags, true, address, value, -1, scope);
    return new Result(after, Computed.ofRead(way.count()));
  }

  /** {@return the way after a fence} */
  static Way fence(Way way, Set<String> tags, Scope scope) {
    return event(way, Action.FENCE, tags, false, null, null, -1, scope);
  }

  /** {@return the way after what neither returns nor writes a value} */
  static Way at(Way way, Action action, Computed address, Set<String> tags, Scope scope) {
    return event(way, action, tags, false, address, null, -1, scope);
  }

  /** {@return the way after taking a lock, and 1} */
  static Result lock(Way way, Computed address, Scope scope) {
    Way read = at(way, Action.LOCK_READ, address, Set.of(), scope);
    Way both = event(read, Action.LOCK_WRITE, Set.of(), false, address, null, way.count(), scope);
    return new Result(both, Computed.of(1, Set.of(way.count())));
  }

  /** {@return the way after looking at a lock, and what is thereby known} */
  static Result look(Way way, Action action, Computed address, long known, Scope scope) {
    Way after = at(way, action, address, Set.of(), scope);
    return new Result(after, Computed.of(known, Set.of(way.count())));
  }

  private static Way event(
      Way way,
      Action action,
      Set<String> tags,
      boolean rmw,
      @Nullable Computed address,
      @Nullable Computed value,
      int readPart,
      Scope scope) {
    At at = scope.at();
    return way.event(
        new PathEvent(
            action,
            tags,
            rmw,
            address == null ? null : address.value(),
            value == null ? null : value.value(),
            readPart,
            address == null ? Set.of() : address.reads(),
            value == null ? Set.of() : value.reads(),
            way.control(),
            Map.of(),
            0,
            at.line(),
            at.text()));
  }
}
