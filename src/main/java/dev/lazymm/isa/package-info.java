/**
 * Instruction sets: how assembly is written, and what an instruction does.
 *
 * <p>{@link dev.lazymm.isa.Isa} is one instruction set. It is given {@link dev.lazymm.isa.Line}s,
 * which {@link dev.lazymm.isa.Table} reads in one syntax wide enough for all of them, and says of
 * each which {@link dev.lazymm.isa.Op}s it is: loads, stores, fences and branches, in terms that
 * all architectures share. What only one architecture has is a tag on an event, or a register of a
 * name that no program can write.
 *
 * <p>This package knows nothing else of the project.
 */
@NullMarked
package dev.lazymm.isa;

import org.jspecify.annotations.NullMarked;
