/** The parser that ANTLR generates from {@code State.g4}. */
@NullMarked
package dev.lazymm.litmus.grammar;

import org.jspecify.annotations.NullMarked;
