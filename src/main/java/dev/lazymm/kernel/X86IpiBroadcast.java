package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A what-if: {@link X86Lazy} whose flushes reach every TLB by a broadcast instruction and interrupt
 * nobody, so no flush un-lazies a CPU or trims a mask. Unlike INVLPGB in Linux it takes no global
 * ASIDs; generations go on as before, so a CPU that comes back may flush once more than it must.
 */
public class X86IpiBroadcast extends X86Lazy {
  public X86IpiBroadcast(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  public String name() {
    return "x86-ipi-broadcast";
  }

  @Override
  protected void flushTlbMmRange(Cpu cpu, Mm mm, @Nullable KObject range, boolean freedTables) {
    cpu.step("broadcast_tlb_flush");
    incMmTlbGen(cpu, mm);
    cpu.flushTlbBroadcast(Sites.FLUSH_BROADCAST);
  }
}
