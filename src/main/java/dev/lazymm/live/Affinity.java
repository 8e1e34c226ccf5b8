package dev.lazymm.live;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds threads to processors, by sched_setaffinity(2). Where the system does not offer that, or
 * has too few processors, threads run where they like.
 */
final class Affinity {
  private static final int PROCESSORS = 1024; // a cpu_set_t
  private static final int BYTES = PROCESSORS / Byte.SIZE;

  private Affinity() {}

  /** {@return the processors that this thread may run on; none if that cannot be found out} */
  static List<Integer> allowed() {
    List<Integer> allowed = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(BYTES, Long.BYTES);
      if (call("sched_getaffinity", set) >= 0) {
        for (int i = 0; i < PROCESSORS; i++) {
          if ((set.get(ValueLayout.JAVA_BYTE, i / Byte.SIZE) & 1 << i % Byte.SIZE) != 0) {
            allowed.add(i);
          }
        }
      }
    }
    return allowed;
  }

  /** Binds the calling thread to one processor; {@return whether that was done} */
  static boolean bind(int processor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(BYTES, Long.BYTES);
      set.set(ValueLayout.JAVA_BYTE, processor / Byte.SIZE, (byte) (1 << processor % Byte.SIZE));
      return call("sched_setaffinity", set) == 0;
    }
  }

  /** {@return what the function returns for the calling thread; -1 if there is no such function} */
  @SuppressWarnings("restricted") // the manifest allows it
  private static int call(String function, MemorySegment set) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle handle =
          linker.downcallHandle(
              linker.defaultLookup().find(function).orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS));
      return (int) handle.invokeExact(0, (long) BYTES, set);
    } catch (Throwable e) {
      return -1;
    }
  }
}
