/**
 * The front end for litmus tests in C, as herd reads them and a little more.
 *
 * <p>{@link dev.lazymm.litmus.c.CLitmus} is the way in. A test's threads are first trees, {@code
 * Statement} and {@code Expression}. What they call is defined in a {@code .def} file in terms of a
 * few {@code Primitive}s; {@link dev.lazymm.litmus.c.Macros} holds those definitions. {@code
 * Statements}, {@code Expressions} and {@code Accesses} then walk the trees, and come back with all
 * ways through a thread, each a {@code Way} that becomes a {@link dev.lazymm.litmus.Path}.
 */
@NullMarked
package dev.lazymm.litmus.c;

import org.jspecify.annotations.NullMarked;
