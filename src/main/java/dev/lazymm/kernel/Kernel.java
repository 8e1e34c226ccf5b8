package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Site;
import dev.lazymm.machine.Slab;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The kernel of one modelled computer: its objects, and its code in parts that can be replaced one
 * by one. A variant of the kernel is a subclass that overrides the {@code make} method of the one
 * part that differs. Holds no values and no mutable state: one kernel serves many runs at once.
 */
public class Kernel {
  /** The mm in {@code current->active_mm}: what I1 is about. */
  public static final Hold ACTIVE_MM = new Hold("active_mm");

  private final Memory memory;
  private final Mm initMm;
  private final RunQueue[] rqs;
  private final Slab<Mm> mms;
  private final Slab<Task> tasks;
  private final MembarrierDesign membarrier;
  private final Smp smp;
  private final Hotplug hotplug;
  private final Lifetime lifetime;
  private final Scheduler scheduler;
  private final ExitMm exitMm;
  private final ExecMmap execMmap;
  private final KthreadUseMm kthreadUseMm;
  private final Fork fork;
  private final Arch arch;
  private final LazyMm lazyMm;

  /**
   * @param memory where the kernel's objects are made
   * @param arch the architecture
   * @param lazyMm the lifetime design
   */
  @SuppressWarnings("this-escape") // parts keep the reference and use it only once we are done
  public Kernel(
      Memory memory, Function<Kernel, ? extends Arch> arch, Function<Kernel, LazyMm> lazyMm) {
    this.memory = memory;
    initMm = new Mm(memory, "init_mm");
    rqs = new RunQueue[memory.cpus()];
    for (int i = 0; i < rqs.length; i++) {
      rqs[i] = new RunQueue(memory, i);
    }
    mms = new Slab<>("mm_struct", name -> new Mm(memory, name));
    tasks = new Slab<>("task_struct", name -> new Task(memory, name));
    smp = makeSmp();
    hotplug = makeHotplug();
    membarrier = makeMembarrier();
    lifetime = makeLifetime();
    scheduler = makeScheduler();
    exitMm = makeExitMm();
    execMmap = makeExecMmap();
    kthreadUseMm = makeKthreadUseMm();
    fork = makeFork();
    this.arch = arch.apply(this);
    this.lazyMm = lazyMm.apply(this);
  }

  protected Smp makeSmp() {
    return new Smp(memory);
  }

  protected Hotplug makeHotplug() {
    return new Hotplug(this);
  }

  protected MembarrierDesign makeMembarrier() {
    return new Membarrier(this);
  }

  protected Lifetime makeLifetime() {
    return new Lifetime(this);
  }

  protected Scheduler makeScheduler() {
    return new Scheduler(this);
  }

  protected ExitMm makeExitMm() {
    return new ExitMm(this);
  }

  protected ExecMmap makeExecMmap() {
    return new ExecMmap(this);
  }

  protected KthreadUseMm makeKthreadUseMm() {
    return new KthreadUseMm(this);
  }

  protected Fork makeFork() {
    return new Fork(this);
  }

  /**
   * start_kernel and the bring-up of every CPU, run on a machine where nothing runs yet: init_mm
   * has two users (it never reaches 0), each idle task borrows it.
   */
  public void boot(Cpu[] cpus) {
    Cpu bsp = cpus[0];
    bsp.writeOnce(initMm.mmUsers, 2);
    bsp.writeOnce(initMm.mmCount, 1);
    for (int i = 0; i < rqs.length; i++) {
      Cpu cpu = cpus[i];
      Task idle = rqs[i].idle;
      cpu.writeOnce(idle.flags, Task.PF_KTHREAD);
      cpu.writeOnce(idle.state, Task.TASK_RUNNING);
      cpu.writeOnce(idle.onCpu, 1);
      cpu.write(idle.activeMm, initMm);
      lazyMm.mmgrabLazyTlb(cpu, initMm);
      cpu.writeOnce(rqs[i].curr, idle);
      cpu.writeOnce(rqs[i].currentTask, idle);
      arch.bringUp(cpu);
      cpu.loadRoot(arch.rootOf(initMm), Sites.ROOT);
      if (!arch.believed().equals(Arch.NOTHING)) {
        cpu.hold(arch.believed(), initMm);
      }
      cpu.hold(ACTIVE_MM, initMm);
    }
  }

  /**
   * mmdrop_lazy_tlb, unless it would be no more than a barrier that membarrier does not count on.
   *
   * @param site where: B7 or exec's
   */
  void mmdropLazyTlb(Cpu cpu, Mm mm, Site site) {
    if (dropsLazyTlb()) {
      lazyMm.mmdropLazyTlb(cpu, mm, site);
    }
  }

  /** mmdrop_lazy_tlb_sched, under the same condition. */
  void mmdropLazyTlbSched(Cpu cpu, Mm mm) {
    if (dropsLazyTlb()) {
      lazyMm.mmdropLazyTlbSched(cpu, mm);
    }
  }

  private boolean dropsLazyTlb() {
    return membarrier.needsDropBarrier() || !lazyMm.dropIsBarrierAlone();
  }

  /** Told of each CPU that an IPI of the design finds on the dying mm; replay counts these. */
  protected void shotLazyTlb(Cpu cpu) {}

  /** {@return the memory the kernel lives in} */
  public Memory memory() {
    return memory;
  }

  /** {@return this CPU's run queue (this_rq)} */
  public RunQueue rq(Cpu cpu) {
    return rqs[cpu.id()];
  }

  /** {@return the run queue of a CPU by number (cpu_rq)} */
  public RunQueue cpuRq(int cpu) {
    return rqs[cpu];
  }

  /** {@return the task that runs on this CPU (current)} */
  public Task current(Cpu cpu) {
    return Objects.requireNonNull(cpu.readOnce(rq(cpu).currentTask), "current");
  }

  /** {@return the active_mm of a task that runs or ran here; never NULL for such a task} */
  public Mm activeMm(Cpu cpu, Task task) {
    return Objects.requireNonNull(cpu.read(task.activeMm), "active_mm");
  }

  /**
   * {@return whether {@code tsk}, for which enter_lazy_tlb is called, starts a borrow: a user task
   * makes way for it, or it has just given up its own mm. Else it takes over the borrow of the
   * kernel context before it}
   */
  final boolean startsBorrow(Cpu cpu, Task tsk) {
    Task current = current(cpu);
    return current == tsk || cpu.read(current.mm) != null;
  }

  /** {@return init_mm} */
  public Mm initMm() {
    return initMm;
  }

  /** {@return every slab that kernel code allocates from} */
  public List<Slab<?>> slabs() {
    return List.of(mms, tasks);
  }

  /** {@return the slab of mm_structs} */
  public Slab<Mm> mms() {
    return mms;
  }

  /** {@return the slab of task_structs} */
  public Slab<Task> tasks() {
    return tasks;
  }

  public Smp smp() {
    return smp;
  }

  public Hotplug hotplug() {
    return hotplug;
  }

  public MembarrierDesign membarrier() {
    return membarrier;
  }

  public Lifetime lifetime() {
    return lifetime;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public ExitMm exitMm() {
    return exitMm;
  }

  public ExecMmap execMmap() {
    return execMmap;
  }

  public KthreadUseMm kthreadUseMm() {
    return kthreadUseMm;
  }

  public Fork fork() {
    return fork;
  }

  public Arch arch() {
    return arch;
  }

  /** {@return the names of its designs, as reports have them} */
  public String designs() {
    return lazyMm.name() + Membarriers.suffix(membarrier.name());
  }

  public LazyMm lazyMm() {
    return lazyMm;
  }
}
