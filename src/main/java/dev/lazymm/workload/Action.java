package dev.lazymm.workload;

import dev.lazymm.kernel.MembarrierCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a CPU can be told to do. {@link ActionRunner} says what the kernel does for each;
 * {@link Outline} says where each makes sense. Tasks, mms and user cells go by the names of the
 * scenario: {@code A1} is a user task born with mm {@code A}, {@code k1} a kernel thread, {@code x}
 * a user cell.
 */
public sealed interface Action {
  /** Switches to a task, once it has left every other CPU; nothing if it is current. */
  record Run(String task) implements Action {
    public Run {
      Names.require(Names.isTask(task), task, "a task");
    }
  }

  /** Switches to the CPU's idle task; nothing if it is current. */
  record Idle() implements Action {}

  /** The current task exits (exit_mm, death, a last switch to the idle task). */
  record Exit() implements Action {}

  /** The current task execs into a new mm. */
  record Exec(String mm) implements Action {
    public Exec {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** The current task forks {@code child}, which gets a new mm named by its letter. */
  record Fork(String child) implements Action {
    public Fork {
      Names.require(Names.isUserTask(child), child, "a user task");
    }
  }

  /** The current task makes {@code child} with CLONE_VM. */
  record Clone(String child) implements Action {
    public Clone {
      Names.require(Names.isUserTask(child), child, "a user task");
    }
  }

  /** The current kernel thread takes a user of the mm, if one is left, and takes the mm on. */
  record Use(String mm) implements Action {
    public Use {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** The current kernel thread gives up what {@link Use} took; nothing if that failed. */
  record Unuse() implements Action {}

  /** Pins the struct of the mm (mmgrab). */
  record Pin(String mm) implements Action {
    public Pin {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** Gives a pin of this CPU back (mmdrop). */
  record Unpin(String mm) implements Action {
    public Unpin {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** Becomes a temporary user of the mm, if a user is left (mmget_not_zero). */
  record Get(String mm) implements Action {
    public Get {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** Gives back what this CPU's latest {@link Get} took (mmput); nothing if that failed. */
  record Put(String mm) implements Action {
    public Put {
      Names.require(Names.isMm(mm), mm, "an mm");
    }
  }

  /** The current task unmaps the range that has a page-table page of its own. */
  record Munmap() implements Action {}

  /** The current task changes leaf entries of its mm. */
  record Mprotect() implements Action {}

  /** The idle CPU goes into deep idle, where some architectures give up the borrowed mm. */
  record LeaveMm() implements Action {}

  /**
   * The idle CPU leaves the computer, as far as that is its own to do: it is dead, and does nothing
   * but {@link Online} any more.
   */
  record Offline() implements Action {}

  /** The CPU waits until it is plugged, and comes up in its idle task. */
  record Online() implements Action {}

  /** Ends the unplugging of another CPU once that is dead ({@link Offline}). */
  record Unplug(int cpu) implements Action {}

  /** Plugs another CPU, which has been unplugged: lets it come {@link Online}. */
  record Plug(int cpu) implements Action {}

  /** The current task reads a user cell. */
  record Load(String cell) implements Action {
    public Load {
      Names.require(Names.isCell(cell), cell, "a user cell");
    }
  }

  /** The current task writes a user cell. */
  record Store(String cell, long value) implements Action {
    public Store {
      Names.require(Names.isCell(cell), cell, "a user cell");
    }
  }

  /**
   * The current task calls membarrier(2).
   *
   * @param command which command
   * @param cpu the one CPU that it is for (FLAG_CPU); null for all
   */
  record Membarrier(MembarrierCommand command, @Nullable Integer cpu) implements Action {}

  /** The current task's code comes into a restartable sequence (rseq). */
  record RseqBegin() implements Action {}

  /** It leaves the sequence. */
  record RseqEnd() implements Action {}

  /**
   * An action during which the CPU is preempted, if the kernel has the preemption point.
   *
   * @param action what is preempted
   * @param point the name of the {@linkplain dev.lazymm.machine.Cpu#preemptPoint preemption point}
   * @param nested what the CPU does meanwhile; it ends with the same task current
   */
  record Preempted(Action action, String point, List<Action> nested) implements Action {
    public Preempted {
      Names.require(Names.isPoint(point), point, "a preemption point");
      nested = List.copyOf(nested);
      if (action instanceof Preempted || nested.stream().anyMatch(Preempted.class::isInstance)) {
        throw new IllegalArgumentException("preemption does not nest");
      }
      if (nested.isEmpty()) {
        throw new IllegalArgumentException("nothing happens at " + point);
      }
    }
  }
}
