package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Riscv;
import dev.lazymm.kernel.RiscvBefore;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.List;

/** riscv, broken. */
final class RiscvFaults {
  private static final String RISCV = "riscv";

  static final List<Fault> ALL =
      List.of(
          in("smp_callin", "cpuInit", "does not flush the TLB")
              .over("hotplug-back")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void cpuInit(Cpu cpu, Mm initMm) {
                          super.cpuInit(Bent.without(cpu, Sites.FLUSH_LOCAL), initMm);
                        }
                      }))
              .foundBy("I7"),
          in("switch_mm", "switchMmIrqsOff", "takes this CPU out of the mask it leaves")
              .over("tlb-switch-back")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          super.switchMmIrqsOff(cpu, prev, next, tsk);
                          if (prev != next) {
                            cpu.clearCpu(
                                prev.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_CLEAR);
                          }
                        }
                      }))
              .foundBy("I7"),
          in("membarrier_arch_switch_mm", "membarrierArchSwitchMm", "does nothing")
              .as("R09")
              .under("riscv")
              .over("membarrier-c2-in")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void membarrierArchSwitchMm(Cpu cpu, Mm next) {}
                      }))
              .foundBy("never"),
          in("membarrier_arch_switch_mm", "membarrierArchSwitchMm", "clears the registrations")
              .over("cpu 0: (A1) exit; run B1", "cpu 1: (B2) fork C1")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void membarrierArchSwitchMm(Cpu cpu, Mm next) {
                          cpu.write(next.membarrierState, 0);
                        }
                      }))
              .foundBy("RACE"),
          Fault.in(
                  new KernelMethod(
                      "membarrier_arch_switch_mm", RiscvBefore.class, "membarrierArchSwitchMm"),
                  "clears the registrations")
              .on("refcount", "riscv-before")
              .over("cpu 0: (A1) exit; run B1", "cpu 1: (B2) fork C1")
              .by(
                  arch(k ->
                      new RiscvBefore(k) {
                        @Override
                        protected void membarrierArchSwitchMm(Cpu cpu, Mm next) {
                          cpu.write(next.membarrierState, 0);
                        }
                      }))
              .foundBy("RACE"),
          in("set_mm", "setMm", "the bit in mm_cpumask is not set")
              .over("tlb-switch-in")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void setMm(Cpu cpu, Mm next) {
                          super.setMm(Bent.without(cpu, Sites.MASK_SET), next);
                        }
                      }))
              .foundBy("I7"),
          in("set_mm", "setMm", "the bit in mm_cpumask is set after satp")
              .over("cpu 0: (A1) munmap", "cpu 1: run A2")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void setMm(Cpu cpu, Mm next) {
                          super.setMm(Bent.without(cpu, Sites.MASK_SET), next);
                          cpu.setCpu(next.cpumask, cpu.id(), Ordering.RELAXED, Sites.MASK_SET);
                        }
                      }))
              .foundBy("I2"),
          in("init_new_context", "initNewContext", "pins the new mm")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          super.initNewContext(cpu, mm);
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in("flush_icache_deferred", "flushIcacheDeferred", "does nothing")
              .over("membarrier-sync-core-switch")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void flushIcacheDeferred(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I9"),
          in("prepare_sync_core_cmd", "prepareSyncCoreCmd", "does nothing")
              .over("membarrier-sync-core-switch")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void prepareSyncCoreCmd(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I9"),
          in("sync_core_before_usermode", "syncCoreBeforeUsermode", "does nothing")
              .over("membarrier-sync-core")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void syncCoreBeforeUsermode(Cpu cpu, Site site) {}
                      }))
              .foundBy("I9"),
          in("activate_mm", "activateMm", "does nothing")
              .over("exec-last-user")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void activateMm(Cpu cpu, Mm prev, Mm next) {}
                      }))
              .foundBy("I8"),
          in("__flush_tlb_range", "flushTlbMm", "flushes this CPU alone")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
                          cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
                        }
                      }))
              .foundBy("I2"),
          in("__flush_tlb_range", "flushTlbMm", "does not wait for the IPIs")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
                          super.flushTlbMm(Bent.withoutWaiting(cpu), mm, freedTables);
                        }
                      }))
              .foundBy("I2"),
          in("__ipi_flush_tlb_range_asid", "ipiFlushTlbRangeAsid", "does nothing")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new Riscv(k) {
                        @Override
                        protected void ipiFlushTlbRangeAsid(Cpu cpu, KObject info) {}
                      }))
              .foundBy("I7"));

  private RiscvFaults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, Riscv.class, javaName), broken)
        .on("refcount", RISCV);
  }
}
