package dev.lazymm.machine;

/**
 * How something depends on a value that was read, with the words of the Linux kernel memory model
 * (tools/memory-model/Documentation/explanation.txt, "DEPENDENCY RELATIONS: data, address, and
 * control").
 */
public enum Dependency {
  /** The address of an access is computed from it. */
  ADDRESS,

  /** The value that a store writes is computed from it. */
  DATA,

  /** Whether something is executed at all is decided by it. */
  CONTROL
}
