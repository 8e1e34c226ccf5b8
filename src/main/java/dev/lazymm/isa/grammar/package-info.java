/** The parser that ANTLR generates from {@code Asm.g4}. */
@NullMarked
package dev.lazymm.isa.grammar;

import org.jspecify.annotations.NullMarked;
