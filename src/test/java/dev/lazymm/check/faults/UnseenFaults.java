package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;
import static dev.lazymm.check.faults.Variant.membarrier;

import dev.lazymm.kernel.ConditionalMembarrier;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.MembarrierIpis;
import dev.lazymm.kernel.S390;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cond;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.List;

/**
 * Faults that nothing finds yet, and what is missing. When one is found, the test fails: then it
 * belongs to the others.
 */
final class UnseenFaults {
  /**
   * A fault that is not found.
   *
   * @param needs what would find it
   */
  record Unseen(Fault fault, String needs) {}

  static final List<Unseen> ALL =
      List.of(
          new Unseen(
              in(MembarrierIpis.class, "ipiMb", "ipi_mb", "does nothing")
                  .on("refcount", "powerpc-hash")
                  .under("power")
                  .over("membarrier-a")
                  .by(
                      membarrier(k ->
                          new Membarrier(k) {
                            @Override
                            protected void ipiMb(Cpu cpu, KObject info) {}
                          })),
              "IPIs that order less than the machine's: \"serializing but paranoid\""),
          new Unseen(
              in(
                      ConditionalMembarrier.class,
                      "beforeMmChange",
                      "kthread_use_mm (before)",
                      "B7-before is left out")
                  .on("refcount+conditional", "powerpc-hash")
                  .under("power")
                  .over("membarrier-e15")
                  .byWeakening(Sites.B7_BEFORE),
              "an execution in which it matters: none is known (E15)"),
          new Unseen(
              in(
                      S390.class,
                      "finishArchPostLockSwitch",
                      "finish_arch_post_lock_switch",
                      "does not wait for flushes under way")
                  .on("refcount", "s390")
                  .over("tlb-switch-back")
                  .by(
                      arch(k ->
                          new S390(k) {
                            @Override
                            public void finishArchPostLockSwitch(Cpu cpu) {
                              super.finishArchPostLockSwitch(withoutWaits(cpu));
                            }
                          })),
              "that an attached CPU sees no entry change but by IPTE"));

  private static Cpu withoutWaits(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public long await(Cell cell, Cond cond, long operand, Ordering ordering, Site site) {
        return operand;
      }
    };
  }

  private UnseenFaults() {}

  private static Fault in(Class<?> owner, String javaName, String kernelName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken);
  }
}
