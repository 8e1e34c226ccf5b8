/**
 * Is it minimal? Every named site of a kernel weakened alone, over scenarios, under memory models.
 *
 * <p>Start reading at {@link dev.lazymm.barriers.Question}; {@link dev.lazymm.barriers.Analysis}
 * answers it cell by cell, {@link dev.lazymm.barriers.Relaxation} looks for what can be weakened
 * together, and {@link dev.lazymm.barriers.RoundTrip} counts what that is worth.
 */
@NullMarked
package dev.lazymm.barriers;

import org.jspecify.annotations.NullMarked;
