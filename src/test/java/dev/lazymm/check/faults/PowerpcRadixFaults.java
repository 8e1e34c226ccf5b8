package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.PowerpcRadix;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.history.ExitLazyFlushIrqsOn;
import dev.lazymm.kernel.history.ResetMask;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import java.util.List;

/** powerpc's radix MMU, broken; and the hooks that it alone has something to do in. */
final class PowerpcRadixFaults {
  private static final String RADIX = "powerpc-radix";
  private static final KernelMethod INIT_NEW_CONTEXT = method("init_new_context", "initNewContext");
  private static final KernelMethod INC_ACTIVE_CPUS =
      method("inc_mm_active_cpus", "incMmActiveCpus");
  private static final KernelMethod SWITCH_MMU_CONTEXT =
      method("switch_mmu_context", "switchMmuContext");
  private static final KernelMethod FLUSH_TLB_MM = method("radix__flush_tlb_mm", "flushTlbMm");
  private static final KernelMethod TLB_FLUSH =
      method("radix__tlb_flush (fullmm)", "tlbFlushFullmm");
  private static final KernelMethod FLUSH_TYPE_NEEDED =
      method("flush_type_needed", "flushTypeNeeded");
  private static final KernelMethod TICK =
      method("tick_and_test_trim_clock", "tickAndTestTrimClock");
  private static final KernelMethod EXIT_FLUSH_LAZY_TLBS =
      method("exit_flush_lazy_tlbs", "exitFlushLazyTlbs");
  private static final KernelMethod DO_EXIT_FLUSH_LAZY_TLB =
      method("do_exit_flush_lazy_tlb", "doExitFlushLazyTlb");
  private static final KernelMethod EXIT_LAZY_FLUSH_TLB =
      method("exit_lazy_flush_tlb", "exitLazyFlushTlb");
  private static final KernelMethod SWITCH_TO_INIT_MM =
      method("exit_lazy_flush_tlb (switch)", "switchToInitMm");
  private static final KernelMethod NO_TLB_FLUSH =
      new KernelMethod("tlb_flush (fullmm)", Arch.class, "tlbFlushFullmm");
  private static final KernelMethod NO_INIT_NEW_CONTEXT =
      new KernelMethod("init_new_context", Arch.class, "initNewContext");

  static final List<Fault> ALL =
      List.of(
          Fault.in(INIT_NEW_CONTEXT, "active_cpus starts at -1")
              .on("refcount", RADIX)
              .over("cpu 0: run k1; exec A; munmap")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          cpu.writeOnce(mm.context.activeCpus, -1);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(INC_ACTIVE_CPUS, "is not counted, so no flush is needed")
              .on("refcount", RADIX)
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void incMmActiveCpus(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          Fault.in(SWITCH_MMU_CONTEXT, "PIDR keeps what it has")
              .on("refcount", RADIX)
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void switchMmuContext(Cpu cpu, Mm next) {}
                      }))
              .foundBy("I3", "I8"),
          Fault.in(FLUSH_TLB_MM, "does nothing")
              .on("refcount", RADIX)
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {}
                      }))
              .foundBy("I2"),
          Fault.in(TLB_FLUSH, "does nothing")
              .on("shootdown", RADIX)
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        public void tlbFlushFullmm(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          Fault.in(FLUSH_TYPE_NEEDED, "finds that this CPU is enough")
              .on("refcount", RADIX)
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected FlushType flushTypeNeeded(Cpu cpu, Mm mm, boolean fullmm) {
                          return FlushType.LOCAL;
                        }
                      }))
              .foundBy("I2"),
          Fault.in(TICK, "one clock for all CPUs")
              .on("refcount", RADIX)
              .over("cpu 0: (A1) exit", "cpu 1: (B1) exit")
              .by(arch(SharedClock::new))
              .foundBy("RACE"),
          Fault.in(EXIT_FLUSH_LAZY_TLBS, "sends nothing")
              .on("refcount", RADIX)
              .over("e12-munmap-exit")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void exitFlushLazyTlbs(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          Fault.in(EXIT_FLUSH_LAZY_TLBS, "does not wait")
              .on("refcount", RADIX)
              .over("e12-munmap-exit")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void exitFlushLazyTlbs(Cpu cpu, Mm mm) {
                          super.exitFlushLazyTlbs(Bent.withoutWaiting(cpu), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(EXIT_FLUSH_LAZY_TLBS, "leaves this CPU alone in the mask")
              .as("R05")
              .on("shootdown", RADIX)
              .over(
                  "start: cpu 1 pins A",
                  "cpu 0: run A1; mprotect; exit",
                  "cpu 1: (A1) run k1; use A; unuse; unpin A")
              .by(arch(ResetMask::new))
              .foundBy("I6", "I1"),
          Fault.in(DO_EXIT_FLUSH_LAZY_TLB, "does nothing")
              .on("refcount", RADIX)
              .over("e12-munmap-exit")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void doExitFlushLazyTlb(Cpu cpu, KObject info) {}
                      }))
              .foundBy("I2"),
          Fault.in(EXIT_LAZY_FLUSH_TLB, "leaves the mask but not the mm")
              .on("shootdown", RADIX)
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void exitLazyFlushTlb(Cpu cpu, Mm mm, boolean alwaysFlush) {
                          long one = -1;
                          cpu.fetchAdd(
                              mm.context.activeCpus, one, Ordering.RELAXED, Sites.ACTIVE_CPUS_DEC);
                          cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_TRIM);
                          cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
                        }
                      }))
              .foundBy("I6", "I1"),
          Fault.in(EXIT_LAZY_FLUSH_TLB, "switches to init_mm with interrupts on")
              .as("R06")
              .on("shootdown", RADIX)
              .over("e06-idle-exit")
              .by(arch(k -> new ExitLazyFlushIrqsOn(k, 1)))
              .foundBy("I3", "WARN"),
          Fault.in(SWITCH_TO_INIT_MM, "active_mm stays behind")
              .on("shootdown", RADIX)
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        protected void switchToInitMm(Cpu cpu, Mm mm, Task current) {
                          switchMmIrqsOff(cpu, mm, k.initMm(), current);
                        }
                      }))
              .foundBy("I1", "I3"),
          Fault.in(NO_TLB_FLUSH, "does nothing")
              .on("refcount", "x86-eager")
              .over("e06-idle-exit")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void tlbFlushFullmm(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          Fault.in(NO_INIT_NEW_CONTEXT, "pins the new mm")
              .on("refcount", "powerpc-hash")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"));

  private PowerpcRadixFaults() {}

  private static KernelMethod method(String kernelName, String javaName) {
    return new KernelMethod(kernelName, PowerpcRadix.class, javaName);
  }

  /** mm_cpumask_trim_clock in memory that every CPU writes. */
  private static final class SharedClock extends PowerpcRadix {
    private final Cell clock;

    SharedClock(Kernel kernel) {
      super(kernel);
      clock = kernel.initMm().rangeMapped;
    }

    @Override
    protected boolean tickAndTestTrimClock(Cpu cpu) {
      cpu.write(clock, cpu.read(clock) + 1);
      return false;
    }
  }
}
