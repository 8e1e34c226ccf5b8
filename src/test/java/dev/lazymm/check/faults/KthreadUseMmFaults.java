package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.kthreadUseMm;

import dev.lazymm.kernel.KthreadUseMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.history.TransferredBorrow;
import dev.lazymm.machine.Cpu;
import java.util.List;

/** kthread_use_mm and kthread_unuse_mm, broken. */
final class KthreadUseMmFaults {
  private static final KernelMethod USE =
      new KernelMethod("kthread_use_mm", KthreadUseMm.class, "kthreadUseMm");
  private static final KernelMethod USE_END =
      new KernelMethod("kthread_use_mm (its drop)", KthreadUseMm.class, "dropOldActive");
  private static final KernelMethod UNUSE =
      new KernelMethod("kthread_unuse_mm", KthreadUseMm.class, "kthreadUnuseMm");

  /** The transfer of the lazy reference, right only where borrows are counted. */
  static final Fault R08 =
      Fault.in(USE, "takes the uncounted borrow of the same mm for its reference")
          .as("R08")
          .on("shootdown", "powerpc-hash")
          .over("use-borrowed")
          .by(kthreadUseMm(TransferredBorrow::new))
          .foundBy("I4", "I1", "UAF");

  static final List<Fault> ALL =
      List.of(
          R08,
          Fault.in(USE, "interrupts stay on between active_mm and switch_mm")
              .as("R01")
              .on("refcount", "powerpc-hash")
              .over("use-unuse-exit")
              .byWeakening(Sites.IRQ_USE)
              .foundBy("I3", "WARN"),
          Fault.in(USE, "takes no reference")
              .on("refcount", "x86-eager")
              .over("e06-use-exit")
              .by(
                  kthreadUseMm(k ->
                      new KthreadUseMm(k) {
                        @Override
                        public void kthreadUseMm(Cpu cpu, Mm mm) {
                          super.kthreadUseMm(Bent.without(cpu, Sites.GRAB), mm);
                        }
                      }))
              .foundBy("I4", "I1", "UAF"),
          Fault.in(USE_END, "the borrow of before is not given back")
              .on("refcount", "x86-eager")
              .over("use-borrowed")
              .by(
                  kthreadUseMm(k ->
                      new KthreadUseMm(k) {
                        @Override
                        protected void dropOldActive(Cpu cpu, Mm activeMm, Mm mm) {}
                      }))
              .foundBy("I4"),
          Fault.in(USE_END, "drops the mm in use, not the borrow of before")
              .on("refcount", "x86-eager")
              .over("use-unuse-exit")
              .by(
                  kthreadUseMm(k ->
                      new KthreadUseMm(k) {
                        @Override
                        protected void dropOldActive(Cpu cpu, Mm activeMm, Mm mm) {
                          super.dropOldActive(cpu, mm, mm);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(UNUSE, "the borrow that begins is not counted")
              .on("refcount", "x86-eager")
              .over("e06-use-exit")
              .by(
                  kthreadUseMm(k ->
                      new KthreadUseMm(k) {
                        @Override
                        public void kthreadUnuseMm(Cpu cpu) {
                          super.kthreadUnuseMm(Bent.without(cpu, Sites.GRAB_LAZY));
                        }
                      }))
              .foundBy("I1", "I4"),
          Fault.in(UNUSE, "hands its reference on to a borrow that is not counted")
              .on("shootdown", "powerpc-hash")
              .over("use-unuse-exit")
              .by(
                  kthreadUseMm(k ->
                      new KthreadUseMm(k) {
                        @Override
                        public void kthreadUnuseMm(Cpu cpu) {
                          super.kthreadUnuseMm(Bent.without(cpu, Sites.DROP));
                        }
                      }))
              .foundBy("I4", "I5"));

  private KthreadUseMmFaults() {}
}
