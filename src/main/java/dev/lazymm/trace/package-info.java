/**
 * Readers for recordings of the scheduler: what people get from a kernel with ftrace, perf or
 * trace-cmd, as text.
 *
 * <p>A recording is pushed through a {@link dev.lazymm.trace.TraceSink}, one call an event, without
 * an object being made, because recordings have hundreds of millions of events:
 *
 * <pre>{@code
 * var switches = new TraceSink() {
 *   long count;
 *
 *   @Override
 *   public void schedSwitch(
 *       long ts, int cpu, int pid,
 *       int prevPid, TraceText prevComm, int prevState,
 *       int nextPid, TraceText nextComm) {
 *     count++;
 *   }
 * };
 * TraceSummary summary = FtraceTextReader.read(Path.of("boot.trace.txt.gz"), switches);
 * if (summary.lossy()) {
 *   System.err.println("events are missing");
 * }
 * }</pre>
 *
 * <p>Where speed does not matter, take records and a pattern switch:
 *
 * <pre>{@code
 * FtraceTextReader.read(file, TraceSink.toEvents(event -> {
 *   if (event instanceof TraceEvent.SchedSwitch(_, int cpu, _, int prev, _, _, int next, _)) {
 *     System.out.println(cpu + ": " + prev + " -> " + next);
 *   }
 * }));
 * }</pre>
 *
 * <p>Only what lies between two markers:
 *
 * <pre>{@code
 * var window = new MarkerWindow("LZ_BEGIN", "LZ_END", switches, new TraceSink() {});
 * FtraceTextReader.read(file, window);
 * window.finish();
 * if (!window.complete()) {
 *   System.err.println("a marker is missing");
 * }
 * }</pre>
 *
 * <p>Reading on: {@link dev.lazymm.trace.FtraceTextReader} goes through the lines; {@code Columns}
 * finds what stands before an event's name, {@code EventParser} and {@code SchedParser} read what
 * stands behind it; {@code OrderCheck} holds it all to the rules. {@link dev.lazymm.trace.TaskList}
 * reads the list of tasks that goes with a recording. Everything that is wrong with a user's file
 * is a {@link dev.lazymm.trace.TraceFormatException} with line, column and caret.
 *
 * <p>This package knows nothing of the rest of the project.
 */
@NullMarked
package dev.lazymm.trace;

import org.jspecify.annotations.NullMarked;
