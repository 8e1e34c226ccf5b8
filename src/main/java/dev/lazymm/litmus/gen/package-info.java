/** Makes litmus tests: cycles of accesses that a model must forbid or allow. */
@NullMarked
package dev.lazymm.litmus.gen;

import org.jspecify.annotations.NullMarked;
