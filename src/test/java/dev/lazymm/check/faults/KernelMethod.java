package dev.lazymm.check.faults;

/**
 * A row of the table: one method of the kernel package.
 *
 * @param kernelName what Linux calls it
 * @param owner the class
 * @param javaName what the class calls it; overloads are one row
 */
record KernelMethod(String kernelName, Class<?> owner, String javaName) {
  @Override
  public String toString() {
    return kernelName + " (" + owner.getSimpleName() + ")";
  }
}
