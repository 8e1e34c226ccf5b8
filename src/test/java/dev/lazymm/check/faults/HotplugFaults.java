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
  private static final KernelMethod ON_EACH_CPU_MASK =
      new KernelMethod("on_each_cpu_mask", Smp.class, "onEachCpuMask");
  private static final KernelMethod STOP_MACHINE =
      new KernelMethod("stop_machine", Smp.class, "stopMachine");
  private static final KernelMethod START_MACHINE =
      new KernelMethod("stop_machine (end)", Smp.class, "startMachine");
  private static final KernelMethod SET_CPU_ONLINE =
      new KernelMethod("set_cpu_online", Smp.class, "setCpuOnline");
  private static final KernelMethod WAIT_EMPTY =
      method("sched_cpu_wait_empty", "schedCpuWaitEmpty");
  private static final KernelMethod FORCE_INIT_MM =
      method("sched_force_init_mm", "schedForceInitMm");
  private static final KernelMethod TAKE_CPU_DOWN = method("take_cpu_down", "takeCpuDown");
  private static final KernelMethod IDLE_DEAD = method("arch_cpu_idle_dead", "archCpuIdleDead");
  private static final KernelMethod CPU_DOWN = method("__cpu_die", "cpuDown");
  private static final KernelMethod FINISH_CPU = method("finish_cpu", "finishCpu");
  private static final KernelMethod CPU_UP = method("bringup_cpu", "cpuUp");
  private static final KernelMethod START_SECONDARY = method("start_secondary", "startSecondary");
  private static final KernelMethod LINK_TASK = method("copy_process (list)", "linkTask");
  private static final KernelMethod RELEASE_TASK = method("release_task", "releaseTask");
  private static final KernelMethod CLEAR_TASKS =
      method("clear_tasks_mm_cpumask", "clearTasksMmCpumask");
  private static final KernelMethod NO_CPU_DISABLE =
      new KernelMethod("__cpu_disable", Arch.class, "cpuDisable");
  private static final KernelMethod CPU_DISABLE =
      new KernelMethod("cleanup_cpu_mmu_context", Powerpc.class, "cpuDisable");
  private static final KernelMethod CLEAR_CPU =
      new KernelMethod("arch_clear_mm_cpumask_cpu", Arch.class, "clearMmCpumaskCpu");
  private static final KernelMethod CLEAR_CPU_RADIX =
      new KernelMethod("arch_clear_mm_cpumask_cpu", PowerpcRadix.class, "clearMmCpumaskCpu");
  private static final KernelMethod CPU_INIT = new KernelMethod("cpu_init", Arch.class, "cpuInit");
  private static final KernelMethod CPU_INIT_X86 =
      new KernelMethod("initialize_tlbstate_and_flush", X86.class, "cpuInit");

  static final List<Fault> ALL =
      List.of(
          Fault.in(ON_EACH_CPU_MASK, "interrupts CPUs that are offline too")
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
          Fault.in(STOP_MACHINE, "stops nobody")
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
          Fault.in(START_MACHINE, "lets nobody go on")
              .on("shootdown", HASH)
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        protected void startMachine(Cpu cpu) {}
                      }))
              .foundBy("HANG"),
          Fault.in(SET_CPU_ONLINE, "says nothing")
              .on("refcount", "x86-lazy")
              .over("hotplug-exit")
              .by(
                  smp(k ->
                      new Smp(k.memory()) {
                        @Override
                        protected void setCpuOnline(Cpu cpu, boolean online) {}
                      }))
              .foundBy("I10"),
          Fault.in(WAIT_EMPTY, "does not go to init_mm, nor does anything later")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void schedCpuWaitEmpty(Cpu cpu) {}
                      }))
              .foundBy("I10", "WARN"),
          Fault.in(WAIT_EMPTY, "idle_task_exit goes to init_mm instead, offline")
              .as("R03")
              .on("shootdown", HASH)
              .over("hotplug-exit")
              .by(hotplug(IdleTaskExit::new))
              .foundBy("I1", "I2", "I6", "I10"),
          Fault.in(WAIT_EMPTY, "idle_task_exit drops the borrow, offline")
              .as("R04")
              .on("refcount", HASH)
              .over("hotplug-drop")
              .by(hotplug(IdleTaskExitDrops::new))
              .foundBy("I10", "I12"),
          Fault.in(FORCE_INIT_MM, "does not count init_mm")
              .on("refcount", HASH)
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
          Fault.in(FORCE_INIT_MM, "runs with interrupts on")
              .on("refcount", "x86-eager")
              .over("hotplug-exit")
              .byWeakening(Sites.IRQ_FORCE_INIT)
              .foundBy("WARN"),
          Fault.in(TAKE_CPU_DOWN, "leaves cpu_online_mask when the others run again")
              .on("shootdown", "x86-lazy")
              .over("hotplug-exit")
              .by(hotplug(LeavesLate::new))
              .foundBy("I10"),
          Fault.in(IDLE_DEAD, "tells nobody")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        protected void archCpuIdleDead(Cpu cpu) {}
                      }))
              .foundBy("HANG"),
          Fault.in(CPU_DOWN, "waits without an acquire")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .byWeakening(Sites.CPU_DIE)
              .foundBy("RACE"),
          Fault.in(FINISH_CPU, "keeps the reference of init_mm")
              .on("refcount", HASH)
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
          Fault.in(FINISH_CPU, "leaves active_mm")
              .on("refcount", HASH)
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
          Fault.in(CPU_UP, "does not let the CPU start")
              .on("refcount", HASH)
              .over("hotplug-again")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void cpuUp(Cpu cpu, int target) {}
                      }))
              .foundBy("HANG"),
          Fault.in(START_SECONDARY, "does not count init_mm")
              .on("refcount", HASH)
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
          Fault.in(LINK_TASK, "is on no list")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void linkTask(Cpu cpu, Task task) {}
                      }))
              .foundBy("always"),
          Fault.in(RELEASE_TASK, "is freed while it is looked at")
              .on("refcount", HASH)
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
          Fault.in(CLEAR_TASKS, "leaves no mask")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .by(
                  hotplug(k ->
                      new Hotplug(k) {
                        @Override
                        public void clearTasksMmCpumask(Cpu cpu) {}
                      }))
              .foundBy("always"),
          Fault.in(NO_CPU_DISABLE, "powerpc does nothing")
              .on("refcount", HASH)
              .over("hotplug-borrow")
              .by(
                  arch(k ->
                      new PowerpcHash(k) {
                        @Override
                        public void cpuDisable(Cpu cpu) {}
                      }))
              .foundBy("always"),
          Fault.in(CPU_DISABLE, "keeps what the TLB has")
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
          Fault.in(CLEAR_CPU, "empties the mask")
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
          Fault.in(CLEAR_CPU_RADIX, "counts down though it is not in the mask")
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
          Fault.in(CPU_INIT, "the MMU stays on nothing")
              .on("refcount", HASH)
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
          Fault.in(CPU_INIT_X86, "leaves CR3")
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

  private static KernelMethod method(String kernelName, String javaName) {
    return new KernelMethod(kernelName, Hotplug.class, javaName);
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
