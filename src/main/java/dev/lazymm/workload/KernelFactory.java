package dev.lazymm.workload;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.machine.Memory;

/**
 * Makes the kernel under study for a computer; variants of the kernel are factories of their own.
 */
@FunctionalInterface
public interface KernelFactory {
  /** {@return a kernel that has not booted yet} */
  Kernel make(Memory memory);

  /** {@return a factory of plain kernels with this architecture and lifetime design} */
  static KernelFactory of(Arches.Entry arch, Designs.Entry design) {
    return memory -> new Kernel(memory, arch.make(), design.make());
  }
}
