package dev.lazymm.cost;

/** How far a cache line is from the CPU that wants it. */
public enum Distance {
  /** In the CPU's own cache. */
  OWN,
  /** In the cache of another CPU of the same socket. */
  SOCKET,
  /** In the cache of a CPU of another socket. */
  REMOTE,
  /** In no cache. */
  MEMORY
}
