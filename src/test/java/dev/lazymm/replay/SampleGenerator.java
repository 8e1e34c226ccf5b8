package dev.lazymm.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the small recording that the product carries: a made-up schedule of 4 CPUs, in which a
 * server's threads go idle, a shell forks, execs and collects short programs, and kernel workers
 * run in between. What it must cost is kept in {@link SampleBooks}, without any code under test.
 *
 * <p>The same seed gives the same text. Run as a program it writes the two files into a directory.
 */
final class SampleGenerator {
  private static final int CPUS = 4;
  private static final int STEPS = 700;
  private static final int MOST_TASKS = 14;
  private static final int IDLE = 0;
  private static final int SHELL = 300;
  private static final int SERVER = 400;

  private final Random random = new Random(6);
  private final Recording recording = new Recording(CPUS).every(7);
  private final SampleBooks books = new SampleBooks(CPUS);
  private final List<Integer> users = new ArrayList<>();
  private final List<Integer> workers = new ArrayList<>();
  private final Set<Integer> threads = new HashSet<>();
  private final int[] running = new int[CPUS];
  private int nextPid = 500;
  private int vforked; // the child that the shell waits for, 0 if there is none

  SampleGenerator() {
    existing();
    for (int i = 0; i < STEPS; i++) {
      recording.pause(random.nextInt(900));
      step(random.nextInt(CPUS));
    }
  }

  Recording recording() {
    return recording;
  }

  SampleBooks books() {
    return books;
  }

  private void existing() {
    recording.comm(2, "kthreadd").kthread(2);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      int pid = 20 + cpu;
      recording.comm(pid, "kworker/" + cpu + ":1").kthread(pid);
      workers.add(pid);
    }
    recording.comm(SHELL, "bash").user(SHELL);
    recording.comm(SERVER, "server").user(SERVER);
    users.addAll(List.of(SHELL, SERVER));
    books.process(SHELL);
    books.process(SERVER);
    for (int pid = SERVER + 1; pid < SERVER + 4; pid++) {
      recording.comm(pid, "server:" + (pid - SERVER)).thread(SERVER, pid);
      users.add(pid);
      books.thread(SERVER, pid);
    }
    for (int cpu = 0; cpu < CPUS; cpu++) { // so that no CPU begins on something unknown
      int pid = cpu == 0 ? SHELL : SERVER + cpu;
      running[cpu] = pid;
      books.runsFirst(cpu, pid);
    }
  }

  private void step(int cpu) {
    int pid = running[cpu];
    int dice = random.nextInt(100);
    if (pid == IDLE || workers.contains(pid)) {
      leave(cpu, pid == IDLE ? "R" : "I");
    } else if (pid == SHELL && dice < 35 && users.size() < MOST_TASKS) {
      clone(cpu, dice < 25 ? Recording.FORK : Recording.VFORK);
    } else if (pid == SERVER && dice < 10 && users.size() < MOST_TASKS) {
      clone(cpu, Recording.THREAD);
    } else if (pid >= 500 && dice < 25 && !threads.contains(pid)) {
      recording.exec(cpu, pid, pid);
      books.exec(cpu, pid);
      completeVfork(pid);
    } else if (pid >= 500 && dice < 50) {
      exit(cpu, pid);
    } else {
      leave(cpu, dice < 90 ? "S" : "R");
    }
  }

  private void clone(int cpu, String flags) {
    int parent = running[cpu];
    int child = nextPid++;
    recording.comm(child, parent == SHELL ? "make" : "server:new");
    recording.clone(cpu, parent, child, flags).wakeup(cpu, parent, child);
    users.add(child);
    switch (flags) {
      case Recording.FORK -> books.process(child);
      case Recording.THREAD -> {
        books.thread(parent, child);
        threads.add(child);
      }
      default -> {
        books.thread(parent, child);
        vforked = child;
        leave(cpu, "D");
      }
    }
  }

  private void completeVfork(int pid) {
    if (pid == vforked) {
      vforked = 0;
    }
  }

  private void exit(int cpu, int pid) {
    recording.exit(cpu, pid);
    books.exit(cpu, pid);
    completeVfork(pid);
    users.remove(Integer.valueOf(pid));
    leave(cpu, pid % 2 == 0 ? "Z" : "X");
  }

  /** Switches to idle, to a worker or to a user task that runs nowhere. */
  private void leave(int cpu, String state) {
    int prev = running[cpu];
    List<Integer> ready = new ArrayList<>();
    if (prev != IDLE) {
      ready.addAll(List.of(IDLE, IDLE));
    }
    users.stream().filter(this::isReady).forEach(ready::add);
    int worker = workers.get(cpu);
    if (prev != worker) {
      ready.add(worker);
    }
    int next = ready.get(random.nextInt(ready.size()));
    recording.sw(cpu, prev, state, next);
    books.schedSwitch(cpu, prev, next);
    running[cpu] = next;
  }

  private boolean isReady(int pid) {
    if (pid == SHELL && vforked != 0) {
      return false;
    }
    for (int other : running) {
      if (other == pid) {
        return false;
      }
    }
    return true;
  }

  static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Recording made = new SampleGenerator().recording();
    try (OutputStream file = Files.newOutputStream(directory.resolve("sample.trace.txt.gz"));
        OutputStream packed = new GZIPOutputStream(file)) {
      packed.write(made.text().getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(directory.resolve("sample.tasks.txt"), made.tasks());
  }
}
