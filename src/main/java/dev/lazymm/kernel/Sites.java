package dev.lazymm.kernel;

import dev.lazymm.machine.Site;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** Every ordering point of the kernel code, under the names of the specification. */
public final class Sites {
  public static final Site B1 =
      new Site("B1", "__schedule: smp_mb__after_spinlock, before the store of rq->curr");
  public static final Site B2A_DROP =
      new Site("B2a", "finish_task_switch: the full barrier of the lazy drop");
  public static final Site B2 =
      new Site("B2", "switch_mm (powerpc): membarrier_arch_switch_mm, after the store of rq->curr");
  public static final Site B2B = new Site("B2b", "switch_mm (x86): the write of CR3");
  public static final Site B3 =
      new Site("B3", "switch_mm (x86): before tlb_gen is read, where the bit is set already");
  public static final Site B4 = new Site("B4", "flush: after the PTE change, before the mask read");
  public static final Site B4_FULLMM =
      new Site("B4-fullmm", "__flush_all_mm (powerpc radix): as B4, behind the IPIs of the exit");
  public static final Site B5 = new Site("B5", "exit_mm: before tsk->mm is cleared");
  public static final Site B6 = new Site("B6", "exec_mmap: before the registrations are cleared");
  public static final Site B7 = new Site("B7", "kthread_use_mm: the drop after tsk->mm is set");
  public static final Site B8 = new Site("B8", "kthread_unuse_mm: before tsk->mm is cleared");
  public static final Site MASK_SET =
      new Site("mask-set", "switch_mm: the bit in mm_cpumask(next)");
  public static final Site MASK_CLEAR =
      new Site("mask-clear", "switch_mm: the bit in mm_cpumask(prev)");
  public static final Site MASK_MB =
      new Site("mask-mb", "switch_mm (powerpc): smp_mb after the bit is set; serves as B2 too");
  public static final Site MASK_TRIM =
      new Site("mask-trim", "exit_lazy_flush_tlb (powerpc radix): this CPU leaves mm_cpumask");
  public static final Site ACTIVE_CPUS_INC =
      new Site("active-cpus-inc", "switch_mm (powerpc radix): inc_mm_active_cpus");
  public static final Site ACTIVE_CPUS_DEC =
      new Site("active-cpus-dec", "exit_lazy_flush_tlb (powerpc radix): dec_mm_active_cpus");
  public static final Site LAZY_MB =
      new Site("lazy-mb", "switch_mm (x86): smp_mb when lazy on the same mm");
  public static final Site ROOT = new Site("root", "switch_mm: the write of CR3, or of the SLB");
  public static final Site FLUSH_LOCAL = new Site("flush-local", "this CPU's TLB");
  public static final Site FLUSH_IPI = new Site("flush-ipi", "flush_tlb_multi: IPIs that wait");
  public static final Site FLUSH_HCALL = new Site("flush-hcall", "flush by hypercall");
  public static final Site FLUSH_TLBIE =
      new Site("flush-tlbie", "flush by tlbie: every CPU at once");
  public static final Site EXIT_FLUSH_IPI =
      new Site("exit-flush-ipi", "exit_flush_lazy_tlbs (powerpc radix): IPIs that wait");
  public static final Site FLUSH_BROADCAST =
      new Site("flush-broadcast", "flush by a broadcast instruction");
  public static final Site SHOULD_FLUSH_RMB =
      new Site("should-flush-rmb", "should_flush_tlb: loaded_mm before is_lazy");
  public static final Site CTX_ID =
      new Site("ctx-id", "init_new_context (x86): atomic64_inc_return(last_mm_ctx_id)");
  public static final Site UNLAZY_DROP =
      new Site("unlazy-drop", "unlazy_mm_irqs_off (x86): the borrow is given back");
  public static final Site SHOOT_IPI = new Site("shoot-ipi", "cleanup_lazy_tlbs: IPIs that wait");
  public static final Site CHECK_IPI = new Site("check-ipi", "DEBUG_VM_SHOOT_LAZIES: every CPU");
  public static final Site GRAB = new Site("mmgrab", "mmgrab: atomic_inc(mm_count)");
  public static final Site GRAB_LAZY = new Site("mmgrab-lazy", "mmgrab_lazy_tlb: the lazy borrow");
  public static final Site DROP = new Site("mmdrop", "mmdrop: atomic_dec_and_test(mm_count)");
  public static final Site DROP_EXEC =
      new Site("mmdrop-exec", "exec_mmap: the lazy drop of a kernel thread that execs");
  public static final Site DROP_EXIT_FLUSH =
      new Site("mmdrop-exit-flush", "exit_lazy_flush_tlb (powerpc radix): the lazy drop");
  public static final Site GET = new Site("mmget", "mmget: atomic_inc(mm_users)");
  public static final Site GET_NOT_ZERO =
      new Site("mmget-not-zero", "mmget_not_zero: atomic_inc_not_zero(mm_users)");
  public static final Site PUT = new Site("mmput", "mmput: atomic_dec_and_test(mm_users)");
  public static final Site IRQ_SCHEDULE = new Site("irq-schedule", "__schedule: irqs off");
  public static final Site IRQ_EXIT = new Site("irq-exit", "exit_mm: irqs off");
  public static final Site IRQ_EXEC = new Site("irq-exec", "exec_mmap: irqs off");
  public static final Site IRQ_USE = new Site("irq-use", "kthread_use_mm: irqs off");
  public static final Site IRQ_UNUSE = new Site("irq-unuse", "kthread_unuse_mm: irqs off");
  public static final Site IRQ_SWITCH_MM = new Site("irq-switch-mm", "switch_mm: irqs off");
  public static final Site IRQ_LEAVE = new Site("irq-leave", "leave_mm: irqs off (cpuidle)");
  public static final Site IRQ_FLUSH = new Site("irq-flush", "the local flush: irqs off");
  public static final Site IRQ_EXIT_FLUSH =
      new Site("irq-exit-flush", "exit_lazy_flush_tlb (powerpc radix): irqs off");
  public static final Site RQ_LOCK = new Site("rq-lock", "rq->lock");
  public static final Site TASK_LOCK = new Site("task-lock", "task_lock");
  public static final Site ON_CPU_RELEASE =
      new Site("on-cpu-release", "finish_task: smp_store_release(prev->on_cpu, 0)");
  public static final Site ON_CPU_ACQUIRE =
      new Site("on-cpu-acquire", "try_to_wake_up: smp_cond_load_acquire(p->on_cpu, !VAL)");
  public static final Site WAKE_NEW =
      new Site("wake-new", "wake_up_new_task: what the child is made of, before it runs");

  private Sites() {}

  /** {@return all of them, in the order of this file} */
  public static List<Site> all() {
    List<Site> all = new ArrayList<>();
    for (Field field : Sites.class.getFields()) {
      try {
        if (field.get(null) instanceof Site site) {
          all.add(site);
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }
}
