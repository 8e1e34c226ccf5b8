package dev.lazymm.replay;

import dev.lazymm.trace.TaskList;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A small recording that is always at hand: a made-up schedule of 4 CPUs, not of a real kernel. A
 * server's threads go idle and come back, a shell forks and execs short programs, kernel workers
 * run in between.
 */
public final class Sample {
  private static final String TRACE = "sample.trace.txt.gz";
  private static final String TASKS = "sample.tasks.txt";

  private Sample() {}

  /** {@return the recording, gzip-compressed ftrace text; to be closed} */
  public static InputStream trace() {
    return open(TRACE);
  }

  /** {@return the text of the task list; to be closed} */
  public static InputStream tasks() {
    return open(TASKS);
  }

  /** {@return what replaying it gives} */
  public static ReplayReport replay(Replayer.Options options) throws IOException {
    try (InputStream trace = trace();
        InputStream tasks = tasks()) {
      return Replay.run(trace, TRACE, TaskList.read(tasks, TASKS), options, bytes -> {});
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Sample.class.getResourceAsStream(name), name);
  }
}
