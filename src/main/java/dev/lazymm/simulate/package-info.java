/**
 * A machine in which time passes: CPUs that run at once, cache lines that move between them, IPIs
 * that take a while. It runs the kernel as it is and counts what the caches do.
 *
 * <p>Start reading at {@link dev.lazymm.simulate.Simulator}. {@code SimulatedCpu} is what kernel
 * code runs on; {@code Engine} decides who goes on, by a {@code CalendarQueue}; {@code Caches} says
 * what an access costs; {@code Watch} says what went wrong, and so do the {@linkplain
 * dev.lazymm.workload.EndLaws laws of end states}.
 *
 * <p>Every run is one interleaving: memory is sequentially consistent, as only one CPU acts at a
 * time and each access takes effect at once.
 */
@NullMarked
package dev.lazymm.simulate;

import org.jspecify.annotations.NullMarked;
