package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.design;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.NoRefcount;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.util.List;

/** The lifetime designs, broken. */
final class DesignFaults {
  private static final KernelMethod GRAB = refcount("mmgrab_lazy_tlb", "mmgrabLazyTlb");
  private static final KernelMethod DROP = refcount("mmdrop_lazy_tlb", "mmdropLazyTlb");
  private static final KernelMethod DROP_SCHED =
      refcount("mmdrop_lazy_tlb_sched", "mmdropLazyTlbSched");
  private static final KernelMethod NO_GRAB = noRefcount("mmgrab_lazy_tlb", "mmgrabLazyTlb");
  private static final KernelMethod NO_DROP = noRefcount("mmdrop_lazy_tlb", "mmdropLazyTlb");
  private static final KernelMethod NO_DROP_SCHED =
      noRefcount("mmdrop_lazy_tlb_sched", "mmdropLazyTlbSched");
  private static final KernelMethod NO_CLEANUP =
      new KernelMethod("cleanup_lazy_tlbs", LazyMm.class, "cleanupLazyTlbs");
  private static final KernelMethod UNLAZY =
      new KernelMethod("mm_unlazy", LazyMm.class, "unlazyMm");
  private static final KernelMethod CLEANUP =
      new KernelMethod("cleanup_lazy_tlbs", Shootdown.class, "cleanupLazyTlbs");
  private static final KernelMethod SHOOT =
      new KernelMethod("do_shoot_lazy_tlb", Shootdown.class, "doShootLazyTlb");

  static final List<Fault> ALL =
      List.of(
          Fault.in(GRAB, "counts nothing")
              .on("refcount", "powerpc-hash")
              .over("e06-idle-exit")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void mmgrabLazyTlb(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I1", "I4"),
          Fault.in(DROP, "drops nothing")
              .on("refcount", "x86-eager")
              .over("use-borrowed")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
                          cpu.smpMb(site);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(DROP_SCHED, "drops twice")
              .on("refcount", "x86-eager")
              .over("e06-idle-exit-move")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
                          super.mmdropLazyTlbSched(cpu, mm);
                          super.mmdropLazyTlbSched(cpu, mm);
                        }
                      }))
              .foundBy("I4", "I5", "UAF"),
          Fault.in(NO_GRAB, "counts although REFCOUNT=n")
              .on("no-refcount", "x86-eager")
              .over("switch-kernel-user-other")
              .by(
                  design(k ->
                      new NoRefcount() {
                        @Override
                        public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(NO_DROP, "drops although REFCOUNT=n")
              .on("shootdown", "powerpc-hash")
              .over("use-borrowed")
              .by(
                  design(k ->
                      new Shootdown(k, false) {
                        @Override
                        public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
                          k.lifetime().mmdrop(cpu, mm, site);
                        }
                      }))
              .foundBy("I4", "UAF"),
          Fault.in(NO_DROP_SCHED, "drops although REFCOUNT=n")
              .on("no-refcount", "x86-eager")
              .over("switch-kernel-user-other")
              .by(
                  design(k ->
                      new NoRefcount() {
                        @Override
                        public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm, Sites.B2A_DROP);
                        }
                      }))
              .foundBy("I4", "I5"),
          Fault.in(NO_CLEANUP, "pins the mm again while it is freed")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(UNLAZY, "drops the reference that __mmput is about to drop")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void unlazyMm(Cpu cpu, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(CLEANUP, "no IPI is sent")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .byWeakening(Sites.SHOOT_IPI)
              .foundBy("I1", "I2"),
          Fault.in(CLEANUP, "does not wait for the handlers")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  design(k ->
                      new Shootdown(k, false) {
                        @Override
                        public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
                          super.cleanupLazyTlbs(Bent.withoutWaiting(cpu), mm);
                        }
                      }))
              .foundBy("I1", "I2"),
          Fault.in(CLEANUP, "shoots the other CPUs, not its own")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  design(k ->
                      new Shootdown(k, false) {
                        @Override
                        public void cleanupLazyTlbs(Cpu cpu, Mm mm) {
                          super.cleanupLazyTlbs(othersOnly(cpu), mm);
                        }
                      }))
              .foundBy("I1", "I2", "WARN"),
          Fault.in(SHOOT, "leaves active_mm as it is")
              .on("shootdown-debug", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  design(k ->
                      new Shootdown(k, true) {
                        @Override
                        protected void doShootLazyTlb(Cpu cpu, KObject info) {
                          super.doShootLazyTlb(keepsActiveMm(cpu, k.current(cpu)), info);
                        }
                      }))
              .foundBy("I1", "I3", "WARN"),
          Fault.in(SHOOT, "leaves the MMU as it is")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  design(k ->
                      new Shootdown(k, false) {
                        @Override
                        protected void doShootLazyTlb(Cpu cpu, KObject info) {
                          super.doShootLazyTlb(Bent.without(cpu, Sites.ROOT), info);
                        }
                      }))
              .foundBy("I2", "I3"),
          Fault.in(SHOOT, "does not ask whether the CPU borrows the mm")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-moved")
              .by(design(ShootsAnybody::new))
              .foundBy("I8"));

  private DesignFaults() {}

  private static KernelMethod refcount(String kernelName, String javaName) {
    return new KernelMethod(kernelName, Refcount.class, javaName);
  }

  private static KernelMethod noRefcount(String kernelName, String javaName) {
    return new KernelMethod(kernelName, NoRefcount.class, javaName);
  }

  /** smp_call_function_many where on_each_cpu_mask belongs. */
  private static Cpu othersOnly(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
        long[] others = cpus.clone();
        others[id() >>> 6] &= ~CpuMask.bit(id());
        super.onEachCpu(others, ipi, info, wait, site);
      }
    };
  }

  private static Cpu keepsActiveMm(Cpu cpu, Task current) {
    return new ForwardingCpu(cpu) {
      @Override
      public void write(Cell cell, long value) {
        if (cell != current.activeMm.cell()) {
          super.write(cell, value);
        }
      }

      @Override
      public void hold(Hold register, KObject object) {}
    };
  }

  /** do_shoot_lazy_tlb without its test. */
  private static final class ShootsAnybody extends Shootdown {
    private final Kernel kernel;

    ShootsAnybody(Kernel kernel) {
      super(kernel, false);
      this.kernel = kernel;
    }

    @Override
    protected void doShootLazyTlb(Cpu cpu, KObject info) {
      Task current = kernel.current(cpu);
      Mm active = kernel.activeMm(cpu, current);
      cpu.write(current.activeMm, kernel.initMm());
      kernel.arch().switchMmIrqsOff(cpu, active, kernel.initMm(), current);
      cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
    }
  }
}
