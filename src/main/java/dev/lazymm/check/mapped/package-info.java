/**
 * What the operations of the abstract machine are to a memory model: the events that the litmus
 * engine makes of the same primitive, of its C text or of the instructions that an architecture's
 * mapping has for it. So kernel code and litmus tests are judged by one definition.
 *
 * <p>Start reading at {@link dev.lazymm.check.mapped.Expansions}.
 */
@NullMarked
package dev.lazymm.check.mapped;

import org.jspecify.annotations.NullMarked;
