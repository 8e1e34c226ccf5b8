package dev.lazymm.kernel;

import dev.lazymm.machine.Cpu;

/** membarrier(2) of before v6.8: callers that send IPIs do not wait for each other. */
public final class UnserializedMembarrier extends Membarrier {
  public UnserializedMembarrier(Kernel kernel) {
    super(kernel);
  }

  @Override
  void lockIpis(Cpu cpu) {}

  @Override
  void unlockIpis(Cpu cpu) {}
}
