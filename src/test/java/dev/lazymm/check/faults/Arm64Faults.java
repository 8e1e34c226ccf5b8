package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Arm64;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import java.util.List;

/** arm64, broken; and the hooks that only some architectures have something to do in. */
final class Arm64Faults {
  private static final String ARM64 = "arm64";
  private static final KernelMethod BRING_UP =
      new KernelMethod("start_secondary", Arch.class, "bringUp");
  private static final KernelMethod SWITCH_TO =
      new KernelMethod("__switch_to", Arch.class, "switchTo");
  private static final KernelMethod POST_LOCK_SWITCH =
      new KernelMethod("finish_arch_post_lock_switch", Arch.class, "finishArchPostLockSwitch");

  static final List<Fault> ALL =
      List.of(
          Fault.in(BRING_UP, "counts the idle task's borrow, which is counted already")
              .on("refcount", ARM64)
              .over("cpu 0: run A1")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void bringUp(Cpu cpu) {
                          k.lazyMm().mmgrabLazyTlb(cpu, k.initMm());
                        }
                      }))
              .foundBy("I4"),
          Fault.in(SWITCH_TO, "turns interrupts on: active_mm is behind the MMU")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void switchTo(Cpu cpu, Task next) {
                          cpu.irqEnable(Sites.IRQ_SWITCH_MM);
                        }
                      }))
              .foundBy("I3"),
          Fault.in(POST_LOCK_SWITCH, "pins the mm")
              .on("refcount", "powerpc-hash")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void finishArchPostLockSwitch(Cpu cpu) {
                          k.lifetime().mmgrab(cpu, k.activeMm(cpu, k.current(cpu)));
                        }
                      }))
              .foundBy("I4"),
          in("switch_mm", "switchMmIrqsOff", "only who comes from init_mm switches")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          if (prev == k.initMm()) {
                            super.switchMmIrqsOff(cpu, prev, next, tsk);
                          }
                        }
                      }))
              .foundBy("I8"),
          in("cpu_switch_mm", "cpuSwitchMm", "does nothing")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        protected void cpuSwitchMm(Cpu cpu, Mm next) {}
                      }))
              .foundBy("I8"),
          in("__switch_to", "switchTo", "dsb(ish) is left out")
              .under("armv8")
              .over("membarrier-c2-in")
              .byWeakening(Sites.B2_SWITCH_TO)
              .foundBy("never"),
          in("__switch_to", "switchTo", "loads TTBR0 of init_mm")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void switchTo(Cpu cpu, Task next) {
                          super.switchTo(cpu, next);
                          cpuSwitchMm(cpu, k.initMm());
                        }
                      }))
              .foundBy("I8"),
          in("activate_mm", "activateMm", "does nothing")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void activateMm(Cpu cpu, Mm prev, Mm next) {}
                      }))
              .foundBy("I8"),
          in("flush_tlb_mm", "flushTlbMm", "does nothing")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {}
                      }))
              .foundBy("I2"),
          in("flush_tlb_mm", "flushTlbMm", "flushes this CPU alone (tlbi aside1)")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new Arm64(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
                          cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
                        }
                      }))
              .foundBy("I7"));

  private Arm64Faults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, Arm64.class, javaName), broken)
        .on("refcount", ARM64);
  }
}
