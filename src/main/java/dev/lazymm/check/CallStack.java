package dev.lazymm.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where in the code under study a CPU stands: what is taken is the kernel's and the design's own
 * frames, whoever wrote them; what is left out is the machine below them, the guard of a design of
 * one's own, and the workload above.
 */
final class CallStack {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final List<String> BELOW =
      List.of("dev.lazymm.check.", "dev.lazymm.design.", "dev.lazymm.machine.", "java.", "jdk.");
  private static final String WORKLOAD = "dev.lazymm.workload.";

  private CallStack() {}

  /** {@return the lines that are being run, the innermost first; empty outside of kernel code} */
  static List<Source> here() {
    return WALKER.walk(CallStack::ofKernel);
  }

  private static List<Source> ofKernel(Stream<StackWalker.StackFrame> frames) {
    return frames
        .takeWhile(frame -> !frame.getClassName().equals(Explorer.class.getName()))
        .takeWhile(frame -> !frame.getClassName().startsWith(WORKLOAD))
        .filter(frame -> !startsWithAny(frame.getClassName()))
        .filter(frame -> frame.getFileName() != null && frame.getLineNumber() > 0)
        .map(CallStack::source)
        .toList();
  }

  private static boolean startsWithAny(String name) {
    return BELOW.stream().anyMatch(name::startsWith);
  }

  private static Source source(StackWalker.StackFrame frame) {
    return new Source(
        frame.getClassName(),
        frame.getMethodName(),
        String.valueOf(frame.getFileName()),
        frame.getLineNumber());
  }
}
