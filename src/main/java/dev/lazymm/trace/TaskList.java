package dev.lazymm.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks that existed just before a recording began: which are kernel threads, which share an
 * mm.
 *
 * <p>The file has one task a line, {@code pid tgid ppid flags(hex) kthread cpu has_mm comm}, with
 * single spaces; the comm is the rest of the line and may contain spaces. Lines that begin with
 * {@code #} and blank lines are skipped.
 */
public final class TaskList {
  private static final String[] FIELDS = {
    "pid", "tgid", "ppid", "flags", "kthread", "cpu", "has_mm"
  };

  private final Map<Integer, Task> tasks;

  private TaskList(Map<Integer, Task> tasks) {
    this.tasks = Collections.unmodifiableMap(tasks);
  }

  /**
   * One task, that is, one thread.
   *
   * @param pid the thread's own number
   * @param tgid the number of its group: threads with the same one share an mm
   * @param ppid the parent group
   * @param flags {@code task_struct.flags}, the PF_ bits of the recorded kernel
   * @param kthread whether it is a kernel thread
   * @param cpu where it ran last
   * @param hasMm whether it has an mm of its own or shared; false for kernel threads and zombies
   * @param comm its name; of kernel threads possibly longer than the 15 bytes that events show
   */
  public record Task(
      int pid,
      int tgid,
      int ppid,
      long flags,
      boolean kthread,
      int cpu,
      boolean hasMm,
      String comm) {}

  /** {@return all tasks, by pid, in the order of the file} */
  public Map<Integer, Task> byPid() {
    return tasks;
  }

  /** {@return the task with this pid} */
  public Optional<Task> find(int pid) {
    return Optional.ofNullable(tasks.get(pid));
  }

  /**
   * Reads a task list.
   *
   * @throws TraceFormatException if a line is not a task
   * @throws IOException if the file cannot be opened or read
   */
  public static TaskList read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /** As {@link #read(Path)}, from a stream that errors call {@code name}. */
  public static TaskList read(InputStream in, String name) throws IOException {
    Lines lines = new Lines(in, name);
    Map<Integer, Task> tasks = new LinkedHashMap<>();
    while (lines.advance()) {
      byte first = lines.bytes[lines.start];
      if (lines.start == lines.end || first == '#') {
        continue;
      }
      Task task = new Fields(lines).task();
      if (tasks.put(task.pid(), task) != null) {
        throw lines.error(
            lines.start, "there are two tasks with pid " + task.pid(), "each pid once");
      }
    }
    if (tasks.isEmpty()) {
      throw TraceFormatException.ofFile(name, "there is no task in it", "a line for each task");
    }
    return new TaskList(tasks);
  }

  /** The fields of one line, taken one by one. */
  private static final class Fields {
    private final Lines lines;
    private int at;
    private int index;

    Fields(Lines lines) {
      this.lines = lines;
      this.at = lines.start;
    }

    Task task() {
      int pid = number();
      int tgid = number();
      int ppid = number();
      long flags = number(16, 0xffff_ffffL);
      boolean kthread = number(10, 1) == 1;
      int cpu = number();
      boolean hasMm = number(10, 1) == 1;
      String comm = new String(lines.bytes, at, lines.end - at, StandardCharsets.UTF_8);
      return new Task(pid, tgid, ppid, flags, kthread, cpu, hasMm, comm);
    }

    private int number() {
      return (int) number(10, Integer.MAX_VALUE);
    }

    private long number(int radix, long max) {
      String field = FIELDS[index++];
      int from = at;
      long value = 0;
      int digit;
      while ((digit = Character.digit(lines.bytes[at], radix)) >= 0) {
        value = value * radix + digit;
        if (value > max) {
          throw lines.error(from, field + " is too large", "at most " + max);
        }
        at++;
      }
      if (at == from || lines.bytes[at] != ' ') {
        throw lines.error(
            at,
            field + (at == from ? " is missing" : " is not a number"),
            "pid tgid ppid flags(hex) kthread cpu has_mm comm, with one space between");
      }
      at++;
      return value;
    }
  }
}
