package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a CPU, as it is told to a {@link Recorder}.
 *
 * @param event its event, NONE for what only that CPU sees
 * @param action the script's action that it is of
 * @param step the kernel function that it is in
 * @param what which operation
 * @param cell of an access, else null
 * @param old the value before a read-modify-write
 * @param value the value read or written; the handle of an object
 * @param site the ordering point; null if it is none
 * @param handling the poll that took the IPI whose handler this is of, NONE outside of handlers
 * @param stack the lines of the kernel that were being run; empty if it is not told to a reader
 */
record Operation(
    int event,
    String action,
    String step,
    String what,
    @Nullable Cell cell,
    long old,
    long value,
    @Nullable Site site,
    int handling,
    List<Source> stack) {
  Operation withValues(long before, long after) {
    return new Operation(event, action, step, what, cell, before, after, site, handling, stack);
  }

  Operation withStack(List<Source> lines) {
    return new Operation(event, action, step, what, cell, old, value, site, handling, lines);
  }
}
