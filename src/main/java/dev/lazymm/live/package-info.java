/**
 * The machine of real threads: runs the kernel and the scenarios unchanged, one thread a CPU, and
 * watches the invariants that can be watched cheaply while it does.
 *
 * <p>Start reading at {@link dev.lazymm.live.Live}, which runs a prepared scenario round after
 * round; {@link dev.lazymm.live.LiveCpu} says what each operation is on real hardware, {@link
 * dev.lazymm.live.Watch} how invariants are watched without false alarms. The only package with
 * {@code VarHandle}s.
 *
 * <p>Nothing here is deterministic, and nothing is calibrated: what it shows is that something can
 * happen, never that it cannot, nor how long it takes.
 */
@NullMarked
package dev.lazymm.live;

import org.jspecify.annotations.NullMarked;
