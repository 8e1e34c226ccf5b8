package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;

/**
 * The hash MMU of {@link Powerpc} (paravirt): mm_cpumask is never trimmed; flushes are hypercalls,
 * so no flush moves a lazy CPU; the MMU is loaded with a context and walks no page tables of the
 * mm.
 */
public class PowerpcHash extends Powerpc {
  public PowerpcHash(Kernel kernel) {
    super(kernel);
  }

  @Override
  public String name() {
    return "powerpc-hash";
  }

  @Override
  protected void switchMmuContext(Cpu cpu, Mm next) {
    cpu.loadRoot(next.context, Sites.ROOT); // switch_slb
  }

  @Override
  public void flushTlbMm(Cpu cpu, Mm mm, boolean freedTables) {
    cpu.step("flush_tlb_mm");
    cpu.smpMb(Sites.B4);
    cpu.flushTlbBroadcast(Sites.FLUSH_HCALL);
  }

  @Override
  public KObject rootOf(Mm mm) {
    return mm.context;
  }
}
