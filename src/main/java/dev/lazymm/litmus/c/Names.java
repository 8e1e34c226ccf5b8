package dev.lazymm.litmus.c;

import dev.lazymm.litmus.way.Computed;
import dev.lazymm.litmus.way.Way;
import java.util.Map;
import java.util.Set;

/**
 * What names in a thread stand for that it has not assigned to.
 *
 * @param initial what is in registers at the start
 * @param locals what the thread declares
 * @param parameters its parameters
 * @param addresses of all locations, by name
 */
record Names(
    Map<String, Long> initial,
    Set<String> locals,
    Set<String> parameters,
    Map<String, Long> addresses) {
  /** {@return the value of a name on a way} */
  Computed value(Way way, String name) {
    Computed written = way.registers().get(name);
    if (written != null) {
      return written;
    }
    Long start = initial.get(name);
    if (start != null) {
      return Computed.of(start);
    }
    boolean global = parameters.contains(name) || !locals.contains(name);
    return Computed.of(global ? addresses.getOrDefault(name, 0L) : 0);
  }
}
