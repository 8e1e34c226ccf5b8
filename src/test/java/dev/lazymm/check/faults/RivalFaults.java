package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.design;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.ChangeCurrentMm;
import dev.lazymm.kernel.DesnoyersHp;
import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.LazyMm;
import dev.lazymm.kernel.LinusRule;
import dev.lazymm.kernel.LutoHazard;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Refcount;
import dev.lazymm.kernel.RefcountRt;
import dev.lazymm.kernel.RunQueue;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.history.HazardWithoutReload;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Rmw;
import dev.lazymm.machine.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Hazard pointers, Linus's rule and PREEMPT_RT's deferred drop, broken; and the context law. */
final class RivalFaults {
  /** The last borrow of an mm without users ends at a switch. */
  private static final String LAST_DROP = "e06-idle-exit-move";

  static final List<Fault> ALL =
      List.of(
          in(LazyMm.class, "endLazyTlb", "the end of a borrow", "drops, as mmdrop_lazy_tlb will")
              .on("refcount", "powerpc-hash")
              .over("use-borrowed")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void endLazyTlb(Cpu cpu, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in(LazyMm.class, "finishTaskSwitch", "finish_task_switch (the design's)", "pins an mm")
              .on("refcount", "powerpc-hash")
              .over("cpu 0: (A1) idle; run A1")
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void finishTaskSwitch(Cpu cpu) {
                          k.lifetime().mmgrab(cpu, k.activeMm(cpu, k.current(cpu)));
                        }
                      }))
              .foundBy("I4"),
          in(LazyMm.class, "exitLazyTlb", "the end of a borrow", "drops under the rq lock")
              .on("refcount", "powerpc-hash")
              .over(LAST_DROP)
              .by(
                  design(k ->
                      new Refcount(k) {
                        @Override
                        public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
                          k.lifetime().mmdrop(cpu, mm);
                          cpu.write(prev.activeMm, null);
                        }
                      }))
              .foundBy("I12"),

          // Lutomirski's hazard pointers
          luto("enterLazyTlb", "context_switch: rq->lazy_mm = mm", "lazy_mm is not written")
              .over("e07-idle-exit")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
                          arch.enterLazyTlb(cpu, mm, tsk);
                          return mm;
                        }
                      }))
              .foundBy("I1"),
          luto("exitLazyTlb", "context_switch: rq->lazy_mm = NULL", "lazy_mm is kept")
              .over("cpu 0: (A1) idle; run A1; idle")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void exitLazyTlb(Cpu cpu, RunQueue rq, Task prev, Mm mm) {
                          cpu.write(prev.activeMm, null);
                        }
                      }))
              .foundBy("WARN"),
          luto("endLazyTlb", "__change_current_mm: rq->lazy_mm = NULL", "lazy_mm is kept")
              .over("use-borrowed")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void endLazyTlb(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("WARN"),
          luto("mmdropLazyTlb", "mmdrop_lazy_tlb", "drops what was never counted")
              .over("hotplug-borrow")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
                          k.lifetime().mmdrop(cpu, mm, site);
                        }
                      }))
              .foundBy("I4"),
          in(
                  Hotplug.class,
                  "schedForceInitMm",
                  "sched_force_init_mm",
                  "the CPU that leaves borrows on")
              .on("luto-hazard", "powerpc-hash")
              .over("hotplug-drop")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void endLazyTlb(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("always"),
          path("changeCurrentMm", "__change_current_mm", "without membarrier_finish_switch_mm")
              .under("power")
              .over("membarrier-e-same")
              .byWeakening(Sites.FINISH_SWITCH_MM)
              .foundBy("never"),
          path("changeCurrentMm", "__change_current_mm", "counts kernel threads as before patch 15")
              .over("use-borrowed")
              .by(
                  luto(k ->
                      onePath(
                          k,
                          luto ->
                              new ChangeCurrentMm(k, luto) {
                                @Override
                                public void changeCurrentMm(Cpu cpu, Mm mm, boolean isNew) {
                                  k.lifetime().mmgrab(cpu, mm);
                                  super.changeCurrentMm(cpu, mm, isNew);
                                }
                              })))
              .foundBy("I4"),
          path("changeCurrentMm", "__change_current_mm", "runs with interrupts on")
              .over("exec-last-user")
              .byWeakening(Sites.IRQ_CHANGE_MM)
              .foundBy("I3"),
          path("changeCurrentMmToKernel", "__change_current_mm_to_kernel", "without a barrier")
              .under("power")
              .over("membarrier-e-unuse")
              .byWeakening(Sites.B8)
              .foundBy("never"),
          path("changeCurrentMmToKernel", "__change_current_mm_to_kernel", "lazy_mm is not written")
              .over("e06-use-exit")
              .by(
                  luto(k ->
                      onePath(
                          k,
                          luto ->
                              new ChangeCurrentMm(k, luto) {
                                @Override
                                public void changeCurrentMmToKernel(Cpu cpu) {
                                  super.changeCurrentMmToKernel(cpu);
                                  luto.endLazyTlb(cpu, k.activeMm(cpu, k.current(cpu)));
                                }
                              })))
              .foundBy("I1"),
          luto("finishTaskSwitch", "mmdrop_lazy", "drops what this CPU borrows still")
              .over("e07-kthread-chain")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void finishTaskSwitch(Cpu cpu) {
                          super.finishTaskSwitch(blindToLazyMm(cpu));
                        }
                      }))
              .foundBy("I1"),
          luto("unlazyMm", "mm_unlazy_mm_count", "takes a reference too few")
              .over("e07-idle-exit")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        public void unlazyMm(Cpu cpu, Mm mm) {
                          super.unlazyMm(grabbingOneLess(cpu), mm);
                        }
                      }))
              .foundBy("I4"),
          luto("possibleLazymmCpus", "for_each_possible_lazymm_cpu", "knows of no CPU")
              .over("e07-idle-exit")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        protected long[] possibleLazymmCpus(Cpu cpu, Mm mm) {
                          return new long[mm.cpumask.words()];
                        }
                      }))
              .foundBy("I1"),
          luto("tryMmDropRqRef", "__try_mm_drop_rq_ref", "hands nothing over")
              .over("e07-idle-exit")
              .by(
                  luto(k ->
                      new Luto(k) {
                        @Override
                        protected boolean tryMmDropRqRef(Cpu cpu, Slot slot, Mm mm) {
                          return true;
                        }
                      }))
              .foundBy("I4", "I5"),
          luto("lazyMmNow", "__try_mm_drop_rq_ref: lazy_mm again", "trusts what was read before")
              .as("R27")
              .over(
                  "start: cpu 2 gets B",
                  "cpu 0: run A1; exit",
                  "cpu 1: (A1) idle; run B1; exit",
                  "cpu 2: put B")
              .by(luto(HazardWithoutReload::new))
              .foundBy("I1"),

          // Linus's rule
          linus("enterLazyTlb", "exit_mm: to init_mm", "exit_mm borrows what it puts")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new Linus(k) {
                        @Override
                        public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
                          arch.enterLazyTlb(cpu, mm, tsk);
                          return mm;
                        }
                      }))
              .foundBy("WARN"),
          linus("unlazyMm", "__mmput: unlazy_mm", "no IPI is sent")
              .over("e07-idle-exit")
              .byWeakening(Sites.UNLAZY_IPI)
              .foundBy("I1", "I2"),
          linus("whom", "__mmput: whom it interrupts", "leaves its own CPU out")
              .over("hazard-put-lazy")
              .by(
                  design(k ->
                      new Linus(k) {
                        @Override
                        protected long[] whom(Cpu cpu, Mm mm) {
                          long[] cpus = super.whom(cpu, mm);
                          cpus[cpu.id() >>> 6] &= ~CpuMask.bit(cpu.id());
                          return cpus;
                        }
                      }))
              .foundBy("I1"),
          linus("unlazy", "unlazy_mm: the handler", "leaves the MMU as it is")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new Linus(k) {
                        @Override
                        protected void unlazy(Cpu cpu, KObject info) {
                          super.unlazy(Bent.without(cpu, Sites.ROOT), info);
                        }
                      }))
              .foundBy("I2", "I3"),

          // Desnoyers's hazard pointers
          desnoyers("enterLazyTlb", "mmgrab_lazy_tlb", "the slot is not written")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new DesnoyersHp(k) {
                        @Override
                        public Mm enterLazyTlb(Cpu cpu, Arch arch, Mm mm, Task tsk) {
                          arch.enterLazyTlb(cpu, mm, tsk);
                          return mm;
                        }
                      }))
              .foundBy("I1", "I2"),
          desnoyers("mmdropLazyTlb", "mmdrop_lazy_tlb", "drops what was never counted")
              .over("use-borrowed")
              .by(
                  design(k ->
                      new DesnoyersHp(k) {
                        @Override
                        public void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
                          super.mmdropLazyTlb(cpu, mm, site);
                          k.lifetime().mmdrop(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          desnoyers("mmdropLazyTlbSched", "mmdrop_lazy_tlb_sched", "the slot is not cleared")
              .over(LAST_DROP)
              .by(
                  design(k ->
                      new DesnoyersHp(k) {
                        @Override
                        public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
                          cpu.smpMb(Sites.HP_CLEAR);
                        }
                      }))
              .foundBy("HANG"),
          desnoyers("cleanupLazyTlbs", "hp_scan", "no slot is looked at")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new DesnoyersHp(k) {
                        @Override
                        public void cleanupLazyTlbs(Cpu cpu, Mm mm) {}
                      }))
              .foundBy("I1", "I2"),
          desnoyers("doShootLazyTlb", "do_shoot_lazy_tlb", "leaves the MMU as it is")
              .over("e07-idle-exit")
              .by(
                  design(k ->
                      new DesnoyersHp(k) {
                        @Override
                        protected void doShootLazyTlb(Cpu cpu, KObject info) {
                          super.doShootLazyTlb(Bent.without(cpu, Sites.ROOT), info);
                        }
                      }))
              .foundBy("I2", "I3"),

          // PREEMPT_RT
          in(RefcountRt.class, "mmdropLazyTlbSched", "mmdrop_sched", "drops twice")
              .on("refcount-rt", "powerpc-hash")
              .over(LAST_DROP)
              .by(
                  design(k ->
                      new RefcountRt(k) {
                        @Override
                        public void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
                          super.mmdropLazyTlbSched(cpu, mm);
                          super.mmdropLazyTlbSched(cpu, mm);
                        }
                      }))
              .foundBy("I4"),
          in(RefcountRt.class, "mmdropDelayed", "__mmdrop_delayed", "frees nothing")
              .on("refcount-rt", "powerpc-hash")
              .over(LAST_DROP)
              .by(
                  design(k ->
                      new RefcountRt(k) {
                        @Override
                        protected void mmdropDelayed(Cpu cpu, KObject info) {}
                      }))
              .foundBy("I5"),
          in(RefcountRt.class, "mmdropDelayed", "__mmdrop_delayed", "runs in a softirq, not RT")
              .on("refcount-rt", "x86-eager")
              .over(LAST_DROP)
              .by(
                  design(k ->
                      new RefcountRt(k) {
                        @Override
                        public boolean preemptRt() {
                          return false;
                        }
                      }))
              .foundBy("I12"));

  private RivalFaults() {}

  private static Fault in(Class<?> owner, String javaName, String kernelName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken);
  }

  private static Fault luto(String javaName, String kernelName, String broken) {
    return in(LutoHazard.class, javaName, kernelName, broken).on("luto-hazard", "powerpc-hash");
  }

  private static Fault linus(String javaName, String kernelName, String broken) {
    return in(LinusRule.class, javaName, kernelName, broken).on("linus-rule", "powerpc-hash");
  }

  private static Fault desnoyers(String javaName, String kernelName, String broken) {
    return in(DesnoyersHp.class, javaName, kernelName, broken).on("desnoyers-hp", "powerpc-hash");
  }

  private static Fault path(String javaName, String kernelName, String broken) {
    return in(ChangeCurrentMm.class, javaName, kernelName, broken)
        .on("luto-hazard", "powerpc-hash");
  }

  private static LazyMm onePath(Kernel k, Function<LutoHazard, ChangeCurrentMm> path) {
    return new Luto(k) {
      @Override
      public Optional<ChangeCurrentMm> changeCurrentMm() {
        return Optional.of(path.apply(this));
      }
    };
  }

  private static Variant luto(Function<Kernel, LazyMm> part) {
    return design(part);
  }

  private abstract static class Luto extends LutoHazard {
    Luto(Kernel kernel) {
      super(kernel, Lazy.ONLINE);
    }
  }

  private abstract static class Linus extends LinusRule {
    Linus(Kernel kernel) {
      super(kernel, true);
    }
  }

  private static Cpu blindToLazyMm(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public long readOnce(Cell cell) {
        return cell.toString().startsWith("lazy_mm") ? 0 : super.readOnce(cell);
      }
    };
  }

  private static Cpu grabbingOneLess(Cpu cpu) {
    return new ForwardingCpu(cpu) {
      @Override
      public long rmw(
          Rmw op, Cell cell, long operand, long expected, Ordering ordering, Site site) {
        long by = site == Sites.UNLAZY_GRAB ? operand - 1 : operand;
        return super.rmw(op, cell, by, expected, ordering, site);
      }
    };
  }
}
