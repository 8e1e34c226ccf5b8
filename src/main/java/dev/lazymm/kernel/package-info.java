/**
 * The subsystem under study, written once in the kernel's own words: who may use an {@link
 * dev.lazymm.kernel.Mm}, who borrows it lazily, and when it is freed.
 *
 * <p>Start reading at {@link dev.lazymm.kernel.Scheduler} (context_switch and its four cases), then
 * {@link dev.lazymm.kernel.Lifetime}, then the two seams: {@link dev.lazymm.kernel.LazyMm}, the
 * lifetime design, and {@link dev.lazymm.kernel.Arch}. {@link dev.lazymm.kernel.Kernel} puts them
 * together; a variant overrides the one method that differs, and those that Linux once had are in
 * {@code dev.lazymm.kernel.history}.
 *
 * <p>This package sees only {@code dev.lazymm.machine}.
 */
@NullMarked
package dev.lazymm.kernel;

import org.jspecify.annotations.NullMarked;
