package dev.lazymm.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Who is watching. The launcher says it, since the shell knows at no cost; else the C library is
 * asked, and to link to it takes longer than many a litmus test.
 */
final class Terminal {
  static final int STDOUT = 1;
  static final int STDERR = 2;

  /** A system property: the digits of those file descriptors that are terminals. */
  private static final String TOLD = "lazymm.terminals";

  private Terminal() {}

  /** {@return whether this file descriptor is a terminal; no, where that cannot be found out} */
  static boolean is(int fd) {
    String told = System.getProperty(TOLD);
    return told == null ? isatty(fd) : told.contains(Integer.toString(fd));
  }

  @SuppressWarnings("restricted") // the manifest allows it
  private static boolean isatty(int fd) {
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
