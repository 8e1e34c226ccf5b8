/**
 * Kernels that are broken on purpose, and the invariants that find them. Each subsystem has a list
 * of {@link dev.lazymm.check.faults.Fault}s; {@link dev.lazymm.check.faults.FaultsTest} checks them
 * all and prints the table of docs/faults.md.
 */
@NullMarked
package dev.lazymm.check.faults;

import org.jspecify.annotations.NullMarked;
