package dev.lazymm.workload;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mms and tasks that a memory has, dead or alive: those of the start in the order of their
 * handles, then the others by the CPU that first took their slot and how many it had taken: an
 * order that does not depend on what was explored first. Found once for the many executions that
 * look through them.
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

  /** Setup takes its slots from a row that no CPU uses. */
  private static Comparator<KObject> order(int cpus) {
    return Comparator.comparingInt(
            (KObject o) -> o.slab() == null || o.slotCpu() >= cpus ? -1 : o.slotCpu())
        .thenComparingInt(
            o -> o.slab() == null || o.slotCpu() >= cpus ? o.handle() : o.slotNumber());
  }

  private static <T extends KObject> List<T> all(Memory memory, int objects, Class<T> type) {
    return IntStream.rangeClosed(1, objects)
        .mapToObj(memory::object)
        .filter(type::isInstance)
        .map(type::cast)
        .sorted(order(memory.cpus()))
        .toList();
  }

  /** {@return this, or what the memory has now if objects were made since} */
  public Population upToDate(Memory memory) {
    return memory.objectCount() == objects ? this : of(memory);
  }
}
