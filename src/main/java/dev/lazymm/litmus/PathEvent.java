package dev.lazymm.litmus;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event on a path, with what is computed in terms of the reads before it.
 *
 * @param action what it does
 * @param tags the annotations it carries, as spelled in the .def file: {@code ONCE}, {@code wmb}
 * @param rmw whether it is part of a read-modify-write, successful or not
 * @param address of all but fences
 * @param value what a WRITE or an UPDATE writes; null of others
 * @param readPart of the write part of a successful read-modify-write, the index of its read part
 *     in the path, of a LOCK_WRITE its LOCK_READ; else -1
 * @param addr the reads of the path, by index, that its address depends on
 * @param data the reads that the value written depends on
 * @param ctrl the reads that decide whether it is executed
 * @param more the earlier events of the path that are related to it, by index, by the name of what
 *     else an architecture's models ask about: {@code pick-addr}
 * @param size how many bytes it accesses; 0 where sizes do not matter
 * @param line the line of its statement in the test, from 1
 * @param text its statement
 */
public record PathEvent(
    Action action,
    Set<String> tags,
    boolean rmw,
    @Nullable Value address,
    @Nullable Value value,
    int readPart,
    Set<Integer> addr,
    Set<Integer> data,
    Set<Integer> ctrl,
    Map<String, Set<Integer>> more,
    int size,
    int line,
    String text) {
  public PathEvent {
    tags = Set.copyOf(tags);
    addr = Set.copyOf(addr);
    data = Set.copyOf(data);
    ctrl = Set.copyOf(ctrl);
    more = Map.copyOf(more);
  }

  /** {@return the same event, as that of another statement} */
  public PathEvent at(int newLine, String newText) {
    return new PathEvent(
        action, tags, rmw, address, value, readPart, addr, data, ctrl, more, size, newLine,
        newText);
  }

  /** {@return the same event, otherwise related to earlier ones} */
  public PathEvent relatedBy(Map<String, Set<Integer>> newMore) {
    return new PathEvent(
        action, tags, rmw, address, value, readPart, addr, data, ctrl, newMore, size, line, text);
  }
}
