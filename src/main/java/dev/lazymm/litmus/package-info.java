/**
 * Litmus tests: what a test is, whatever language its threads are written in, and the search for
 * its executions under a memory model.
 *
 * <p>A front end turns a file into a {@link dev.lazymm.litmus.LitmusTest}: for each thread all ways
 * through its code, as {@link dev.lazymm.litmus.Path}s of events whose addresses and values are
 * {@link dev.lazymm.litmus.Value}s over what the path's own reads return.
 *
 * <p>What is the same in all languages is read here: {@link dev.lazymm.litmus.Sections} tells a
 * file's parts apart, {@link dev.lazymm.litmus.InitialState} and {@link
 * dev.lazymm.litmus.FinalState} read two of them, and {@link dev.lazymm.litmus.Syntax} sets up a
 * front end's own parser. Whatever is wrong with a file is a {@link
 * dev.lazymm.litmus.LitmusException}, with a picture of where.
 *
 * <p>This package knows {@code cat} and nothing else of the project.
 */
@NullMarked
package dev.lazymm.litmus;

import org.jspecify.annotations.NullMarked;
