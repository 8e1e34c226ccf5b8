package dev.lazymm.kernel.history;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.kernel.X86Lazy;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Memory;

/**
 * R18: switch_mm_irqs_off is reached with interrupts on (58f8ffa91766, v6.16, before aef1d0209ddf).
 * The way there was an EFI call's temporary mm, which the model does not have; here exec's
 * activate_mm takes it, the one place that leaves interrupts to switch_mm.
 */
public class IrqsOnSwitch extends X86Lazy {
  public IrqsOnSwitch(Kernel kernel, Memory memory) {
    super(kernel, memory);
  }

  @Override
  public void switchMm(Cpu cpu, Mm prev, Mm next, Task tsk) {
    switchMmIrqsOff(cpu, prev, next, tsk);
  }
}
