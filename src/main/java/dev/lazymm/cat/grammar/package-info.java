/** The parser that ANTLR generates from {@code Cat.g4}. */
@NullMarked
package dev.lazymm.cat.grammar;

import org.jspecify.annotations.NullMarked;
