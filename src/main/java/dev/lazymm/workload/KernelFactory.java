package dev.lazymm.workload;

import dev.lazymm.kernel.Arches;
import dev.lazymm.kernel.Designs;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.Membarriers;
import dev.lazymm.machine.Memory;

/**
 * Makes the kernel under study for a computer; variants of the kernel are factories of their own.
 */
@FunctionalInterface
public interface KernelFactory {
  /** {@return a kernel that has not booted yet} */
  Kernel make(Memory memory);

  /** {@return a factory of plain kernels with this architecture and these designs} */
  static KernelFactory of(Arches.Entry arch, Designs.Entry design) {
    return of(arch, design, design.membarrier());
  }

  private static KernelFactory of(
      Arches.Entry arch, Designs.Entry design, Membarriers.Entry membarrier) {
    return memory ->
        new Kernel(memory, arch.make(), design.make()) {
          @Override
          protected MembarrierDesign makeMembarrier() {
            return membarrier.make().apply(this);
          }
        };
  }
}
