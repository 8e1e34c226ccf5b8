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
      new Site(
          "B2",
          "switch_mm (powerpc, riscv): membarrier_arch_switch_mm, after the store of rq->curr");
  public static final Site B2_SWITCH_TO =
      new Site("B2-switch-to", "__switch_to (arm64): dsb(ish), after the store of rq->curr");
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
  public static final Site B2_FINISH =
      new Site(
          "B2-finish", "membarrier_finish_switch_mm (2022): after a switch to a registered mm");
  public static final Site B7_BEFORE =
      new Site("B7-before", "kthread_use_mm (2022): before tsk->mm is set");
  public static final Site CHANGE_MM =
      new Site("change-mm", "__change_current_mm (2022): before tsk->mm is set");
  public static final Site P1 =
      new Site("P1", "membarrier_private_expedited: at its entry, before rq->curr is read");
  public static final Site P2 = new Site("P2", "membarrier_private_expedited: at its exit");
  public static final Site G1 =
      new Site("G1", "membarrier_global_expedited: at its entry, before the rqs are read");
  public static final Site G2 = new Site("G2", "membarrier_global_expedited: at its exit");
  public static final Site MEMBARRIER_GLOBAL =
      new Site("membarrier-global", "MEMBARRIER_CMD_GLOBAL: synchronize_rcu");
  public static final Site MEMBARRIER_IPI =
      new Site("membarrier-ipi", "membarrier: IPIs that wait");
  public static final Site MEMBARRIER_MUTEX =
      new Site("membarrier-mutex", "membarrier_ipi_mutex: one caller sends IPIs at a time");
  public static final Site MEMBARRIER_STATE =
      new Site("membarrier-state", "registration: atomic_or(mm->membarrier_state)");
  public static final Site IPI_MB = new Site("ipi-mb", "ipi_mb: the barrier of the handler");
  public static final Site IPI_SYNC_CORE_MB =
      new Site("ipi-sync-core-mb", "ipi_sync_core: the barrier of the handler");
  public static final Site IPI_RSEQ_MB =
      new Site("ipi-rseq-mb", "ipi_rseq: the barrier of the handler");
  public static final Site IPI_SYNC_RQ_MB =
      new Site("ipi-sync-rq-mb", "ipi_sync_rq_state: after the rq's state is set");
  public static final Site SYNC_RQ_SELF =
      new Site("sync-rq-self", "registration of a single user: after the rq's state is set");
  public static final Site SYNC_RQ_RCU =
      new Site("sync-rq-rcu", "sync_runqueues_membarrier_state: synchronize_rcu");
  public static final Site SYNC_RQ_IPI =
      new Site("sync-rq-ipi", "sync_runqueues_membarrier_state: IPIs that wait");
  public static final Site SYNC_CORE_SWITCH =
      new Site("sync-core-switch", "finish_task_switch: sync_core_before_usermode");
  public static final Site SYNC_CORE_IPI =
      new Site("sync-core-ipi", "ipi_sync_core: sync_core_before_usermode");
  public static final Site SYNC_CORE_UNLAZY =
      new Site("sync-core-unlazy", "switch_mm (x86, 2022): sync_core when lazy on the same mm");
  public static final Site RSEQ_PREEMPT_IPI =
      new Site("rseq-preempt-ipi", "ipi_rseq: rseq_preempt");
  public static final Site RSEQ_PREEMPT_SWITCH =
      new Site("rseq-preempt-switch", "prepare_task_switch: rseq_preempt");
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
  public static final Site ICACHE_SET =
      new Site("icache-set", "prepare_sync_core_cmd (riscv): a bit in icache_stale_mask");
  public static final Site ICACHE_CLEAR =
      new Site("icache-clear", "flush_icache_deferred (riscv): the bit in icache_stale_mask");
  public static final Site ICACHE_MB =
      new Site("icache-mb", "flush_icache_deferred (riscv): before fence.i");
  public static final Site FENCE_I =
      new Site("fence-i", "flush_icache_deferred (riscv): local_flush_icache_all");
  public static final Site FLUSH_TLBI =
      new Site("flush-tlbi", "flush by TLBI (arm64): every CPU at once");
  public static final Site FLUSH_IDTE =
      new Site("flush-idte", "flush by IDTE (s390): every CPU at once");
  public static final Site FLUSH_IPTE =
      new Site("flush-ipte", "ptep_flush_lazy (s390): IPTE, every CPU at once");
  public static final Site ATTACH_SET =
      new Site("attach-set", "switch_mm (s390): the bit in cpu_attach_mask(next); serves as B2");
  public static final Site ATTACH_CLEAR =
      new Site("attach-clear", "switch_mm (s390): the bit in cpu_attach_mask(prev)");
  public static final Site FLUSH_COUNT_INC =
      new Site("flush-count-inc", "a flush begins (s390): atomic_inc(flush_count)");
  public static final Site FLUSH_COUNT_DEC =
      new Site("flush-count-dec", "a flush is over (s390): atomic_dec(flush_count)");
  public static final Site FLUSH_COUNT_WAIT =
      new Site(
          "flush-count-wait", "finish_arch_post_lock_switch (s390): waits for a running flush");
  public static final Site CONTEXT_LOCK = new Site("context-lock", "mm->context.lock (s390)");
  public static final Site IRQ_ASCE =
      new Site("irq-asce", "finish_arch_post_lock_switch (s390): irqs off");
  public static final Site FLUSH_INVLPGB =
      new Site("flush-invlpgb", "flush by INVLPGB (x86): one global ASID on every CPU");
  public static final Site GLOBAL_ASID =
      new Site("global-asid", "mm_assign_global_asid (x86): behind asid_transition");
  public static final Site GLOBAL_ASID_READ =
      new Site("global-asid-read", "mm_global_asid (x86): before asid_transition");
  public static final Site GLOBAL_ASID_LOCK =
      new Site("global-asid-lock", "use_global_asid (x86): global_asid_lock");
  public static final Site IRQ_GLOBAL_ASID =
      new Site("irq-global-asid", "use_global_asid (x86): irqs off");
  public static final Site SWITCHING_WAIT =
      new Site("switching-wait", "finish_asid_transition (x86): while a CPU is switching");
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
  public static final Site DELAYED_DROP =
      new Site("delayed-drop", "mmdrop_sched (PREEMPT_RT): call_rcu(&mm->delayed_drop)");
  public static final Site LAZY_MM_CLEAR =
      new Site("lazy-mm-clear", "context_switch: smp_store_release(&rq->lazy_mm, NULL)");
  public static final Site LAZY_MM_READ =
      new Site("lazy-mm-read", "mm_unlazy_mm_count: smp_load_acquire(&rq->lazy_mm)");
  public static final Site LAZY_MM_RELOAD =
      new Site("lazy-mm-reload", "__try_mm_drop_rq_ref: lazy_mm again, after drop_mm");
  public static final Site DROP_MM_READ =
      new Site("drop-mm-read", "__try_mm_drop_rq_ref: smp_load_acquire(&rq->drop_mm)");
  public static final Site DROP_MM_SET =
      new Site("drop-mm-set", "__try_mm_drop_rq_ref: cmpxchg(&rq->drop_mm, old, mm)");
  public static final Site DROP_MM_TAKE =
      new Site("drop-mm-take", "mmdrop_lazy: cmpxchg_relaxed(&rq->drop_mm, mm, NULL)");
  public static final Site UNLAZY_GRAB =
      new Site("unlazy-grab", "mm_unlazy_mm_count: atomic_add(num_possible_cpus(), mm_count)");
  public static final Site UNLAZY_UNGRAB =
      new Site("unlazy-ungrab", "mm_unlazy_mm_count: the references that nobody needed");
  public static final Site FINISH_SWITCH_MM =
      new Site("finish-switch-mm", "membarrier_finish_switch_mm: smp_mb if registered");
  public static final Site UNLAZY_IPI =
      new Site("unlazy-ipi", "__mmput (Linus's rule): IPIs that wait");
  public static final Site HP_PUBLISH =
      new Site("hp-publish", "mmgrab_lazy_tlb (Desnoyers): before the slot is written");
  public static final Site HP_CLEAR =
      new Site("hp-clear", "mmdrop_lazy_tlb (Desnoyers): before the slot is cleared; B2a");
  public static final Site HP_SCAN =
      new Site("hp-scan", "__mmdrop (Desnoyers): before the slots are read");
  public static final Site HP_READ =
      new Site("hp-read", "hp_scan (Desnoyers): smp_load_acquire of a slot");
  public static final Site HP_WAIT =
      new Site("hp-wait", "hp_scan (Desnoyers): smp_load_acquire until the slot is another's");
  public static final Site HP_IPI =
      new Site("hp-ipi", "__mmdrop (Desnoyers): IPIs to those who show the mm");
  public static final Site GET = new Site("mmget", "mmget: atomic_inc(mm_users)");
  public static final Site GET_NOT_ZERO =
      new Site("mmget-not-zero", "mmget_not_zero: atomic_inc_not_zero(mm_users)");
  public static final Site PUT = new Site("mmput", "mmput: atomic_dec_and_test(mm_users)");
  public static final Site IRQ_SCHEDULE = new Site("irq-schedule", "__schedule: irqs off");
  public static final Site IRQ_EXIT = new Site("irq-exit", "exit_mm: irqs off");
  public static final Site IRQ_EXEC = new Site("irq-exec", "exec_mmap: irqs off");
  public static final Site IRQ_USE = new Site("irq-use", "kthread_use_mm: irqs off");
  public static final Site IRQ_UNUSE = new Site("irq-unuse", "kthread_unuse_mm: irqs off");
  public static final Site IRQ_CHANGE_MM =
      new Site("irq-change-mm", "__change_current_mm (2022): irqs off");
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

  public static final Site CPU_ONLINE = new Site("cpu-online", "set_cpu_online(cpu, true)");
  public static final Site CPU_OFFLINE = new Site("cpu-offline", "set_cpu_online(cpu, false)");
  public static final Site STOP_MACHINE =
      new Site("stop-machine", "preempt_disable, and stop_machine that waits for it");
  public static final Site CPU_DEAD =
      new Site("cpu-dead", "cpuhp_ap_report_dead: the CPU's last store");
  public static final Site CPU_DIE = new Site("cpu-die", "__cpu_die: waits for that store");
  public static final Site CPU_UP = new Site("cpu-up", "bringup_cpu: lets the CPU start");
  public static final Site CPU_START = new Site("cpu-start", "start_secondary: has been let start");
  public static final Site FORCE_INIT_DROP =
      new Site("force-init-drop", "sched_force_init_mm: the lazy drop");
  public static final Site FINISH_CPU_DROP =
      new Site("finish-cpu-drop", "finish_cpu: the drop for the dead CPU's idle task");
  public static final Site TASK_LINK =
      new Site("task-link", "copy_process: the task is on the list of all");
  public static final Site IRQ_FORCE_INIT =
      new Site("irq-force-init", "sched_force_init_mm: irqs off");
  public static final Site IRQ_STOP_MACHINE =
      new Site("irq-stop-machine", "multi_cpu_stop: irqs off");
  public static final Site IRQ_START_SECONDARY =
      new Site("irq-start-secondary", "start_secondary: irqs on at its end");

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
