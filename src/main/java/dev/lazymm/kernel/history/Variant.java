package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.ExecMmap;
import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.machine.Memory;
import java.util.function.Function;

/** Makes a kernel that differs in one part from the one of the architecture and the design. */
@FunctionalInterface
public interface Variant {
  /** The plain kernel. */
  Variant PLAIN = Kernel::new;

  /** {@return a kernel of this architecture and design, but for what the variant replaces} */
  Kernel make(
      Memory memory, Function<Kernel, ? extends Arch> arch, Function<Kernel, LazyMm> design);

  /** {@return another class in place of the architecture's} */
  static Variant arch(Function<Kernel, ? extends Arch> part) {
    return (memory, arch, design) -> new Kernel(memory, part, design);
  }

  /** {@return another class in place of the design's} */
  static Variant design(Function<Kernel, LazyMm> part) {
    return (memory, arch, design) -> new Kernel(memory, arch, part);
  }

  /** {@return another mmget, mmput, mmgrab and mmdrop} */
  static Variant lifetime(Function<Kernel, Lifetime> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Lifetime makeLifetime() {
            return part.apply(this);
          }
        };
  }

  /** {@return another exec_mmap} */
  static Variant execMmap(Function<Kernel, ExecMmap> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected ExecMmap makeExecMmap() {
            return part.apply(this);
          }
        };
  }

  /** {@return another hotplug} */
  static Variant hotplug(Function<Kernel, Hotplug> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Hotplug makeHotplug() {
            return part.apply(this);
          }
        };
  }

  /** {@return another kthread_use_mm} */
  static Variant kthreadUseMm(Function<Kernel, KthreadUseMm> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected KthreadUseMm makeKthreadUseMm() {
            return part.apply(this);
          }
        };
  }

  /** {@return another exit_mm} */
  static Variant exitMm(Function<Kernel, ExitMm> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected ExitMm makeExitMm() {
            return part.apply(this);
          }
        };
  }

  /** {@return another membarrier(2)} */
  static Variant membarrier(Function<Kernel, MembarrierDesign> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected MembarrierDesign makeMembarrier() {
            return part.apply(this);
          }
        };
  }
}
