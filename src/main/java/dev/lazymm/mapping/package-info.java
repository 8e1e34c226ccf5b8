/**
 * The Linux kernel's primitives as instructions: what a compiler makes of {@code smp_mb()} or
 * {@code atomic_xchg_acquire()} on each architecture, with the kernel source that says so.
 *
 * <p>A {@link dev.lazymm.mapping.Mapping} is a table of {@link dev.lazymm.mapping.Row}s, one for
 * each primitive, and comes from a TOML file, ours or the user's. {@link
 * dev.lazymm.mapping.Mapping#decode} holds its instructions to an instruction set.
 *
 * <p>This package sees {@code isa}, for what an instruction is, and nothing else of the project. It
 * does not know what the primitives mean: that is {@code litmus.c}.
 */
@NullMarked
package dev.lazymm.mapping;

import org.jspecify.annotations.NullMarked;
