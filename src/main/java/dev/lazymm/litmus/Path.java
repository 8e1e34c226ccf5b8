package dev.lazymm.litmus;

import java.util.List;
import java.util.Map;

/**
 * One way through a thread's code.
 *
 * @param events in program order
 * @param guards what must be so for the thread to go this way
 * @param registers the registers that it writes, and what is in them at the end
 * @param cut whether it ends because a loop was unrolled as often as allowed
 */
public record Path(
    List<PathEvent> events, List<Guard> guards, Map<String, Value> registers, boolean cut) {
  /**
   * A condition on the way.
   *
   * @param value what is asked
   * @param holds whether it must be other than 0, or 0
   */
  public record Guard(Value value, boolean holds) {}

  public Path {
    events = List.copyOf(events);
    guards = List.copyOf(guards);
    registers = Map.copyOf(registers);
  }
}
