/**
 * Is it minimal? Every named site of a kernel weakened alone, over scenarios, under memory models.
 *
 * <p>Start reading at {@link dev.lazymm.barriers.Question}; {@link dev.lazymm.barriers.Analysis}
 * answers it, {@link dev.lazymm.barriers.OneSite} cell by cell, and {@link
 * dev.lazymm.barriers.Relaxation} looks for what can be weakened together.
 */
@NullMarked
package dev.lazymm.barriers;

import org.jspecify.annotations.NullMarked;
