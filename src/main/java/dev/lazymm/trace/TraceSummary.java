package dev.lazymm.trace;

/**
 * What a reader saw, from the first line to the last.
 *
 * @param info what the head of the file said
 * @param clock the unit of the timestamps
 * @param lines all lines of the file
 * @param events the event lines, those of {@link TraceSink#other} included
 * @param skippedLines further lines of an event: stack traces, markers of several lines
 * @param firstTs the time of the first event, 0 if there is none
 * @param lastTs the time of the last event, 0 if there is none
 * @param lostEvents events that the file itself says are missing, where it gives a number
 * @param lossy whether the file says in any way that events are missing: overwritten entries in the
 *     head, a LOST line, a CPU whose buffer starts late
 */
public record TraceSummary(
    TraceInfo info,
    Clock clock,
    long lines,
    long events,
    long skippedLines,
    long firstTs,
    long lastTs,
    long lostEvents,
    boolean lossy) {

  /**
   * {@return how many event lines are missing from the number that the head promises; 0 if none or
   * if the head does not say} More than 0 means that someone cut or filtered the file, or that it
   * was read while recording went on.
   */
  public long missingLines() {
    return Math.max(0, info.entriesInBuffer() - events);
  }
}
