package dev.lazymm.check;

import org.jspecify.annotations.Nullable;

/**
 * An event of a thread, with those before it.
 *
 * @param text as in the canonical key
 * @param before the event before it on the same thread
 */
record OracleEvent(String text, @Nullable OracleEvent before) {}
