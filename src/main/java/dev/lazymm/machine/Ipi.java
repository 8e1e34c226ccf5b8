package dev.lazymm.machine;

/**
 * A function that one CPU can have run on others, with interrupts off there (smp_call_function).
 *
 * @param name the kernel's name of the handler, {@code do_shoot_lazy_tlb}
 * @param handler what the target CPU runs
 */
public record Ipi(String name, Handler handler) {
  /** The body of an IPI. */
  @FunctionalInterface
  public interface Handler {
    /** Runs on {@code cpu}, interrupts off; {@code info} is the sender's argument. */
    void run(Cpu cpu, KObject info);
  }

  @Override
  public String toString() {
    return name;
  }
}
