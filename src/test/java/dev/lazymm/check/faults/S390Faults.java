package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.S390;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import java.util.List;

/** s390, broken. */
final class S390Faults {
  private static final String S390_ARCH = "s390";

  static final List<Fault> ALL =
      List.of(
          in("start_secondary", "bringUp", "counts the idle task's borrow, counted already")
              .over("cpu 0: run A1")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void bringUp(Cpu cpu) {
                          super.bringUp(cpu);
                          k.lazyMm().mmgrabLazyTlb(cpu, k.initMm());
                        }
                      }))
              .foundBy("I4"),
          in("init_new_context", "initNewContext", "pins the new mm")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          super.initNewContext(cpu, mm);
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in("switch_mm_irqs_off", "switchMmIrqsOff", "does not attach")
              .on("shootdown", S390_ARCH)
              .over("e08-shoot-idle")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          super.switchMmIrqsOff(
                              Bent.without(cpu, Sites.ATTACH_SET), prev, next, tsk);
                        }
                      }))
              .foundBy("I6", "I1"),
          in("finish_arch_post_lock_switch", "finishArchPostLockSwitch", "loads no ASCE")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void finishArchPostLockSwitch(Cpu cpu) {
                          super.finishArchPostLockSwitch(Bent.without(cpu, Sites.ROOT));
                        }
                      }))
              .foundBy("I8"),
          in("activate_mm", "activateMm", "does nothing")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void activateMm(Cpu cpu, Mm prev, Mm next) {}
                      }))
              .foundBy("I8"),
          in("flush_tlb_mm", "flushTlbMm", "does nothing: what was put off stays so")
              .over("tlb-fork")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {}
                      }))
              .foundBy("I7"),
          in("flush_tlb_range", "flushTlbRange", "freed tables are not flushed")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void flushTlbRange(Cpu cpu, Mm mm, KObject range, boolean freed) {
                          tlbFlushMmLazy(cpu, mm);
                        }
                      }))
              .foundBy("I2"),
          in("tlb_flush (fullmm)", "tlbFlushFullmm", "does nothing")
              .over("e06-idle-exit")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        public void tlbFlushFullmm(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          in("ptep_flush_lazy", "ptepFlushLazy", "does not flush, whoever is attached")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        protected void ptepFlushLazy(Cpu cpu, Mm mm, KObject range) {
                          cpu.pteChanged(range);
                        }
                      }))
              .foundBy("I7"),
          in("__tlb_flush_mm_lazy", "tlbFlushMmLazy", "does nothing")
              .over("cpu 0: (A1) munmap")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        protected void tlbFlushMmLazy(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I2"),
          in("__tlb_flush_mm", "tlbFlushMm", "flushes this CPU alone")
              .over("tlb-switch-back")
              .by(
                  arch(k ->
                      new S390(k) {
                        @Override
                        protected void tlbFlushMm(Cpu cpu, Mm mm) {
                          cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
                        }
                      }))
              .foundBy("I7"));

  private S390Faults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, S390.class, javaName), broken)
        .on("refcount", S390_ARCH);
  }
}
