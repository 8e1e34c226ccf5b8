package dev.lazymm.workload;

import dev.lazymm.kernel.Mm;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far one run of a CPU's script has come, and what its attempts gave. Made anew for each run
 * and each preemption, so that a script itself never changes.
 */
final class Progress {
  /** What mmget_not_zero gave: the mm, or nothing. */
  record Taken(@Nullable Mm mm) {}

  /** The name of the current task, null for the idle task. */
  @Nullable String current;

  /** How many loads stand before this point. */
  int loads;

  /** How many calls of membarrier stand before this point. */
  int calls;

  /** For each kernel thread between use and unuse what the use took. */
  final Map<String, Taken> uses = new HashMap<>();

  private final Map<String, Deque<Taken>> gets = new HashMap<>();
  private final Map<String, Mm> known = new HashMap<>();
  private final Set<String> started = new HashSet<>();

  Progress(@Nullable String current, int loads, int calls) {
    this.current = current;
    this.loads = loads;
    this.calls = calls;
  }

  /** {@return whether the task had not been run here before} */
  boolean starts(String task) {
    return started.add(task);
  }

  /** Notes that this CPU holds a reference of an mm that is not one of the start. */
  void know(String name, Mm mm) {
    known.put(name, mm);
  }

  @Nullable Mm known(String name) {
    return known.get(name);
  }

  void got(String name, Taken taken) {
    gets.computeIfAbsent(name, n -> new ArrayDeque<>()).push(taken);
  }

  /** {@return what the latest get took, which is given back now} */
  Taken ungot(String name) {
    return Objects.requireNonNull(gets.get(name), name).pop();
  }

  /** {@return whether the current task is a kernel thread whose use failed} */
  boolean useFailed() {
    Taken used = current == null ? null : uses.get(current);
    return used != null && used.mm() == null;
  }
}
