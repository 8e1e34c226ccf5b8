package dev.lazymm.machine;

/**
 * A ghost register of a CPU that names the object the CPU counts on being alive, such as the mm its
 * current task borrows. Setting it ends the interval of the object held before. Intervals have no
 * value and add no executions; invariants are orders between their ends and other events. A
 * register is a constant, known by identity.
 */
public final class Hold {
  /** The root of the translation tables that the MMU walks; set by {@link Cpu#loadRoot}. */
  public static final Hold ROOT = new Hold("root");

  private final String name;

  /**
   * @param name what reports call it, {@code active_mm}
   */
  public Hold(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
