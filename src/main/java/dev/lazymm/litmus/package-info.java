/**
 * Litmus tests: what a test is, whatever language its threads are written in, and the search for
 * its executions under a memory model.
 *
 * <p>A front end turns a file into a {@link dev.lazymm.litmus.LitmusTest}: for each thread all ways
 * through its code, as {@link dev.lazymm.litmus.Path}s of events whose addresses and values are
 * {@link dev.lazymm.litmus.Value}s over what the path's own reads return.
 *
 * <p>This package knows {@code cat} and nothing else of the project.
 */
@NullMarked
package dev.lazymm.litmus;

import org.jspecify.annotations.NullMarked;
