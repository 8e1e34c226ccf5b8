package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Lock;
import dev.lazymm.machine.Memory;

/** struct mm_struct (include/linux/mm_types.h): one address space. */
public final class Mm extends KObject {
  /** Real users: tasks whose mm is this, and temporary holders. 1 to 0 runs __mmput. */
  public final Cell mmUsers;

  /** Lifetime of the struct: 1 for all users, plus pins, plus counted lazy borrows. */
  public final Cell mmCount;

  /** mm_cpumask: what a bit means is the architecture's business. */
  public final CpuMask cpumask;

  /** Registrations for membarrier(2), copied by fork and cleared by exec. */
  public final Cell membarrierState;

  /** Whether the range that munmap removes is mapped, with a page-table page of its own. */
  public final Cell rangeMapped;

  /** x86: mm->context.ctx_id, never given to another mm. */
  public final Cell ctxId;

  /** x86: mm->context.tlb_gen, one more with every flush that is asked for. */
  public final Cell tlbGen;

  /** x86: mm->context.next_trim_cpumask, in jiffies. */
  public final Cell nextTrimCpumask;

  /** x86: mm->context.global_asid, the same on every CPU; 0 for none. */
  public final Cell globalAsid;

  /** x86: mm->context.asid_transition: some CPU may still be on an ASID of its own. */
  public final Cell asidTransition;

  /** riscv: mm->context.icache_stale_mask, the CPUs that must fetch instructions anew. */
  public final CpuMask icacheStaleMask;

  /** s390: mm->context.cpu_attach_mask, the CPUs whose control registers may have the mm. */
  public final CpuMask attachMask;

  /** s390: mm->context.flush_count, the flushes under way. */
  public final Cell flushCount;

  /** s390: mm->context.flush_mm: a flush that was put off. */
  public final Cell flushMm;

  /** s390: mm->context.lock. */
  public final Lock contextLock;

  /** The top page-table page; freed by mm_free_pgd in __mmdrop. */
  public final PageTable pgd;

  /** The page-table page of the range that munmap removes. */
  public final PageTable rangeTables;

  /** All other user page-table pages; freed by exit_mmap. */
  public final PageTable userTables;

  /**
   * What powerpc loads: PIDR, or the context id behind the VSIDs of an MMU that walks no tables.
   */
  public final Context context;

  /** Makes a slot; {@link Lifetime#mmInit} gives it values. */
  public Mm(Memory memory, String name) {
    super(memory, name);
    mmCount = memory.cell(this, "mm_count", 0); // first and alone in its line since v6.5
    mmUsers = memory.cell(this, "mm_users", 0);
    membarrierState = memory.cell(this, "membarrier_state", 0);
    rangeMapped = memory.cell(this, "range_mapped", 0);
    cpumask = memory.mask(this, "mm_cpumask");
    ctxId = memory.cell(this, "context.ctx_id", 0);
    tlbGen = memory.cell(this, "context.tlb_gen", 0);
    nextTrimCpumask = memory.cell(this, "context.next_trim_cpumask", 0);
    globalAsid = memory.cell(this, "context.global_asid", 0);
    asidTransition = memory.cell(this, "context.asid_transition", 0);
    icacheStaleMask = memory.mask(this, "context.icache_stale_mask");
    attachMask = memory.mask(this, "context.cpu_attach_mask");
    flushCount = memory.cell(this, "context.flush_count", 0);
    flushMm = memory.cell(this, "context.flush_mm", 0);
    contextLock = memory.lock(this, "context.lock");
    pgd = part(new PageTable(memory, "pgd(" + name + ")"));
    rangeTables = part(new PageTable(memory, "range tables(" + name + ")"));
    userTables = part(new PageTable(memory, "user tables(" + name + ")"));
    context = part(new Context(memory, "context(" + name + ")"));
  }

  @Override
  public String type() {
    return "mm_struct";
  }

  /** A page of page tables: freed on its own, has no cells. */
  public static final class PageTable extends KObject {
    PageTable(Memory memory, String name) {
      super(memory, name);
    }

    @Override
    public String type() {
      return "page table";
    }
  }

  /** mm_context_t of powerpc: the number that the MMU is loaded with stands for the object. */
  public static final class Context extends KObject {
    /** active_cpus: how many CPUs are in mm_cpumask, counted beside it (radix). */
    public final Cell activeCpus;

    Context(Memory memory, String name) {
      super(memory, name);
      activeCpus = memory.cell(this, "active_cpus", 0);
    }

    @Override
    public String type() {
      return "mm_context_t";
    }
  }
}
