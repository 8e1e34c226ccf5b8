package dev.lazymm.machine;

/** What one CPU does, from its boot to its last halt. */
@FunctionalInterface
public interface Script {
  /** Runs on {@code cpu}; the CPU is idle with interrupts on when this returns. */
  void run(Cpu cpu);

  /**
   * Called at each {@link Cpu#preemptPoint} with interrupts on: runs other actions on the same CPU
   * and comes back with the same task current.
   */
  default void preempted(Cpu cpu, String point) {}
}
