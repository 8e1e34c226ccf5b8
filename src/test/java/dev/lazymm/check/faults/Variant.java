package dev.lazymm.check.faults;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.ExecMmap;
import dev.lazymm.kernel.ExitMm;
import dev.lazymm.kernel.Fork;
import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.MembarrierDesign;
import dev.lazymm.kernel.Scheduler;
import dev.lazymm.kernel.Smp;
import dev.lazymm.machine.Memory;
import java.util.function.Function;

/** Makes a kernel that differs from the plain one in one part. */
@FunctionalInterface
interface Variant {
  /** The plain kernel. */
  Variant PLAIN = Kernel::new;

  /** {@return a kernel of this architecture and design, but for what the variant replaces} */
  Kernel make(Memory memory, Function<Kernel, Arch> arch, Function<Kernel, LazyMm> design);

  static Variant scheduler(Function<Kernel, Scheduler> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Scheduler makeScheduler() {
            return part.apply(this);
          }
        };
  }

  static Variant lifetime(Function<Kernel, Lifetime> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Lifetime makeLifetime() {
            return part.apply(this);
          }
        };
  }

  static Variant exitMm(Function<Kernel, ExitMm> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected ExitMm makeExitMm() {
            return part.apply(this);
          }
        };
  }

  static Variant execMmap(Function<Kernel, ExecMmap> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected ExecMmap makeExecMmap() {
            return part.apply(this);
          }
        };
  }

  static Variant kthreadUseMm(Function<Kernel, KthreadUseMm> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected KthreadUseMm makeKthreadUseMm() {
            return part.apply(this);
          }
        };
  }

  static Variant fork(Function<Kernel, Fork> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Fork makeFork() {
            return part.apply(this);
          }
        };
  }

  static Variant membarrier(Function<Kernel, ? extends MembarrierDesign> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected MembarrierDesign makeMembarrier() {
            return part.apply(this);
          }
        };
  }

  static Variant smp(Function<Kernel, Smp> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Smp makeSmp() {
            return part.apply(this);
          }
        };
  }

  static Variant hotplug(Function<Kernel, Hotplug> part) {
    return (memory, arch, design) ->
        new Kernel(memory, arch, design) {
          @Override
          protected Hotplug makeHotplug() {
            return part.apply(this);
          }
        };
  }

  static Variant arch(Function<Kernel, Arch> part) {
    return (memory, arch, design) -> new Kernel(memory, part, design);
  }

  static Variant design(Function<Kernel, LazyMm> part) {
    return (memory, arch, design) -> new Kernel(memory, arch, part);
  }
}
