package dev.lazymm.machine;

/**
 * The name of one ordering point in kernel code: a fence, an acquire or release, a fully ordered
 * atomic, a region with interrupts off, an IPI. A run can weaken one site alone; that is how "is it
 * minimal?" is asked.
 *
 * @param name short and unique, as in the specification: {@code B2a}, {@code P1}, {@code IRQ-exec}
 * @param where the kernel function and what the point is for
 */
public record Site(String name, String where) {
  @Override
  public String toString() {
    return name;
  }
}
