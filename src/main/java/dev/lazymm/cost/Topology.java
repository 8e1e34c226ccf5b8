package dev.lazymm.cost;

/**
 * Where the CPUs of a machine are.
 *
 * @param sockets how many sockets there are, from 1
 * @param cpusPerSocket how many CPUs each has, from 1
 * @param numbering how the CPUs are numbered
 */
public record Topology(int sockets, int cpusPerSocket, Numbering numbering) {
  /** How the numbers of CPUs go over the sockets. */
  public enum Numbering {
    /** One socket after the other. */
    BLOCKED,
    /** CPU 0 on the first socket, CPU 1 on the second, and so on in turns. */
    INTERLEAVED
  }

  public Topology {
    if (sockets < 1 || cpusPerSocket < 1) {
      throw new IllegalArgumentException(sockets + " sockets of " + cpusPerSocket + " CPUs");
    }
  }

  /** {@return how many CPUs there are} */
  public int cpus() {
    return sockets * cpusPerSocket;
  }

  /** {@return the socket, from 0, that a CPU is on} */
  public int socketOf(int cpu) {
    return switch (numbering) {
      case BLOCKED -> cpu / cpusPerSocket;
      case INTERLEAVED -> cpu % sockets;
    };
  }

  /** {@return how far two different CPUs are apart} */
  public Distance between(int a, int b) {
    return socketOf(a) == socketOf(b) ? Distance.SOCKET : Distance.REMOTE;
  }
}
