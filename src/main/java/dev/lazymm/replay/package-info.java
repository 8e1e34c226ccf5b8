/**
 * Replays recorded schedules of real kernels on the modelled kernel and counts what each design
 * would have cost: {@code dev.lazymm.kernel} on the machine where every step happens at once, one
 * computer for each pair of a design and an architecture. Nothing is counted here that the kernel
 * code did not do.
 *
 * <pre>{@code
 * var options = Replayer.Options.everything().between("LZ_BEGIN", "LZ_END");
 * ReplayReport report =
 *     Replay.run(Path.of("boot.trace.txt.gz"), Path.of("boot.tasks.txt"), options, bytes -> {});
 * long grabs = report.designs().get("refcount").get("x86-eager").lazyGrabs();
 * }</pre>
 *
 * <p>Reading on: {@link dev.lazymm.replay.Replay} is the way in, {@link dev.lazymm.replay.Replayer}
 * receives the events. A recording names no mm: {@code Schedule} says for each event which kernel
 * function stands behind it and what that means for tasks and mms, {@code Computer} keeps who runs
 * where. {@code Lookahead} and {@code ExitTimes} are about the one thing that events tell too late:
 * that a task has passed exit_mm. {@code Model} is one driven kernel, {@code Counters} its meter.
 */
@NullMarked
package dev.lazymm.replay;

import org.jspecify.annotations.NullMarked;
