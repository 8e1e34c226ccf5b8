package dev.lazymm.trace;

/**
 * What the comment lines at the head of an ftrace text say ({@code print_event_info} and {@code
 * print_trace_header} in {@code kernel/trace/trace.c}). A number that the head does not state is
 * {@link #UNKNOWN}.
 *
 * @param tracer the tracer's name, {@code nop} when only events were recorded; empty if not stated
 * @param cpus the CPUs that were online when the text was made ({@code #P:4})
 * @param entriesInBuffer entries that the text holds
 * @param entriesWritten entries that were recorded, those since overwritten included
 */
public record TraceInfo(String tracer, int cpus, long entriesInBuffer, long entriesWritten) {
  /** The head of the file does not say. */
  public static final int UNKNOWN = -1;

  /** A file without head, as {@code trace_pipe} gives it. */
  public static final TraceInfo NONE = new TraceInfo("", UNKNOWN, UNKNOWN, UNKNOWN);

  /** {@return whether the head says that older entries were overwritten} */
  public boolean lossy() {
    return entriesInBuffer < entriesWritten;
  }
}
