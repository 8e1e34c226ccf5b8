package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.design;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.NoLazy;
import dev.lazymm.kernel.PigginV4;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Shootdown;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.Cpu;
import java.util.List;

/** How a design lets a borrow begin and end, broken. */
final class BorrowFaults {
  private static final KernelMethod BORROW =
      new KernelMethod("enter_lazy_tlb (the design's)", LazyMm.class, "enterLazyTlb");
  private static final KernelMethod BORROW_END =
      new KernelMethod("the end of a borrow", LazyMm.class, "exitLazyTlb");
  private static final KernelMethod NO_BORROW =
      new KernelMethod("enter_lazy_tlb (the design's)", NoLazy.class, "enterLazyTlb");
  private static final KernelMethod NO_BORROW_END =
      new KernelMethod("the end of a borrow", NoLazy.class, "exitLazyTlb");
  private static final KernelMethod V4_BORROW_END =
      new KernelMethod("the end of a borrow", PigginV4.class, "exitLazyTlb");

  static final List<Fault> ALL =
      List.of(
          Fault.in(BORROW, "the architecture is not told")
              .on("refcount", "x86-eager")
              .over("e12-leave-mm")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
                          return mm;
                        }
                      }))
              .foundBy("WARN"),
          Fault.in(BORROW_END, "prev keeps active_mm")
              .as("v4 of the series")
              .on("shootdown", "powerpc-hash")
              .over("switch-kernel-user-same")
              .by(
                  design(k ->
                      new Shootdown(k, false) {
                        @Override
                        public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
                          cpu.write(rq.prevMm, mm);
                        }
                      }))
              .foundBy("I1+"),
          Fault.in(NO_BORROW, "the MMU stays on the mm")
              .on("no-lazy", "powerpc-hash")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new NoLazy(k) {
                        @Override
                        public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
                          return k.initMm();
                        }
                      }))
              .foundBy("I1", "I2", "I3"),
          Fault.in(NO_BORROW_END, "prev keeps active_mm")
              .on("no-lazy", "x86-eager")
              .over("switch-kernel-user-other")
              .by(
                  design(k ->
                      new NoLazy(k) {
                        @Override
                        public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {}
                      }))
              .foundBy("I1+"),
          Fault.in(V4_BORROW_END, "drops although REFCOUNT=n")
              .on("piggin-v4", "powerpc-hash")
              .over("cpu 0: (A1) idle; run A1; idle")
              .by(
                  design(k ->
                      new PigginV4(k) {
                        @Override
                        public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm, Sites.B2A_DROP);
                        }
                      }))
              .foundBy("I4", "I5"));

  private BorrowFaults() {}
}
