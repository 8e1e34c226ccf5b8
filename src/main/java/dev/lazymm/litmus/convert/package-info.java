/**
 * Compiles litmus tests in C to litmus tests in assembly.
 *
 * <p>{@link dev.lazymm.litmus.convert.Converter} is the way in. What a primitive of the kernel's
 * becomes stands in a table of {@code mapping}; how an instruction set moves, adds, compares and
 * branches is known to its {@code Dialect}. The compiler is a naive one, on purpose: it goes
 * through the source in order, leaves nothing out, and keeps every dependency that the source has
 * by its syntax.
 */
@NullMarked
package dev.lazymm.litmus.convert;

import org.jspecify.annotations.NullMarked;
