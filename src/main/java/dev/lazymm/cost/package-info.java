/**
 * What machines are like: how many CPUs they have, how far apart these are, and what each operation
 * costs. A machine is a TOML file; start reading at {@link dev.lazymm.cost.MachineModel}, {@link
 * dev.lazymm.cost.MachineFile} reads it. Knows nothing of the kernel.
 */
@NullMarked
package dev.lazymm.cost;

import org.jspecify.annotations.NullMarked;
