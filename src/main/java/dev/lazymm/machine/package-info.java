/**
 * What kernel code needs from a computer, and no more.
 *
 * <p>Start reading at {@link dev.lazymm.machine.Cpu}: every operation that kernel code can do. A
 * {@link dev.lazymm.machine.Cell} is a handle without a value; the machine that runs the code holds
 * the values, as an execution graph, as cache lines, as counters or as off-heap memory. {@link
 * dev.lazymm.machine.Memory} is where cells and objects are made. {@link
 * dev.lazymm.machine.SequentialMachine} is the simplest machine: every step happens at once. It
 * boots the others.
 *
 * <p>This package imports nothing of ours.
 */
@NullMarked
package dev.lazymm.machine;

import org.jspecify.annotations.NullMarked;
