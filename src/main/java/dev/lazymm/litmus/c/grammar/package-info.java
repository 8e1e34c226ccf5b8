/** The parser that ANTLR generates from {@code C.g4}. */
@NullMarked
package dev.lazymm.litmus.c.grammar;

import org.jspecify.annotations.NullMarked;
