package dev.lazymm.replay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds events back until it is known of each task that was preempted in the kernel whether
 * sched_process_exit is the next thing heard of it, and how long it ran until then.
 *
 * <p>do_exit calls exit_mm and only then emits sched_process_exit. In between the last user of an
 * mm runs exit_mmap, which offers the CPU to others (cond_resched): the task is then switched away
 * as preempted ({@code R+}) and has no mm any more, which nothing in the events says. A task that
 * sleeps, is preempted on its way to user mode ({@code R}), forks or execs is not in do_exit.
 *
 * <p>At most {@value #CAPACITY} events are held. Then the oldest goes on as if no exit followed.
 */
final class Lookahead {
  /** Where the events go, in their order. */
  interface Target {
    /**
     * sched_switch.
     *
     * @param runToExit how long {@code prev} still ran before its sched_process_exit, or {@link
     *     #NONE}: something else is heard of it first
     */
    void schedSwitch(int cpu, int prevPid, boolean dead, int nextPid, long runToExit);

    /** task_newtask. */
    void newTask(int cpu, int pid, int childPid, long flags);

    /** sched_process_fork. */
    void fork(int cpu, int parentPid, int childPid);

    /** sched_process_exec. */
    void exec(int cpu, int execPid, int oldPid);

    /**
     * sched_process_exit.
     *
     * @param runOutside how long the task ran since it was last heard of outside do_exit, or {@link
     *     #NONE}: that is not known, or it was preempted meanwhile
     */
    void exit(int cpu, int exitPid, long runOutside);

    /** Entry of membarrier(2). */
    void membarrier(int cpu, int pid, long command, long flags);

    /** Return from membarrier(2). */
    void membarrierReturns(int cpu, int pid);

    /** Events of this CPU are missing. */
    void lost(int cpu);

    /** The window may begin here. */
    void mark();
  }

  static final long NONE = Long.MAX_VALUE;

  private static final int CAPACITY = 1 << 16;
  private static final long UNDECIDED = Long.MIN_VALUE;

  private static final int SWITCH = 0;
  private static final int LAST_SWITCH = 1;
  private static final int NEW_TASK = 2;
  private static final int FORK = 3;
  private static final int EXEC = 4;
  private static final int EXIT = 5;
  private static final int LOST = 6;
  private static final int MARK = 7;
  private static final int MEMBARRIER = 8;
  private static final int MEMBARRIER_RETURNS = 9;

  private final Target target;
  private final Map<Integer, Life> lives = new HashMap<>();
  private final int[] kinds = new int[CAPACITY];
  private final int[] cpus = new int[CAPACITY];
  private final int[] pids = new int[CAPACITY];
  private final int[] others = new int[CAPACITY];
  private final long[] numbers = new long[CAPACITY];
  private long head; // the oldest event held
  private long tail; // the next event to come

  Lookahead(Target target) {
    this.target = target;
  }

  void schedSwitch(long ts, int cpu, int prevPid, boolean dead, boolean preempted, int nextPid) {
    long runToExit = NONE;
    Life prev = prevPid == 0 ? null : lives.get(prevPid);
    if (prev != null) {
      prev.stop(ts);
      if (preempted && !prev.exited) {
        prev.preemptions.add(new Preemption(tail, prev.ran));
        runToExit = UNDECIDED;
      } else {
        outside(prev);
      }
      if (dead) {
        lives.remove(prevPid);
      }
    }
    if (nextPid != 0) {
      lives.computeIfAbsent(nextPid, pid -> new Life()).runsSince = ts;
    }
    add(dead ? LAST_SWITCH : SWITCH, cpu, prevPid, nextPid, runToExit);
  }

  void newTask(long ts, int cpu, int pid, int childPid, long flags) {
    outside(ts, pid);
    outside(lives.computeIfAbsent(childPid, p -> new Life()));
    add(NEW_TASK, cpu, pid, childPid, flags);
  }

  void fork(long ts, int cpu, int parentPid, int childPid) {
    outside(ts, parentPid);
    add(FORK, cpu, parentPid, childPid, 0);
  }

  void exec(long ts, int cpu, int execPid, int oldPid) {
    outside(ts, execPid);
    add(EXEC, cpu, execPid, oldPid, 0);
  }

  void exit(long ts, int cpu, int exitPid) {
    Life life = lives.get(exitPid);
    add(EXIT, cpu, exitPid, 0, life == null ? NONE : life.exit(ts, this));
  }

  void membarrier(long ts, int cpu, int pid, long command, long flags) {
    outside(ts, pid);
    add(MEMBARRIER, cpu, pid, (int) flags, command);
  }

  void membarrierReturns(long ts, int cpu, int pid) {
    outside(ts, pid);
    add(MEMBARRIER_RETURNS, cpu, pid, 0, 0);
  }

  /** Events of a CPU are missing: who ran for how long is not known. */
  void lost(int cpu) {
    forget();
    add(LOST, cpu, 0, 0, 0);
  }

  void mark() {
    if (head == tail) {
      target.mark();
    } else if (kinds[slot(tail - 1)] != MARK) {
      add(MARK, 0, 0, 0, 0);
    }
  }

  /** Lets go of everything held, as if nothing more were to come. */
  void flush() {
    forget();
    pass();
  }

  private void forget() {
    lives.values().forEach(this::outside);
    lives.clear();
  }

  private void outside(long ts, int pid) {
    Life life = lives.get(pid);
    if (life != null) {
      life.stop(ts);
      life.runsSince = ts;
      outside(life);
    }
  }

  private void outside(Life life) {
    for (Preemption p = life.preemptions.poll(); p != null; p = life.preemptions.poll()) {
      decide(p.event(), NONE);
    }
    life.ran = 0;
    life.heardOutside = true;
  }

  private void decide(long event, long runToExit) {
    if (event >= head) {
      numbers[slot(event)] = runToExit;
    }
  }

  private void add(int kind, int cpu, int pid, int other, long number) {
    if (tail - head == CAPACITY) {
      decide(head, NONE);
      pass();
    }
    int slot = slot(tail++);
    kinds[slot] = kind;
    cpus[slot] = cpu;
    pids[slot] = pid;
    others[slot] = other;
    numbers[slot] = number;
    pass();
  }

  private void pass() {
    while (head < tail && numbers[slot(head)] != UNDECIDED) {
      int i = slot(head++);
      switch (kinds[i]) {
        case SWITCH -> target.schedSwitch(cpus[i], pids[i], false, others[i], numbers[i]);
        case LAST_SWITCH -> target.schedSwitch(cpus[i], pids[i], true, others[i], numbers[i]);
        case NEW_TASK -> target.newTask(cpus[i], pids[i], others[i], numbers[i]);
        case FORK -> target.fork(cpus[i], pids[i], others[i]);
        case EXEC -> target.exec(cpus[i], pids[i], others[i]);
        case EXIT -> target.exit(cpus[i], pids[i], numbers[i]);
        case MEMBARRIER -> target.membarrier(cpus[i], pids[i], numbers[i], others[i]);
        case MEMBARRIER_RETURNS -> target.membarrierReturns(cpus[i], pids[i]);
        case LOST -> target.lost(cpus[i]);
        case MARK -> target.mark();
        default -> throw new AssertionError(kinds[i]);
      }
    }
  }

  private static int slot(long event) {
    return (int) event & (CAPACITY - 1);
  }

  /** A switch away from a preempted task, and how long the task had run before. */
  private record Preemption(long event, long ranBefore) {}

  /** What was heard of one task. */
  private static final class Life {
    final ArrayDeque<Preemption> preemptions = new ArrayDeque<>(0);
    long runsSince = NONE; // NONE: does not run, or unknown
    long ran; // since it was last heard of outside do_exit
    boolean heardOutside;
    boolean exited;

    void stop(long ts) {
      if (runsSince != NONE) {
        ran += ts - runsSince;
        runsSince = NONE;
      }
    }

    long exit(long ts, Lookahead queue) {
      stop(ts);
      exited = true;
      if (preemptions.isEmpty()) {
        return heardOutside ? ran : NONE;
      }
      for (Preemption p = preemptions.poll(); p != null; p = preemptions.poll()) {
        queue.decide(p.event(), ran - p.ranBefore());
      }
      return NONE;
    }
  }
}
