package dev.lazymm.check.faults;

import static dev.lazymm.check.faults.Variant.arch;
import static dev.lazymm.check.faults.Variant.hotplug;
import static dev.lazymm.check.faults.Variant.smp;

import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Hotplug;
import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Powerpc;
import dev.lazymm.kernel.PowerpcHash;
import dev.lazymm.kernel.PowerpcRadix;
import dev.lazymm.kernel.Sites;
import dev.lazymm.kernel.Smp;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.X86;
import dev.lazymm.kernel.X86Eager;
import dev.lazymm.kernel.history.IdleTaskExit;
import dev.lazymm.kernel.history.IdleTaskExitDrops;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ordering;
import dev.lazymm.machine.Site;
import java.util.List;

/** Hotplug broken: in kernel/cpu.c, in who is sent IPIs, and in what architectures do for it. */
final class HotplugFaults {
  private static final String HASH = "powerpc-hash";
  private static final String RADIX = "powerpc-radix";

  static final List<Fault> ALL =
      List.of(
          in(Smp.class, "on_each_cpu_mask", "onEachCpuMask", "interrupts CPUs that are offline too")
              .on("refcount", "x86-lazy")
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        public void onEachCpuMask(
                            Cpu cpu, long[] cpus, Ipi ipi, KObject info, boolean wait, Site site) {
                          cpu.onEachCpu(cpus, ipi, info, wait, site);
                        }
                      }))
              .foundBy("I10"),
          in(Smp.class, "stop_machine", "stopMachine", "stops nobody")
              .on("shootdown", HASH)
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        protected void stopMachine(Cpu cpu) {
                          cpu.irqDisable(Sites.IRQ_STOP_MACHINE);
                        }

                        @Override
                        protected void startMachine(Cpu cpu) {}
                      }))
              .foundBy("I10"),
          in(Smp.class, "stop_machine (end)", "startMachine", "lets nobody go on")
              .on("shootdown", HASH)
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        protected void startMachine(Cpu cpu) {}
                      }))
              .foundBy("HANG"),
          in(Smp.class, "set_cpu_online", "setCpuOnline", "says nothing")
              .on("refcount", "x86-lazy")
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        protected void setCpuOnline(Cpu cpu, boolean online) {}
                      }))
              .foundBy("I10"),
          in(
                  "sched_cpu_wait_empty",
                  "schedCpuWaitEmpty",
                  "does not go to init_mm, nor does anything later")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void schedCpuWaitEmpty(Cpu cpu) {}
                      }))
              .foundBy("I10", "WARN"),
          in(
                  "sched_cpu_wait_empty",
                  "schedCpuWaitEmpty",
                  "idle_task_exit goes to init_mm instead, offline")
              .as("R03")
              .on("shootdown", HASH)
              .over("hotplug-exit")
              .by(hotplug(IdleTaskExit::new))
              .foundBy("I1", "I2", "I6", "I10"),
          in(
                  "sched_cpu_wait_empty",
                  "schedCpuWaitEmpty",
                  "idle_task_exit drops the borrow, offline")
              .as("R04")
              .over("hotplug-drop")
              .by(hotplug(IdleTaskExitDrops::new))
              .foundBy("I10", "I12"),
          in("sched_force_init_mm", "schedForceInitMm", "does not count init_mm")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void schedForceInitMm(Cpu cpu) {
                          Task idle = k.rq(cpu).idle;
                          Mm mm = k.activeMm(cpu, idle);
                          cpu.irqDisable(Sites.IRQ_FORCE_INIT);
                          cpu.write(idle.activeMm, k.initMm());
                          k.arch().switchMmIrqsOff(cpu, mm, k.initMm(), idle);
                          cpu.hold(Kernel.ACTIVE_MM, k.initMm());
                          cpu.irqEnable(Sites.IRQ_FORCE_INIT);
                          k.lazyMm().mmdropLazyTlb(cpu, mm, Sites.FORCE_INIT_DROP);
                        }
                      }))
              .foundBy("I4"),
          in("sched_force_init_mm", "schedForceInitMm", "runs with interrupts on")
              .on("refcount", "x86-eager")
              .over("hotplug-exit")
              .byWeakening(Sites.IRQ_FORCE_INIT)
              .foundBy("WARN"),
          in("take_cpu_down", "takeCpuDown", "leaves cpu_online_mask when the others run again")
              .on("shootdown", "x86-lazy")
              .over("hotplug-exit")
              .by(hotplug(LeavesLate::new))
              .foundBy("I10"),
          in("arch_cpu_idle_dead", "archCpuIdleDead", "tells nobody")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void archCpuIdleDead(Cpu cpu) {}
                      }))
              .foundBy("HANG"),
          in("__cpu_die", "cpuDown", "waits without an acquire")
              .over("hotplug-borrow")
              .byWeakening(Sites.CPU_DIE)
              .foundBy("RACE"),
          in("finish_cpu", "finishCpu", "keeps the reference of init_mm")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void finishCpu(Cpu cpu, int target) {
                          cpu.write(k.cpuRq(target).idle.activeMm, null);
                        }
                      }))
              .foundBy("I4"),
          in("finish_cpu", "finishCpu", "leaves active_mm")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void finishCpu(Cpu cpu, int target) {
                          k.lazyMm().mmdropLazyTlb(cpu, k.initMm(), Sites.FINISH_CPU_DROP);
                        }
                      }))
              .foundBy("I10"),
          in("bringup_cpu", "cpuUp", "does not let the CPU start")
              .over("hotplug-again")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void cpuUp(Cpu cpu, int target) {}
                      }))
              .foundBy("HANG"),
          in("start_secondary", "startSecondary", "does not count init_mm")
              .over("hotplug-again")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void startSecondary(Cpu cpu) {
                          super.startSecondary(Bent.without(cpu, Sites.GRAB_LAZY));
                        }
                      }))
              .foundBy("I4"),
          in("copy_process (list)", "linkTask", "is on no list")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void linkTask(Cpu cpu, Task task) {}
                      }))
              .foundBy("always"),
          in("release_task", "releaseTask", "is freed while it is looked at")
              .over("hotplug-exit")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void releaseTask(Cpu cpu, Task task) {
                          cpu.writeOnce(task.pid.task, 0);
                          cpu.free(task);
                        }
                      }))
              .foundBy("UAF"),
          in("clear_tasks_mm_cpumask", "clearTasksMmCpumask", "leaves no mask")
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void clearTasksMmCpumask(Cpu cpu) {}
                      }))
              .foundBy("always"),
          in(Arch.class, "__cpu_disable", "cpuDisable", "powerpc does nothing")
              .over("hotplug-borrow")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void cpuDisable(Cpu cpu) {}
                      }))
              .foundBy("always"),
          in(Powerpc.class, "cleanup_cpu_mmu_context", "cpuDisable", "keeps what the TLB has")
              .on("refcount", RADIX)
              .over("hotplug-back")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        public void cpuDisable(Cpu cpu) {
                          super.cpuDisable(Bent.without(cpu, Sites.FLUSH_LOCAL));
                        }
                      }))
              .foundBy("I7"),
          in(Arch.class, "arch_clear_mm_cpumask_cpu", "clearMmCpumaskCpu", "empties the mask")
              .on("shootdown", HASH)
              .over("cpu 0: run k1; unplug 1", "cpu 1: (k2) idle; offline", "cpu 2: (A1) exit")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void clearMmCpumaskCpu(Cpu cpu, Mm mm) {
                          cpu.writeOnce(mm.cpumask.word(0), 0);
                        }
                      }))
              .foundBy("I6"),
          in(
                  PowerpcRadix.class,
                  "arch_clear_mm_cpumask_cpu",
                  "clearMmCpumaskCpu",
                  "counts down though it is not in the mask")
              .on("refcount", RADIX)
              .over("cpu 0: (A1) unplug 1; munmap", "cpu 1: offline")
              .by(
                  arch(k ->
                      new PowerpcRadix(k) {
                        @Override
                        public void clearMmCpumaskCpu(Cpu cpu, Mm mm) {
                          cpu.fetchAdd(
                              mm.context.activeCpus, -1, Ordering.RELAXED, Sites.ACTIVE_CPUS_DEC);
                        }
                      }))
              .foundBy("I2"),
          in(Arch.class, "cpu_init", "cpuInit", "the MMU stays on nothing")
              .over("cpu 0: (k1) unplug 1; plug 1", "cpu 1: offline; online")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void cpuInit(Cpu cpu, Mm initMm) {
                          cpu.hold(believed(), initMm);
                        }
                      }))
              .foundBy("I3"),
          in(X86.class, "initialize_tlbstate_and_flush", "cpuInit", "leaves CR3")
              .on("refcount", "x86-eager")
              .over("cpu 0: (k1) unplug 1; plug 1", "cpu 1: offline; online")
              .by(
                  arch(k ->
                      new X86Eager(k, k.memory()) {
                        @Override
                        public void cpuInit(Cpu cpu, Mm initMm) {
                          super.cpuInit(Bent.without(cpu, Sites.ROOT), initMm);
                        }
                      }))
              .foundBy("I3"));

  private HotplugFaults() {}

  private static Fault in(String kernelName, String javaName, String broken) {
    return in(Hotplug.class, kernelName, javaName, broken);
  }

  private static Fault in(Class<?> owner, String kernelName, String javaName, String broken) {
    return Fault.in(new KernelMethod(kernelName, owner, javaName), broken).on("refcount", HASH);
  }

  /** Leaves cpu_online_mask only when stop_machine has ended. */
  private static final class LeavesLate extends Hotplug {
    private final Kernel kernel;

    LeavesLate(Kernel kernel) {
      super(kernel);
      this.kernel = kernel;
    }

    @Override
    protected void takeCpuDown(Cpu cpu) {
      super.takeCpuDown(cpu);
      cpu.setCpu(
          kernel.smp().onlineMask(), cpu.id(), Ordering.RELAXED, Sites.CPU_ONLINE); // not yet
      cpu.clearCpu(kernel.smp().onlineMask(), cpu.id(), Ordering.RELAXED, Sites.CPU_OFFLINE);
    }
  }
}
