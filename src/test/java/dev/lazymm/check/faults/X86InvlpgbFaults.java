package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;

import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.X86;
import dev.lazymm.kernel.X86Flush;
import dev.lazymm.kernel.X86Invlpgb;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.kernel.history.LazyTestTooLate;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Site;
import java.util.List;

/** x86 with INVLPGB, broken; and the hooks that it alone has something to do in. */
final class X86InvlpgbFaults {
  static final List<Fault> ALL =
      List.of(
          onLazy("mm_needs_global_asid", X86.class, "mmNeedsGlobalAsid", "pins the mm")
              .over("switch-kernel-user-same")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected boolean mmNeedsGlobalAsid(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                          return false;
                        }
                      }))
              .foundBy("I4"),
          onLazy("is_global_asid", X86.class, "isOnGlobalAsid", "says yes: all is up to date")
              .over("mprotect-return")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected boolean isOnGlobalAsid(Cpu cpu) {
                          return true;
                        }
                      }))
              .foundBy("I7"),
          onLazy(
                  "broadcast_tlb_flush",
                  X86Flush.class,
                  "broadcastTlbFlush",
                  "says that it has flushed")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected boolean broadcastTlbFlush(
                            Cpu cpu, Mm mm, KObject info, boolean freedTables) {
                          return true;
                        }
                      }))
              .foundBy("I7"),
          onLazy("consider_global_asid", X86Flush.class, "considerGlobalAsid", "pins the mm")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected void considerGlobalAsid(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          onLazy("mm_in_asid_transition", X86Flush.class, "mmInAsidTransition", "pins the mm")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected boolean mmInAsidTransition(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                          return true;
                        }
                      }))
              .foundBy("I4"),
          onLazy("flush_tlb_func (lazy)", X86Flush.class, "isFlushed", "a lazy CPU is left alone")
              .over("munmap-lazy")
              .by(
                  arch(k ->
                      new X86Lazy(k, k.memory()) {
                        @Override
                        protected boolean isFlushed(Cpu cpu, Mm loaded) {
                          return isLazy(cpu, cpu.id());
                        }
                      }))
              .foundBy("I2"),
          in("init_new_context", "initNewContext", "every mm gets the same global ASID")
              .over("cpu 0: (A1) run B1; run A1")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        public void initNewContext(Cpu cpu, Mm mm) {
                          super.initNewContext(cpu, mm);
                          cpu.writeOnce(mm.globalAsid, SLOTS);
                        }
                      }))
              .foundBy("I7"),
          in("mm_needs_global_asid", "mmNeedsGlobalAsid", "pins the mm")
              .over("switch-kernel-user-same")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected boolean mmNeedsGlobalAsid(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                          return super.mmNeedsGlobalAsid(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in("is_global_asid", "isOnGlobalAsid", "says yes of every ASID")
              .over("mprotect-return")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected boolean isOnGlobalAsid(Cpu cpu) {
                          return true;
                        }
                      }))
              .foundBy("I7"),
          in("choose_new_asid", "chooseNewAsid", "who comes back takes an ASID of its own")
              .over(
                  "cpu 0: (A1) mprotect; mprotect; mprotect; mprotect",
                  "cpu 1: (A2) run B1; run A2")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected NewAsid chooseNewAsid(Cpu cpu, Mm next, long nextTlbGen) {
                          boolean comes = loadedMmOf(cpu, cpu.id()) != next;
                          return super.chooseNewAsid(
                              comes ? withoutGlobalAsid(cpu, next) : cpu, next, nextTlbGen);
                        }
                      }))
              .foundBy("I7"),
          in("load_new_mm_cr3", "loadNewMmCr3", "does nothing")
              .over("switch-user-user")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected void loadNewMmCr3(
                            Cpu cpu, Mm next, int asid, boolean needFlush) {}
                      }))
              .foundBy("I3", "I8"),
          in("flush_tlb_func (global ASID)", "isFlushed", "is tested before is_lazy")
              .as("R20")
              .over("invlpgb-transition")
              .by(arch(k -> new LazyTestTooLate(k, k.memory())))
              .foundBy("I11", "WARN"),
          in("mm_in_asid_transition", "mmInAsidTransition", "says no: nobody is made to reload")
              .over("cpu 0: (A1) mprotect; mprotect", "cpu 1: (A2)")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected boolean mmInAsidTransition(Cpu cpu, Mm mm) {
                          return false;
                        }
                      }))
              .foundBy("I7"),
          in("broadcast_tlb_flush", "broadcastTlbFlush", "flushes no ASID")
              .over("cpu 0: (A1) mprotect; mprotect; mprotect", "cpu 1: (A2)")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected boolean broadcastTlbFlush(
                            Cpu cpu, Mm mm, KObject info, boolean freedTables) {
                          return super.broadcastTlbFlush(
                              withoutBroadcast(cpu), mm, info, freedTables);
                        }
                      }))
              .foundBy("I7"),
          in("finish_asid_transition", "finishAsidTransition", "does nothing")
              .over("cpu 0: (A1) mprotect; mprotect", "cpu 1: (A2)")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected void finishAsidTransition(
                            Cpu cpu, Mm mm, KObject info, long asid, boolean freedTables) {}
                      }))
              .foundBy("I7"),
          in("consider_global_asid", "considerGlobalAsid", "pins the mm")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected void considerGlobalAsid(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in("mm_active_cpus_exceeds", "mmActiveCpusExceeds", "pins the mm")
              .over("tlb-mprotect")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected boolean mmActiveCpusExceeds(Cpu cpu, Mm mm) {
                          k.lifetime().mmgrab(cpu, mm);
                          return false;
                        }
                      }))
              .foundBy("I4"),
          in("use_global_asid", "useGlobalAsid", "asid_transition is not set")
              .over("cpu 0: (A1) mprotect; mprotect", "cpu 1: (A2)")
              .by(
                  arch(k ->
                      new X86Invlpgb(k, k.memory()) {
                        @Override
                        protected void useGlobalAsid(Cpu cpu, Mm mm) {
                          super.useGlobalAsid(withoutTransition(cpu, mm), mm);
                        }
                      }))
              .foundBy("I7"));

  private X86InvlpgbFaults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, X86Invlpgb.class, javaName), broken)
        .on("refcount", "x86-invlpgb");
  }

  private static Fault onLazy(String kernelName, Class<?> owner, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken)
        .on("refcount", "x86-lazy");
  }

  private static Cpu withoutGlobalAsid(Cpu cpu, Mm mm) {
    return new ForwardingCpu(cpu) {
      @Override
      public long loadAcquire(Cell cell, Site site) {
        return cell == mm.globalAsid ? 0 : super.loadAcquire(cell, site);
      }
    };
  }

  private static Cpu withoutBroadcast(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public void flushTlbBroadcast(int tag, Site site) {
        if (site != Sites.FLUSH_INVLPGB) {
          super.flushTlbBroadcast(tag, site);
        }
      }
    };
  }

  private static Cpu withoutTransition(Cpu cpu, Mm mm) {
    return new ForwardingCpu(cpu) {
      @Override
      public void writeOnce(Cell cell, long value) {
        if (cell != mm.asidTransition) {
          super.writeOnce(cell, value);
        }
      }
    };
  }
}
