package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Site;
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
 */
record Operation(
    int event,
    String action,
    String step,
    String what,
    @Nullable Cell cell,
    long old,
    long value,
    @Nullable Site site) {}
