package dev.lazymm.prove;

import dev.lazymm.workload.Action;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a CPU stands between two of its actions, as far as its own line tells. It keeps the
 * enumeration from what cannot make sense whatever the other CPUs do; the rest is for {@link
 * dev.lazymm.workload.Outline} to refuse.
 *
 * @param current the task that runs, null for the idle task
 * @param gone the tasks that exited here
 * @param uses the kernel threads with a use that is not given up yet
 */
record Standing(@Nullable String current, Set<String> gone, Set<String> uses) {
  Standing {
    gone = Set.copyOf(gone);
    uses = Set.copyOf(uses);
  }

  static Standing of(@Nullable String running) {
    return new Standing(running, Set.of(), Set.of());
  }

  /**
   * {@return whether an action may make sense here and does something: what does nothing makes the
   * scenario another one, with an action less}
   */
  boolean allows(Action action) {
    return switch (action) {
      case Action.Run run -> !run.task().equals(current) && !gone.contains(run.task());
      case Action.Idle _ -> current != null;
      case Action.Exit _, Action.Exec _ -> current != null && !uses.contains(current);
      case Action.Fork fork -> current != null && !fork.child().equals(current);
      case Action.Clone clone -> current != null && !clone.child().equals(current);
      case Action.Use _ -> current != null && Roster.isThread(current) && !uses.contains(current);
      case Action.Unuse _ -> current != null && uses.contains(current);
      case Action.Munmap _, Action.Mprotect _, Action.Load _, Action.Store _ -> current != null;
      case Action.Membarrier _, Action.RseqBegin _, Action.RseqEnd _ -> current != null;
      case Action.LeaveMm _, Action.Offline _, Action.Online _ -> current == null;
      case Action.Unplug _, Action.Plug _ -> current != null;
      case Action.Pin _, Action.Unpin _, Action.Get _, Action.Put _ -> true;
      case Action.Preempted preempted -> allows(preempted.action());
    };
  }

  /** {@return where the CPU stands after an action that is allowed here} */
  Standing after(Action action) {
    return switch (action) {
      case Action.Run run -> new Standing(run.task(), gone, uses);
      case Action.Idle _ -> new Standing(null, gone, uses);
      case Action.Exit _ -> new Standing(null, with(gone, true), uses);
      case Action.Use _ -> new Standing(current, gone, with(uses, true));
      case Action.Unuse _ -> new Standing(current, gone, with(uses, false));
      case Action.Preempted preempted -> after(preempted.action());
      case Action.Exec _,
          Action.Fork _,
          Action.Clone _,
          Action.Pin _,
          Action.Unpin _,
          Action.Get _,
          Action.Put _,
          Action.Munmap _,
          Action.Mprotect _,
          Action.LeaveMm _,
          Action.Offline _,
          Action.Online _,
          Action.Unplug _,
          Action.Plug _,
          Action.Load _,
          Action.Store _,
          Action.Membarrier _,
          Action.RseqBegin _,
          Action.RseqEnd _ ->
          this;
    };
  }

  private Set<String> with(Set<String> tasks, boolean added) {
    Set<String> changed = new HashSet<>(tasks);
    if (current != null) {
      boolean _ = added ? changed.add(current) : changed.remove(current);
    }
    return changed;
  }
}
