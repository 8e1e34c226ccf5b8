/**
 * Litmus tests of what the checker finds: a harm, or a barrier that is needed, as a few lines of C
 * that {@code herd7} reads, and as assembly. Start at {@link dev.lazymm.export.Exporter}.
 */
@NullMarked
package dev.lazymm.export;

import org.jspecify.annotations.NullMarked;
