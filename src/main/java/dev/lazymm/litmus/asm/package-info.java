/**
 * The front end for litmus tests in assembly, of whatever architecture.
 *
 * <p>{@link dev.lazymm.litmus.asm.AsmLitmus} is the way in. What an instruction does is known to
 * {@code isa}; {@code Walk} goes all ways through a thread of them, and keeps for each register
 * which reads its value depends on.
 */
@NullMarked
package dev.lazymm.litmus.asm;

import org.jspecify.annotations.NullMarked;
