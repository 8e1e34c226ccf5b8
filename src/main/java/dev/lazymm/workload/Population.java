package dev.lazymm.workload;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Memory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mms and tasks that a memory has, dead or alive, in the order of their handles. Found once for
 * the many executions that look through them.
 *
 * @param objects how many objects the memory had then
 */
public record Population(int objects, List<Mm> mms, List<Task> tasks) {
  public Population {
    mms = List.copyOf(mms);
    tasks = List.copyOf(tasks);
  }

  /** {@return those of a memory as it is now} */
  public static Population of(Memory memory) {
    int n = memory.objectCount();
    return new Population(n, all(memory, n, Mm.class), all(memory, n, Task.class));
  }

  private static <T> List<T> all(Memory memory, int objects, Class<T> type) {
    return IntStream.rangeClosed(1, objects)
        .mapToObj(memory::object)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** {@return this, or what the memory has now if objects were made since} */
  public Population upToDate(Memory memory) {
    return memory.objectCount() == objects ? this : of(memory);
  }
}
