package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Lifetime;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cpu;

/**
 * R26: mm_cpumask in the place of counted borrows (Lutomirski, July 2020, never built): an mm is
 * kept as long as a CPU is in its mask, and the CPU that clears the last bit frees it. Where a
 * switch away clears no bit nobody ever does: the mask is full of CPUs that have long gone on, and
 * the mm stays for ever (Piggin's answer).
 *
 * <p>Only the part that keeps is here. Who frees, in switch_mm, is left out, and so this is no
 * design for an architecture whose bits go away.
 */
public class MaskAsRefcount extends Lifetime {
  public MaskAsRefcount(Kernel kernel) {
    super(kernel);
  }

  @Override
  public void mmdropFinal(Cpu cpu, Mm mm) {
    cpu.step("mm_cpumask_empty");
    for (int i = 0; i < mm.cpumask.words(); i++) {
      if (cpu.readOnce(mm.cpumask.word(i)) != 0) {
        return;
      }
    }
    super.mmdropFinal(cpu, mm);
  }
}
