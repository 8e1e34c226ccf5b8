package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * I1+, which no kernel needs to be safe: whoever neither runs nor owns an mm has no active_mm
 * either. What a sleeper keeps there is of no use and may be freed at any time; a reader who takes
 * it for a borrow is lost. Judged at the end, idle tasks included.
 */
final class NoStalePointer implements Invariant {
  @Override
  public String name() {
    return "I1+";
  }

  @Override
  public String about() {
    return "no stale pointer: who neither runs nor owns an mm has no active_mm";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    List<Integer> cpus = IntStream.range(0, x.memory().cpus()).boxed().toList();
    List<Task> running = cpus.stream().map(x::current).toList();
    return Stream.concat(cpus.stream().map(c -> x.kernel().cpuRq(c).idle), x.tasks().stream())
        .filter(task -> !running.contains(task) && !x.freed(task) && x.value(task.mm) == null)
        .flatMap(task -> finding(x, task).stream())
        .findFirst();
  }

  private static Optional<Finding> finding(Execution x, Task task) {
    Mm stale = x.value(task.activeMm);
    if (stale == null) {
      return Optional.empty();
    }
    String what =
        "%s sleeps and owns no mm, but its active_mm is %s%s"
            .formatted(task, stale, x.freed(stale) ? ", which is freed" : "");
    return Optional.of(new Finding(what, CountLaw.lastEvents(x), false));
  }
}
