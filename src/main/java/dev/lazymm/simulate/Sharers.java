package dev.lazymm.simulate;

import dev.lazymm.cost.Topology;
import java.util.Arrays;

/**
 * The CPUs that have a copy of a line: a list, and a bit for each so that asking costs the same
 * however many there are. Clearing costs as much as the adding did.
 */
final class Sharers {
  private final Topology topology;
  private final int[] perSocket;
  private int[] list = new int[4];
  private long[] bits = new long[0];
  private int size;

  Sharers(Topology topology) {
    this.topology = topology;
    perSocket = new int[topology.sockets()];
  }

  int size() {
    return size;
  }

  boolean contains(int cpu) {
    int word = cpu >>> 6;
    return word < bits.length && (bits[word] >>> cpu & 1) != 0;
  }

  /** {@return how many of them are on the socket of {@code cpu}, itself included} */
  int near(int cpu) {
    return perSocket[topology.socketOf(cpu)];
  }

  void add(int cpu) {
    if (contains(cpu)) {
      return;
    }
    int word = cpu >>> 6;
    if (word >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(word + 1, 2 * bits.length));
    }
    bits[word] |= 1L << cpu;
    if (size == list.length) {
      list = Arrays.copyOf(list, 2 * size);
    }
    list[size++] = cpu;
    perSocket[topology.socketOf(cpu)]++;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      bits[list[i] >>> 6] = 0;
      perSocket[topology.socketOf(list[i])] = 0;
    }
    size = 0;
  }
}
