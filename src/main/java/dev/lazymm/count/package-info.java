/**
 * What the kernel's code does in one idle round trip, one switch, one exit: counted operation by
 * operation on the machine where every step happens at once. Nothing is in a count that the code of
 * {@code dev.lazymm.kernel} did not do, and nothing is said of time.
 *
 * <p>Reading on: {@link dev.lazymm.count.Episode} says what is counted, {@link
 * dev.lazymm.count.Meter} how, {@link dev.lazymm.count.Count} is what comes out. {@link
 * dev.lazymm.count.StaleReads} watches for something else on the same machine: who still reads a
 * pointer to an mm that is gone.
 */
@NullMarked
package dev.lazymm.count;

import org.jspecify.annotations.NullMarked;
