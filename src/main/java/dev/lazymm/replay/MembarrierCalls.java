package dev.lazymm.replay;

import dev.lazymm.kernel.Mm;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of membarrier(2), and to how many other CPUs each sends its IPI: those whose {@code
 * rq->curr->mm} is the caller's (kernel/sched/membarrier.c).
 *
 * <p>The kernel looks at the CPUs at some moment of the call, which no event tells, and while the
 * caller runs. So a CPU gets an IPI for certain if it runs that mm all that time, and may get one
 * if it does at any moment of it. Whether the process may use the command at all is known only if
 * its registration was recorded.
 */
final class MembarrierCalls {
  static final int CALLS = 0;
  static final int LEAST = 1;
  static final int MOST = 2;
  static final int KINDS = 3;

  private static final long GLOBAL_EXPEDITED = 1 << 1;
  private static final long REGISTER_GLOBAL_EXPEDITED = 1 << 2;
  private static final long PRIVATE_EXPEDITED = 1 << 3;
  private static final long REGISTER_PRIVATE_EXPEDITED = 1 << 4;
  private static final long SYNC_CORE = 1 << 5;
  private static final long REGISTER_SYNC_CORE = 1 << 6;
  private static final long RSEQ = 1 << 7;
  private static final long REGISTER_RSEQ = 1 << 8;

  private static final long PRIVATE_BITS = 1 | 1 << 1;
  private static final long GLOBAL_BITS = 1 << 2 | 1 << 3;
  private static final long SYNC_CORE_BITS = 1 << 4 | 1 << 5;
  private static final long RSEQ_BITS = 1 << 6 | 1 << 7;

  private final Model model;
  private final List<Model> models;
  private final Computer computer;
  private final int cpus;
  private final Tally tally;
  private final List<Call> calls = new ArrayList<>();

  MembarrierCalls(List<Model> models, Computer computer, int cpus, Tally tally) {
    this.model = models.getFirst();
    this.models = models;
    this.computer = computer;
    this.cpus = cpus;
    this.tally = tally;
  }

  /** {@return the IPIs of the calls counted, those that have not ended included} */
  ReplayReport.Interval ipis(boolean sinceMark) {
    long most = tally.count(MOST, sinceMark);
    for (Call call : calls) {
      most += call.most();
    }
    return new ReplayReport.Interval(tally.count(LEAST, sinceMark), most);
  }

  /** The task that runs on this CPU calls membarrier(2). */
  void enter(int cpu, ReplayTask caller, long command, long flags) {
    leave(caller, false); // its last call is over, though nothing said so
    long bits = registers(command);
    if (bits != 0) {
      models.forEach(m -> m.registerMembarrier(cpu, bits));
    } else if ((command & (PRIVATE_EXPEDITED | SYNC_CORE | RSEQ | GLOBAL_EXPEDITED)) != 0) {
      tally.add(CALLS);
      calls.add(new Call(caller, command, flags));
      observe();
    }
  }

  private static long registers(long command) {
    if (command == REGISTER_PRIVATE_EXPEDITED) {
      return PRIVATE_BITS;
    } else if (command == REGISTER_GLOBAL_EXPEDITED) {
      return GLOBAL_BITS;
    } else if (command == REGISTER_SYNC_CORE) {
      return SYNC_CORE_BITS;
    }
    return command == REGISTER_RSEQ ? RSEQ_BITS : 0;
  }

  /** Looks at every CPU: something has just happened. */
  void observe() {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).observe();
    }
  }

  /**
   * The task is out of its call.
   *
   * @param seen whether its return was recorded
   */
  void leave(ReplayTask caller, boolean seen) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      if (call.caller == caller) {
        calls.remove(i);
        tally.add(LEAST, seen ? call.least() : 0);
        tally.add(MOST, call.most());
      }
    }
  }

  /** A call that has not returned. */
  private final class Call {
    private final ReplayTask caller;
    private final long command;
    private final long flags;
    private final BitSet ever = new BitSet();
    private @Nullable BitSet always;

    Call(ReplayTask caller, long command, long flags) {
      this.caller = caller;
      this.command = command;
      this.flags = flags;
    }

    private boolean global() {
      return command == GLOBAL_EXPEDITED;
    }

    /** With MEMBARRIER_CMD_FLAG_CPU it is one CPU, and the recording's columns do not say which. */
    private boolean oneCpu() {
      return flags != 0;
    }

    long least() {
      return always == null || oneCpu() ? 0 : always.cardinality();
    }

    long most() {
      return oneCpu() ? Math.min(1, ever.cardinality()) : ever.cardinality();
    }

    void observe() {
      if (caller.cpu == ReplayTask.NOWHERE) {
        return;
      }
      BitSet certain = new BitSet();
      for (int cpu = 0; cpu < cpus; cpu++) {
        if (cpu == caller.cpu) {
          continue;
        }
        boolean sure = computer.isSure(cpu);
        if (mayInterrupt(cpu, sure)) {
          ever.set(cpu);
          if (sure && interrupts(cpu)) {
            certain.set(cpu);
          }
        }
      }
      if (always == null) {
        always = certain;
      } else {
        always.and(certain);
      }
    }

    private boolean mayInterrupt(int cpu, boolean sure) {
      Mm other = model.mmOn(cpu);
      if (global()) {
        return !sure || other != null;
      }
      Mm own = model.mmOf(caller.tasks[0]);
      return own != null
          && (command != PRIVATE_EXPEDITED || model.users(own) > 1)
          && (!sure || other == own);
    }

    /** Whether the mm that must be registered, the other's or our own, is known to be. */
    private boolean interrupts(int cpu) {
      Mm mm = global() ? model.mmOn(cpu) : model.mmOf(caller.tasks[0]);
      long bits =
          global()
              ? GLOBAL_BITS
              : command == PRIVATE_EXPEDITED
                  ? PRIVATE_BITS
                  : command == SYNC_CORE ? SYNC_CORE_BITS : RSEQ_BITS;
      return mm != null && model.isRegistered(mm, bits);
    }
  }
}
