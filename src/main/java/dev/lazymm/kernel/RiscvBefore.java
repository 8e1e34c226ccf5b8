package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/**
 * {@link Riscv} up to v6.8, before d6cfd1770f20 (R09): no full barrier stands between the store of
 * rq->curr and user mode where a CPU goes from one process to another. It had been so since 2017;
 * from kernel to user mmdrop supplies it.
 */
public class RiscvBefore extends Riscv {
  public RiscvBefore(Kernel kernel) {
    super(kernel);
  }

  @Override
  public String name() {
    return "riscv-before";
  }

  @Override
  protected void membarrierArchSwitchMm(Cpu cpu, Mm next) {}

  /** The command came with the barrier. */
  @Override
  public boolean hasMembarrierSyncCore() {
    return false;
  }
}
