package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Powerpc;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ordering;
import java.util.List;

/** powerpc's hash MMU, broken; and the hooks that do nothing there, made to do something. */
final class PowerpcHashFaults {
  private static final KernelMethod BRING_UP = method("start_secondary", "bringUp");
  private static final KernelMethod SWITCH_MM_IRQS_OFF =
      method("switch_mm_irqs_off", "switchMmIrqsOff");
  private static final KernelMethod MARK_USED = method("mark_used", "markUsed");
  private static final KernelMethod ACTIVATE_MM = method("activate_mm", "activateMm");
  private static final KernelMethod WANT_IRQS_OFF =
      method("ARCH_WANT_IRQS_OFF_ACTIVATE_MM", "wantIrqsOffActivateMm");
  private static final KernelMethod INC_ACTIVE_CPUS =
      method("inc_mm_active_cpus", "incMmActiveCpus");
  private static final KernelMethod SWITCH_MMU_CONTEXT =
      new KernelMethod("switch_mmu_context", PowerpcHash.class, "switchMmuContext");
  private static final KernelMethod FLUSH_TLB_MM =
      new KernelMethod("flush_tlb_mm", PowerpcHash.class, "flushTlbMm");
  private static final KernelMethod DESTROY_CONTEXT = method("destroy_context", "destroyContext");
  private static final KernelMethod ENTER_LAZY_TLB =
      new KernelMethod("enter_lazy_tlb", Arch.class, "enterLazyTlb");
  private static final KernelMethod LEAVE_MM = new KernelMethod("leave_mm", Arch.class, "leaveMm");

  static final List<Fault> ALL =
      List.of(
          Fault.in(BRING_UP, "counts the idle task's borrow, which is counted already")
              .on("refcount", "powerpc-hash")
              .over("cpu 0: run A1")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void bringUp(Cpu cpu) {
                          super.bringUp(cpu);
                          k.lazyMm().mmgrabLazyTlb(cpu, k.initMm());
                        }
                      }))
              .foundBy("I4"),
          Fault.in(SWITCH_MM_IRQS_OFF, "the SLB is not switched")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          super.switchMmIrqsOff(Bent.without(cpu, Sites.ROOT), prev, next, tsk);
                        }
                      }))
              .foundBy("I3", "I8"),
          Fault.in(SWITCH_MM_IRQS_OFF, "init_mm is not worth an SLB switch")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          if (next != k.initMm()) {
                            super.switchMmIrqsOff(cpu, prev, next, tsk);
                          }
                        }
                      }))
              .foundBy("I2", "I3"),
          Fault.in(SWITCH_MM_IRQS_OFF, "the bit in mm_cpumask is set when the mm is left")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(arch(MarksLate::new))
              .foundBy("I6", "I1"),
          Fault.in(MARK_USED, "the bit in mm_cpumask is not set")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        protected boolean markUsed(Cpu cpu, Mm next) {
                          return false;
                        }
                      }))
              .foundBy("I6", "I1"),
          Fault.in(INC_ACTIVE_CPUS, "counts in mm_count")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        protected void incMmActiveCpus(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(SWITCH_MMU_CONTEXT, "does nothing")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        protected void switchMmuContext(Cpu cpu, Mm next) {}
                      }))
              .foundBy("I3", "I8"),
          Fault.in(ACTIVATE_MM, "does nothing")
              .on("refcount", "powerpc-hash")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void activateMm(Cpu cpu, Mm prev, Mm next) {}
                      }))
              .foundBy("I3", "I8"),
          Fault.in(WANT_IRQS_OFF, "is not set: interrupts come on before activate_mm")
              .as("R02")
              .on("refcount", "powerpc-hash")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public boolean wantIrqsOffActivateMm() {
                          return false;
                        }
                      }))
              .foundBy("I3", "WARN"),
          Fault.in(FLUSH_TLB_MM, "takes other CPUs out of mm_cpumask when one user is left")
              .on("shootdown", "powerpc-hash")
              .over("cpu 0: run A1; mprotect; exit", "cpu 1: (A1) idle")
              .by(arch(Trims::new))
              .foundBy("I6", "I1"),
          Fault.in(FLUSH_TLB_MM, "leaves its own borrowed mm with interrupts on")
              .on("refcount", "powerpc-hash")
              .over("e06-idle-exit")
              .by(arch(UnlazyWithIrqsOn::new))
              .foundBy("I3", "WARN"),
          Fault.in(DESTROY_CONTEXT, "the context id is never given back")
              .on("refcount", "powerpc-hash")
              .over("e06-exit-exit")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void destroyContext(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I5"),
          Fault.in(ENTER_LAZY_TLB, "leaves the MMU's mm but not active_mm")
              .on("refcount", "powerpc-hash")
              .over("switch-kernel-user-same")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void enterLazyTlb(Cpu cpu, Mm mm, Task tsk) {
                          switchMmIrqsOff(cpu, mm, k.initMm(), tsk);
                        }
                      }))
              .foundBy("I3", "I8"),
          Fault.in(LEAVE_MM, "does what x86 does: active_mm stays behind")
              .on("refcount", "powerpc-hash")
              .over("leave-mm-return")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void leaveMm(Cpu cpu) {
                          Task idle = k.current(cpu);
                          cpu.irqDisable(Sites.IRQ_LEAVE);
                          switchMmIrqsOff(cpu, k.activeMm(cpu, idle), k.initMm(), idle);
                          cpu.irqEnable(Sites.IRQ_LEAVE);
                        }
                      }))
              .foundBy("I3", "I8"));

  private PowerpcHashFaults() {}

  private static KernelMethod method(String kernelName, String javaName) {
    return new KernelMethod(kernelName, Powerpc.class, javaName);
  }

  /** Marks prev where it should mark next. */
  private static final class MarksLate extends PowerpcHash {
    MarksLate(Kernel kernel) {
      super(kernel);
    }

    @Override
    public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
      super.markUsed(cpu, prev);
      super.switchMmIrqsOff(cpu, prev, next, tsk);
    }

    @Override
    protected boolean markUsed(Cpu cpu, Mm next) {
      return false;
    }
  }

  /** Trims the mask on the premise that a single user runs on one CPU, lazy ones forgotten. */
  private static final class Trims extends PowerpcHash {
    Trims(Kernel kernel) {
      super(kernel);
    }

    @Override
    public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
      super.flushTlbMm(cpu, mm, freedTables);
      if (cpu.readOnce(mm.mmUsers) <= 1) {
        for (int i = 0; i < cpu.cpus(); i++) {
          if (i != cpu.id()) {
            cpu.clearCpu(mm.cpumask, i, Ordering.RELAXED, Sites.MASK_CLEAR);
          }
        }
      }
    }
  }

  /** What radix's exit_lazy_flush_tlb does: right but for the interrupts. */
  private static final class UnlazyWithIrqsOn extends PowerpcHash {
    private final Kernel kernel;

    UnlazyWithIrqsOn(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
      super.flushTlbMm(cpu, mm, freedTables);
      Task current = kernel.current(cpu);
      if (cpu.read(current.mm) == null && cpu.read(current.activeMm) == mm) {
        kernel.lazyMm().mmgrabLazyTlb(cpu, kernel.initMm());
        cpu.write(current.activeMm, kernel.initMm());
        cpu.hold(Kernel.ACTIVE_MM, kernel.initMm());
        switchMmIrqsOff(cpu, mm, kernel.initMm(), current);
        kernel.lazyMm().mmdropLazyTlb(cpu, mm, Sites.DROP);
      }
    }
  }
}
