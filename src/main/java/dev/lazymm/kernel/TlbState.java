package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;

/** x86: cpu_tlbstate and cpu_tlbstate_shared of one CPU (arch/x86/include/asm/tlbflush.h). */
final class TlbState extends KObject {
  /** The truth about CR3: an mm, or LOADED_MM_SWITCHING while CR3 is in flux. */
  final Ref<KObject> loadedMm;

  /** The slot that CR3's PCID belongs to. */
  final Cell loadedMmAsid;

  /** The slot to be given away next. */
  final Cell nextAsid;

  /** ctxs[].ctx_id: whose entries a slot caches; 0 for nobody's. */
  final Cell[] ctxId;

  /** ctxs[].tlb_gen: nothing in the slot is from before this generation. */
  final Cell[] tlbGen;

  /** On a line of its own, as other CPUs read it. */
  final Cell isLazy;

  TlbState(Memory memory, int cpu, int slots) {
    super(memory, "cpu_tlbstate" + cpu);
    loadedMm = memory.ref(this, "loaded_mm", KObject.class);
    loadedMmAsid = memory.cell(this, "loaded_mm_asid", 0);
    nextAsid = memory.cell(this, "next_asid", 0);
    ctxId = new Cell[slots];
    tlbGen = new Cell[slots];
    for (int i = 0; i < slots; i++) {
      ctxId[i] = memory.cell(this, "ctxs[" + i + "].ctx_id", 0);
      tlbGen[i] = memory.cell(this, "ctxs[" + i + "].tlb_gen", 0);
    }
    isLazy = memory.cell(this, "is_lazy", 0);
  }

  @Override
  public String type() {
    return "tlb_state";
  }

  /** What loaded_mm is while CR3 is in flux: a pointer to nothing. */
  static final class Switching extends KObject {
    Switching(Memory memory) {
      super(memory, "LOADED_MM_SWITCHING");
    }

    @Override
    public String type() {
      return "LOADED_MM_SWITCHING";
    }
  }

  /** What the whole computer has once. */
  static final class Shared extends KObject {
    /** The ctx_id given out last; init_mm's is 1. */
    final Cell lastMmCtxId;

    /** The clock. It stands still but for a test: see {@link X86Lazy}. */
    final Cell jiffies;

    Shared(Memory memory) {
      super(memory, "x86");
      lastMmCtxId = memory.cell(this, "last_mm_ctx_id", 1);
      jiffies = memory.cell(this, "jiffies", 0);
    }

    @Override
    public String type() {
      return "x86";
    }
  }

  /** struct flush_tlb_info of one CPU: what the flush that it has under way is of. */
  static final class FlushInfo extends KObject {
    final Ref<Mm> mm;
    final Cell newTlbGen;

    /** The range by its tables; NULL for all of the mm. */
    final Ref<KObject> range;

    FlushInfo(Memory memory, int cpu) {
      super(memory, "flush_tlb_info" + cpu);
      mm = memory.ref(this, "mm", Mm.class);
      newTlbGen = memory.cell(this, "new_tlb_gen", 0);
      range = memory.ref(this, "range", KObject.class);
    }

    @Override
    public String type() {
      return "flush_tlb_info";
    }
  }
}
