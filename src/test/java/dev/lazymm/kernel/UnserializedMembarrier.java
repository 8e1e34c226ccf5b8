package dev.lazymm.kernel;

/** membarrier(2) of before v6.8: callers that send IPIs do not wait for each other. */
public final class UnserializedMembarrier extends Membarrier {
  public UnserializedMembarrier(Kernel kernel) {
    super(kernel);
  }

  @Override
  protected boolean serializesIpis() {
    return false;
  }
}
