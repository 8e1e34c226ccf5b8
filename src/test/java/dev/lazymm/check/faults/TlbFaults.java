package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;
import static dev.lazymm.check.faults.Variant.fork;
import static dev.lazymm.check.faults.Variant.lifetime;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Fork;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.X86;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.X86Flush;
import dev.lazymm.kernel.X86IpiBroadcast;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.X86LazyClear;
import dev.lazymm.kernel.X86Unlazy;
import dev.lazymm.kernel.history.SwitchingNotSeen;
import dev.lazymm.kernel.history.SwitchingTooLate;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flushes, generations and slots, broken. */
final class TlbFaults {
  static final List<Fault> ALL =
      List.of(
          in("mprotect", Lifetime.class, "mprotect", "does not flush")
              .on("refcount", "x86-eager")
              .over("mprotect-return")
              .by(
                  lifetime(k ->
                      new Lifetime(k) {
                        @Override
                        public void mprotect(Cpu cpu, Mm mm) {
                          cpu.pteChanged(mm.userTables);
                          cpu.flushed(mm.userTables);
                        }
                      }))
              .foundBy("I7"),
          in("dup_mm", Fork.class, "dupMm", "does not flush the parent's TLB")
              .on("refcount", "powerpc-hash")
              .over("fork-lazy-parent")
              .by(
                  fork(k ->
                      new Fork(k) {
                        @Override
                        protected Mm dupMm(Cpu cpu, Mm oldmm, String label) {
                          Mm mm = cpu.alloc(k.mms(), label);
                          k.lifetime().mmInit(cpu, mm);
                          cpu.pteChanged(oldmm);
                          cpu.flushed(oldmm);
                          return mm;
                        }
                      }))
              .foundBy("I7"),
          in("flush_tlb_mm", PowerpcHash.class, "flushTlbMm", "does nothing")
              .on("refcount", "powerpc-hash")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {}
                      }))
              .foundBy("I7"),
          in("flush_tlb_range", Arch.class, "flushTlbRange", "does nothing")
              .on("refcount", "powerpc-hash")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void flushTlbRange(Cpu cpu, Mm mm, KObject range, boolean freed) {}
                      }))
              .foundBy("I7"),
          in("init_new_context", Arch.class, "initNewContext", "makes a user of the mm")
              .on("refcount", "powerpc-hash")
              .over("fork-child-exits")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          cpu.writeOnce(mm.mmUsers, 2);
                        }
                      }))
              .foundBy("I4"),
          in("init_new_context", X86.class, "initNewContext", "every mm gets the same ctx_id")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) run B1; run A1")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          super.initNewContext(cpu, mm);
                          cpu.writeOnce(mm.ctxId, 7);
                        }
                      }))
              .foundBy("I7", "I7'"),
          in(
                  "switch_mm_irqs_off",
                  X86.class,
                  "switchMmIrqsOff",
                  "a CPU that was lazy does not flush when it comes back")
              .on("refcount", "x86-eager")
              .over("mprotect-return")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void switchMmIrqsOff(Cpu cpu, Mm prev, Mm next, Task tsk) {
                          super.switchMmIrqsOff(withoutReload(cpu, next), prev, next, tsk);
                        }
                      }))
              .foundBy("I7"),
          in("choose_new_asid", X86.class, "chooseNewAsid", "what a slot caches is never flushed")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) run B1; run C1")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long gen) {
                          return new NewAsid(super.chooseNewAsid(cpu, next, gen).asid(), false);
                        }
                      }))
              .foundBy("I7"),
          in("inc_mm_tlb_gen", X86Flush.class, "incMmTlbGen", "makes no new generation")
              .on("refcount", "x86-eager")
              .over("mprotect-return")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected long incMmTlbGen(Cpu cpu, Mm mm) {
                          return cpu.readOnce(mm.tlbGen);
                        }
                      }))
              .foundBy("I7"),
          in(
                  "flush_tlb_func (partial)",
                  X86Flush.class,
                  "mayFlushPartially",
                  "a partial flush passes for those before it")
              .on("refcount", "x86-eager")
              .over("tlb-two-flushes")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected boolean mayFlushPartially(long local, long gen, long mmGen) {
                          return gen == mmGen;
                        }
                      }))
              .foundBy("I7", "I7'"),
          in("flush_tlb_func (lazy)", X86Flush.class, "unlazy", "only ends the laziness")
              .on("refcount", "x86-eager")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void unlazy(Cpu cpu, Mm loaded) {
                          super.switchMmIrqsOff(cpu, loaded, loaded, k.current(cpu));
                        }
                      }))
              .foundBy("I11"),
          in(
                  "switch_mm_irqs_off (out)",
                  X86Eager.class,
                  "stopReceivingIpis",
                  "the old root is counted on up to CR3")
              .on("refcount", "x86-eager")
              .over("cpu 0: (A1) munmap", "cpu 1: (A2) run B1")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected void stopReceivingIpis(Cpu cpu, Mm prev) {
                          clear(cpu, prev);
                        }
                      }))
              .foundBy("I2"),
          in(
                  "switch_mm_irqs_off (in)",
                  X86Eager.class,
                  "startReceivingIpis",
                  "tlb_gen is read before the bit is set")
              .on("refcount", "x86-eager")
              .over("tlb-switch-back")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        protected long startReceivingIpis(Cpu cpu, Mm next) {
                          long early = cpu.readOnce(next.tlbGen);
                          super.startReceivingIpis(cpu, next);
                          return early;
                        }
                      }))
              .foundBy("I7"),
          in(
                  "switch_mm_irqs_off (out)",
                  X86Lazy.class,
                  "stopReceivingIpis",
                  "clears the bit, as up to v6.13")
              .on("refcount", "x86-lazy")
              .over("cpu 0: (A1) munmap", "cpu 1: (A2) run B1")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected void stopReceivingIpis(Cpu cpu, Mm prev) {
                          clear(cpu, prev);
                        }
                      }))
              .foundBy("I2"),
          in(
                  "switch_mm_irqs_off (in)",
                  X86Lazy.class,
                  "startReceivingIpis",
                  "LOADED_MM_SWITCHING is stored too late")
              .as("R15")
              .on("refcount", "x86-lazy")
              .over("tlb-switch-back")
              .by(arch(k -> new SwitchingTooLate(k, k.memory())))
              .foundBy("I7"),
          in("switch_mm_irqs_off (bit)", X86Lazy.class, "setMaskBit", "the bit is not set")
              .on("refcount", "x86-lazy")
              .over("tlb-switch-in")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected void setMaskBit(Cpu cpu, Mm next) {}
                      }))
              .foundBy("I7"),
          in(
                  "should_flush_tlb",
                  X86Lazy.class,
                  "shouldFlushTlb",
                  "a CPU in the middle of a switch is passed over")
              .as("R13")
              .on("refcount", "x86-lazy")
              .over("tlb-switch-in")
              .by(arch(k -> new SwitchingNotSeen(k, k.memory())))
              .foundBy("I7"),
          in("flush_tlb_func (lazy)", X86LazyClear.class, "unlazy", "clears the bit and stays")
              .on("refcount", "x86-lazy-clear")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86LazyClear(k, k.memory()) {
                        @Override
                        protected void unlazy(Cpu cpu, Mm loaded) {
                          clear(cpu, loaded);
                        }
                      }))
              .foundBy("I2"),
          in("flush_tlb_func (lazy)", X86Unlazy.class, "unlazy", "gives no borrow back")
              .on("refcount", "x86-unlazy")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Unlazy(k, k.memory()) {
                        @Override
                        protected void unlazy(Cpu cpu, Mm loaded) {
                          super.unlazy(Bent.without(cpu, Sites.UNLAZY_DROP), loaded);
                        }
                      }))
              .foundBy("I4"),
          in("leave_mm", X86Unlazy.class, "leaveMm", "gives no borrow back")
              .on("refcount", "x86-unlazy")
              .over("e12-leave-mm-exit")
              .by(
                  arch(k ->
                      new X86Unlazy(k, k.memory()) {
                        @Override
                        public void leaveMm(Cpu cpu) {
                          super.leaveMm(Bent.without(cpu, Sites.UNLAZY_DROP));
                        }
                      }))
              .foundBy("I4"),
          in(
                  "broadcast_tlb_flush",
                  X86IpiBroadcast.class,
                  "flushTlbMmRange",
                  "only this CPU flushes")
              .on("refcount", "x86-ipi-broadcast")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86IpiBroadcast(k, k.memory()) {
                        @Override
                        protected void flushTlbMmRange(
                            Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
                          incMmTlbGen(cpu, mm);
                          cpu.flushTlbLocal(Sites.FLUSH_LOCAL);
                        }
                      }))
              .foundBy("I7"));

  private TlbFaults() {}

  private static Fault in(String kernelName, Class<?> owner, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken);
  }

  private static void clear(Cpu cpu, Mm mm) {
    if (!mm.name().equals("init_mm")) {
      cpu.clearCpu(mm.cpumask, cpu.id(), Ordering.FULL, Sites.MASK_CLEAR);
    }
  }

  /** No load of the root that is loaded already. */
  private static Cpu withoutReload(Cpu cpu, Mm next) {
    boolean reload = cpu.hasRoot(next.pgd);
    return new ForwardingCpu(cpu) {
      @Override
      public void loadRoot(KObject root, int tag, boolean flush, dev.lazymm.machine.Site site) {
        if (!reload) {
          super.loadRoot(root, tag, flush, site);
        }
      }
    };
  }
}
