package dev.lazymm.simulate;

/**
 * The turn of a CPU at a time.
 *
 * @param time when, in picoseconds
 * @param tie which of two at the same time comes first: the smaller
 * @param sequence the same again, for equal ties; unique
 * @param cpu whose turn it is
 * @param token the turn is void if the CPU has had another since
 */
record Event(long time, int tie, long sequence, int cpu, int token) implements Comparable<Event> {

  @Override
  public int compareTo(Event other) {
    if (time != other.time) {
      return Long.compare(time, other.time);
    }
    return tie != other.tie
        ? Integer.compare(tie, other.tie)
        : Long.compare(sequence, other.sequence);
  }
}
