/**
 * Runs litmus tests by the file: with which model, macros and bounds, many side by side, each with
 * its time limit, and holds what comes out to what is expected.
 */
@NullMarked
package dev.lazymm.litmus.run;

import org.jspecify.annotations.NullMarked;
