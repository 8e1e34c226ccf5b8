package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.lifetime;

import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.machine.Cpu;
import java.util.List;

/** What frees page tables or changes entries, broken. */
final class UnmapFaults {
  private static final KernelMethod EXIT_MMAP =
      new KernelMethod("exit_mmap", Lifetime.class, "exitMmap");
  private static final KernelMethod MUNMAP = new KernelMethod("munmap", Lifetime.class, "munmap");
  private static final KernelMethod MPROTECT =
      new KernelMethod("mprotect", Lifetime.class, "mprotect");

  static final List<Fault> ALL =
      List.of(
          Fault.in(EXIT_MMAP, "no IPI although tables are freed")
              .on("refcount", "x86-eager")
              .over("e06-idle-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        protected void exitMmap(Cpu cpu, Mm mm) {
                          super.exitMmap(Bent.without(cpu, Sites.FLUSH_IPI), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(EXIT_MMAP, "the tables are freed before the flush")
              .on("refcount", "x86-eager")
              .over("e06-idle-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        protected void exitMmap(Cpu cpu, Mm mm) {
                          super.exitMmap(Bent.freeingEarly(cpu), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(EXIT_MMAP, "the range that munmap has freed is freed again")
              .on("refcount", "x86-eager")
              .over("e12-munmap-exit")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        protected void exitMmap(Cpu cpu, Mm mm) {
                          cpu.writeOnce(mm.rangeMapped, 1);
                          super.exitMmap(cpu, mm);
                        }
                      }))
              .foundBy("I5"),
          Fault.in(MUNMAP, "no IPI although a table is freed")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void munmap(Cpu cpu, Mm mm) {
                          super.munmap(Bent.without(cpu, Sites.FLUSH_IPI), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(MUNMAP, "the table is freed before the flush")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void munmap(Cpu cpu, Mm mm) {
                          super.munmap(Bent.freeingEarly(cpu), mm);
                        }
                      }))
              .foundBy("I2"),
          Fault.in(MPROTECT, "frees a table after a flush for changed leaf entries")
              .on("refcount", "x86-eager")
              .over("mprotect-return")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mprotect(Cpu cpu, Mm mm) {
                          cpu.writeOnce(mm.rangeMapped, 0);
                          cpu.unlink(mm.rangeTables);
                          super.mprotect(cpu, mm);
                          cpu.free(mm.rangeTables);
                        }
                      }))
              .foundBy("I2"));

  private UnmapFaults() {}
}
