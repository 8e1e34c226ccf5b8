package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.lifetime;

import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Site;
import java.util.List;

/** The two counters of an mm, broken. */
final class LifetimeFaults {
  private static final KernelMethod MM_INIT = method("mm_init", "mmInit");
  private static final KernelMethod MMGRAB = method("mmgrab", "mmgrab");
  private static final KernelMethod MMDROP = method("mmdrop", "mmdrop");
  private static final KernelMethod MMDROP_FINAL = method("__mmdrop", "mmdropFinal");
  private static final KernelMethod MM_FREE_PGD = method("mm_free_pgd", "mmFreePgd");
  private static final KernelMethod MMGET = method("mmget", "mmget");
  private static final KernelMethod MMGET_NOT_ZERO = method("mmget_not_zero", "mmgetNotZero");
  private static final KernelMethod MMPUT = method("mmput", "mmput");
  private static final KernelMethod MMPUT_FINAL = method("__mmput", "mmputFinal");

  static final List<Fault> ALL =
      List.of(
          Fault.in(MM_INIT, "mm_count starts at 2")
              .on("refcount", "powerpc-hash")
              .over("fork-child-exits")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmInit(Cpu cpu, Mm mm) {
                          super.mmInit(cpu, mm);
                          cpu.writeOnce(mm.mmCount, 2);
                        }
                      }))
              .foundBy("I4"),
          Fault.in(MMGRAB, "counts nothing")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-use")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmgrab(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I4", "UAF"),
          Fault.in(MMDROP, "is a load and a store, not an atomic")
              .on("refcount", "x86-eager")
              .over(
                  "start: cpu 0 pins A",
                  "start: cpu 1 pins A",
                  "cpu 0: (A1) unpin A",
                  "cpu 1: unpin A")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmdrop(Cpu cpu, Mm mm, Site site) {
                          long count = cpu.readOnce(mm.mmCount) - 1;
                          cpu.writeOnce(mm.mmCount, count);
                          if (count == 0) {
                            mmdropFinal(cpu, mm);
                          }
                        }
                      }))
              .foundBy("I4"),
          Fault.in(MMDROP, "the last reference frees nothing")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmdrop(Cpu cpu, Mm mm, Site site) {
                          cpu.decAndTest(mm.mmCount, site);
                        }
                      }))
              .foundBy("I5"),
          Fault.in(MMDROP_FINAL, "cleanup_lazy_tlbs is left out")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmdropFinal(Cpu cpu, Mm mm) {
                          super.mmdropFinal(Bent.without(cpu, Sites.SHOOT_IPI), mm);
                        }
                      }))
              .foundBy("I1", "I2", "WARN"),
          Fault.in(MMDROP_FINAL, "the context is destroyed before the borrowers are shot")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmdropFinal(Cpu cpu, Mm mm) {
                          k.arch().destroyContext(cpu, mm);
                          super.mmdropFinal(Bent.withoutFree(cpu, mm.context), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(MMDROP_FINAL, "two CPUs shoot each other with interrupts off")
              .on("shootdown", "powerpc-hash")
              .over("cpu 0: (A1) idle; run B1; exit", "cpu 1: (B1) idle; run A1; exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmdropFinal(Cpu cpu, Mm mm) {
                          boolean on = cpu.irqSave(Sites.IRQ_FLUSH);
                          super.mmdropFinal(cpu, mm);
                          cpu.irqRestore(on, Sites.IRQ_FLUSH);
                        }
                      }))
              .foundBy("HANG", "WARN"),
          Fault.in(MM_FREE_PGD, "is left out")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        protected void mmFreePgd(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I5"),
          Fault.in(MMGET, "counts nothing")
              .on("refcount", "x86-eager")
              .over("clone-sibling-exits")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmget(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I4"),
          Fault.in(MMGET_NOT_ZERO, "counts up from 0 too")
              .on("refcount", "x86-eager")
              .over("get-put-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public boolean mmgetNotZero(Cpu cpu, Mm mm) {
                          cpu.atomicInc(mm.mmUsers, Sites.GET_NOT_ZERO);
                          return true;
                        }
                      }))
              .foundBy("I4", "I5"),
          Fault.in(MMPUT, "the last user tears nothing down")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmput(Cpu cpu, Mm mm) {
                          cpu.decAndTest(mm.mmUsers, Sites.PUT);
                        }
                      }))
              .foundBy("I4", "I5"),
          Fault.in(MMPUT, "is a load and a store, not an atomic")
              .on("refcount", "x86-eager")
              .over("e06-exit-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmput(Cpu cpu, Mm mm) {
                          long users = cpu.readOnce(mm.mmUsers) - 1;
                          cpu.writeOnce(mm.mmUsers, users);
                          if (users == 0) {
                            mmputFinal(cpu, mm);
                          }
                        }
                      }))
              .foundBy("I4"),
          Fault.in(MMPUT_FINAL, "the users' reference is dropped before exit_mmap")
              .on("no-refcount", "powerpc-hash")
              .over("start: cpu 0 gets B", "cpu 0: put B", "cpu 1: (B1) exec C")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmputFinal(Cpu cpu, Mm mm) {
                          mmdrop(cpu, mm);
                          exitMmap(cpu, mm);
                        }
                      }))
              .foundBy("UAF"),
          Fault.in(MMPUT_FINAL, "the users' reference is never dropped")
              .on("shootdown", "powerpc-hash")
              .over("e08-shoot-idle")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mmputFinal(Cpu cpu, Mm mm) {
                          exitMmap(cpu, mm);
                        }
                      }))
              .foundBy("I4", "I5"));

  private LifetimeFaults() {}

  private static KernelMethod method(String kernelName, String javaName) {
    return new KernelMethod(kernelName, Lifetime.class, javaName);
  }
}
