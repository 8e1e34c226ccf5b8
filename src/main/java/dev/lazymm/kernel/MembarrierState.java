package dev.lazymm.kernel;

/**
 * The bits of mm->membarrier_state (include/linux/sched/mm.h). A kind's bit says that the scheduler
 * must behave; its READY bit, that registration is over and the command allowed.
 */
public enum MembarrierState {
  PRIVATE_EXPEDITED(0, MembarrierCommand.REGISTER_PRIVATE_EXPEDITED),
  GLOBAL_EXPEDITED(2, MembarrierCommand.REGISTER_GLOBAL_EXPEDITED),
  PRIVATE_EXPEDITED_SYNC_CORE(4, MembarrierCommand.REGISTER_PRIVATE_EXPEDITED_SYNC_CORE),
  PRIVATE_EXPEDITED_RSEQ(6, MembarrierCommand.REGISTER_PRIVATE_EXPEDITED_RSEQ);

  private final int readyBit;
  private final MembarrierCommand register;

  MembarrierState(int readyBit, MembarrierCommand register) {
    this.readyBit = readyBit;
    this.register = register;
  }

  /** {@return the bit that says that registration is over} */
  public long ready() {
    return 1L << readyBit;
  }

  /** {@return the bit that the scheduler and the callers of others look at} */
  public long bit() {
    return ready() << 1;
  }

  /**
   * {@return all that a registration sets but the READY bit} Those of SYNC_CORE and RSEQ are
   * registrations for PRIVATE_EXPEDITED too, as far as the scheduler goes.
   */
  public long set() {
    return switch (this) {
      case PRIVATE_EXPEDITED, GLOBAL_EXPEDITED -> bit();
      case PRIVATE_EXPEDITED_SYNC_CORE, PRIVATE_EXPEDITED_RSEQ -> bit() | PRIVATE_EXPEDITED.bit();
    };
  }

  /**
   * {@return what a command registers for}
   *
   * @throws IllegalArgumentException if it registers nothing
   */
  public static MembarrierState of(MembarrierCommand command) {
    for (MembarrierState state : values()) {
      if (state.register == command) {
        return state;
      }
    }
    throw new IllegalArgumentException(command + " registers nothing");
  }

  /** {@return the command that registers for it} */
  public MembarrierCommand register() {
    return register;
  }
}
