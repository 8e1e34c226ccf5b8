package dev.lazymm.check;

import org.jspecify.annotations.Nullable;

/**
 * A write to a cell, with those before it in coherence order.
 *
 * @param by which event it is
 * @param value what it wrote
 * @param depth how many writes are before it
 * @param before the write before it, null if that is the initial value
 */
record OracleWrite(OraclePlace by, long value, int depth, @Nullable OracleWrite before) {}
