package dev.lazymm.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Asks the C library who is watching. */
final class Terminal {
  static final int STDOUT = 1;
  static final int STDERR = 2;

  private Terminal() {}

  /** {@return whether this file descriptor is a terminal; no, where that cannot be found out} */
  @SuppressWarnings("restricted") // the manifest allows it
  static boolean is(int fd) {
    try {
      Linker linker = Linker.nativeLinker();
      return (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("isatty").orElseThrow(),
                      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                  .invokeExact(fd)
          == 1;
    } catch (Throwable e) {
      return false;
    }
  }
}
