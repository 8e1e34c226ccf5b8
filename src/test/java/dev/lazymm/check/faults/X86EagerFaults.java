package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.X86;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.X86Flush;
import dev.lazymm.kernel.history.SyncCoreNotInIrq;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** arch/x86/mm/tlb.c up to v6.13, broken. */
final class X86EagerFaults {
  private static final KernelMethod BRING_UP = x86("start_secondary", "bringUp");
  private static final KernelMethod SWITCH_MM_IRQS_OFF =
      x86("switch_mm_irqs_off", "switchMmIrqsOff");
  private static final KernelMethod SWITCH_MM =
      new KernelMethod("switch_mm", Arch.class, "switchMm");
  private static final KernelMethod LOAD_NEW_MM_CR3 = x86("load_new_mm_cr3", "loadNewMmCr3");
  private static final KernelMethod ENTER_LAZY_TLB = x86("enter_lazy_tlb", "enterLazyTlb");
  private static final KernelMethod ACTIVATE_MM = x86("activate_mm", "activateMm");
  private static final KernelMethod LEAVE_MM = x86("leave_mm", "leaveMm");
  private static final KernelMethod FLUSH_TLB_MM_RANGE =
      flush("flush_tlb_mm_range", "flushTlbMmRange");
  private static final KernelMethod TLB_IS_NOT_LAZY = method("tlb_is_not_lazy", "shouldFlushTlb");
  private static final KernelMethod FLUSH_TLB_FUNC = flush("flush_tlb_func", "flushTlbFunc");
  private static final KernelMethod DESTROY_CONTEXT =
      new KernelMethod("destroy_context", Arch.class, "destroyContext");

  private static final KernelMethod SYNC_CORE =
      x86("sync_core_before_usermode", "syncCoreBeforeUsermode");

  static final List<Fault> ALL =
      List.of(
          Fault.in(SYNC_CORE, "does nothing in an interrupt")
              .as("R24")
              .on("refcount", "x86-eager")
              .over("membarrier-sync-core")
              .by(arch(k -> new SyncCoreNotInIrq(k, k.memory())))
              .foundBy("I9"),
          Fault.in(SYNC_CORE, "does nothing")
              .on("refcount", "x86-eager")
              .over("membarrier-sync-core-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void syncCoreBeforeUsermode(Cpu cpu, Site site) {}
                      }))
              .foundBy("I9"),
          Fault.in(BRING_UP, "loaded_mm stays NULL")
              .on("refcount", "x86-eager")
              .over("cpu 0: run A1")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void bringUp(Cpu cpu) {}
                      }))
              .foundBy("OOPS"),
          Fault.in(SWITCH_MM_IRQS_OFF, "the bit in mm_cpumask is set after CR3")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) munmap", "cpu 1: run A2")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          super.switchMmIrqsOff(lateBit(cpu, next), prev, next, tsk);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(SWITCH_MM_IRQS_OFF, "believes active_mm, not loaded_mm")
              .on("refcount", "x86-eager")
              .over("e12-munmap-same")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          if (prev != next) {
                            super.switchMmIrqsOff(cpu, prev, next, tsk);
                          }
                        }
                      }))
              .foundBy("I8"),
          Fault.in(SWITCH_MM, "switch_mm_irqs_off is reached with interrupts on")
              .as("R18")
              .on("refcount", "x86-eager")
              .over("exec-last-user")
              .byWeakening(Sites.IRQ_SWITCH_MM)
              .foundBy("I3", "WARN"),
          Fault.in(LOAD_NEW_MM_CR3, "CR3 is not written")
              .on("refcount", "x86-eager")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void loadNewMmCr3(
                            Cpu cpu, Mm next, int asid, boolean needFlush) {}
                      }))
              .foundBy("I3", "I8"),
          Fault.in(ENTER_LAZY_TLB, "is_lazy is not set")
              .on("refcount", "x86-eager")
              .over("e12-leave-mm")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {}
                      }))
              .foundBy("WARN"),
          Fault.in(ENTER_LAZY_TLB, "a lazy CPU takes itself out of mm_cpumask")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {
                          super.enterLazyTlb(cpu, mm, tsk);
                          cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(ACTIVATE_MM, "does nothing")
              .on("refcount", "x86-eager")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void activateMm(Cpu cpu, Mm prev, Mm next) {}
                      }))
              .foundBy("I8"),
          Fault.in(LEAVE_MM, "interrupts stay on")
              .on("refcount", "x86-eager")
              .over("e12-leave-mm")
              .byWeakening(Sites.IRQ_LEAVE)
              .foundBy("I3", "WARN"),
          Fault.in(LEAVE_MM, "moves active_mm too, and drops nothing")
              .on("refcount", "x86-eager")
              .over("e12-leave-mm-exit")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void leaveMm(Cpu cpu) {
                          super.leaveMm(cpu);
                          cpu.write(k.current(cpu).activeMm, k.initMm());
                          cpu.hold(Kernel.ACTIVE_MM, k.initMm());
                        }
                      }))
              .foundBy("I4"),
          Fault.in(FLUSH_TLB_MM_RANGE, "no IPI is sent")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) munmap", "cpu 1: (A2)")
              .byWeakening(Sites.FLUSH_IPI)
              .foundBy("I2"),
          Fault.in(FLUSH_TLB_MM_RANGE, "does not wait for the handlers")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void flushTlbMmRange(
                            Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
                          super.flushTlbMmRange(Bent.withoutWaiting(cpu), mm, range, freedTables);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(FLUSH_TLB_MM_RANGE, "this CPU's own TLB is left out")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void flushTlbMmRange(
                            Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
                          super.flushTlbMmRange(withoutOwnFlush(cpu), mm, range, freedTables);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(FLUSH_TLB_MM_RANGE, "lazy CPUs are skipped although tables are freed")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void flushTlbMmRange(
                            Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
                          super.flushTlbMmRange(cpu, mm, range, false);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(TLB_IS_NOT_LAZY, "takes everybody for lazy")
              .on("refcount", "x86-eager")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected boolean shouldFlushTlb(
                            Cpu cpu, int target, Mm mm, boolean trimCpumask) {
                          return false;
                        }
                      }))
              .foundBy("I7"),
          Fault.in(FLUSH_TLB_FUNC, "a lazy CPU puts the flush off")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void flushTlbFunc(Cpu cpu, KObject info) {
                          if (cpu.read(k.current(cpu).mm) != null) {
                            super.flushTlbFunc(cpu, info);
                          }
                        }
                      }))
              .foundBy("I2"),
          Fault.in(DESTROY_CONTEXT, "frees the pgd once more")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void destroyContext(Cpu cpu, Mm mm) {
                          cpu.free(mm.pgd);
                        }
                      }))
              .foundBy("I5"));

  private X86EagerFaults() {}

  /** The flush on the CPU that asks for it is missing; CPUs that take the IPI are their own. */
  private static Cpu withoutOwnFlush(Cpu cpu) {
    return new ForwardingCpu(Bent.without(cpu, Sites.FLUSH_LOCAL)) {
      @Override
      public void onEachCpu(long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
        long[] others = cpus.clone();
        others[id() >>> 6] &= ~CpuMask.bit(id());
        super.onEachCpu(others, ipi, info, wait, site);
      }
    };
  }

  private static KernelMethod x86(String kernelName, String javaName) {
    return new KernelMethod(kernelName, X86.class, javaName);
  }

  private static KernelMethod flush(String kernelName, String javaName) {
    return new KernelMethod(kernelName, X86Flush.class, javaName);
  }

  private static KernelMethod method(String kernelName, String javaName) {
    return new KernelMethod(kernelName, X86Eager.class, javaName);
  }

  /** The bit is set only once the root is loaded. */
  private static Cpu lateBit(Cpu cpu, Mm next) {
    return new ForwardingCpu(cpu) {
      private @Nullable Cell late;

      @Override
      public long rmw(
          Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
        if (site == Sites.MASK_SET) {
          late = cell;
          return 0;
        }
        return super.rmw(op, cell, operand, expected, ordering, site);
      }

      @Override
      public void loadRoot(KObject root, int tag, boolean flush, Site site) {
        super.loadRoot(root, tag, flush, site);
        if (late != null) {
          cpu.setCpu(next.cpumask, id(), Ordering.FULL, Sites.MASK_SET);
        }
      }
    };
  }
}
