package dev.lazymm.replay;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule costs, by bookkeeping alone: who has which mm, what each CPU is on. Knows nothing
 * of the kernel's counters: a mm is freed when nobody has it and no CPU borrows it.
 */
final class SampleBooks {
  private final Map<Integer, Space> spaceOf = new HashMap<>();
  private final int cpus;
  private final @Nullable Space[] borrowed; // with counted borrows
  private final @Nullable Space[] loaded; // with shootdown: what the CPU is on
  private final int[] running;

  long exits;
  long deaths;
  long userToKernel;
  long kernelToUserSame;
  long kernelToUserOther;
  long kernelToKernel;
  long userToUserSame;
  long userToUserOther;
  long frees;
  long shootIpis;
  long shootHandlers;
  long shootHits;

  SampleBooks(int cpus) {
    this.cpus = cpus;
    borrowed = new Space[cpus];
    loaded = new Space[cpus];
    running = new int[cpus];
  }

  /** One address space. */
  private static final class Space {
    final BitSet ranOn = new BitSet();
    int users;
  }

  void process(int pid) {
    Space space = new Space();
    space.users = 1;
    spaceOf.put(pid, space);
  }

  void thread(int parent, int pid) {
    Space space = space(parent);
    space.users++;
    spaceOf.put(pid, space);
  }

  void runsFirst(int cpu, int pid) {
    running[cpu] = pid;
    load(cpu, space(pid));
  }

  void exec(int cpu, int pid) {
    Space old = space(pid);
    process(pid);
    load(cpu, space(pid));
    leave(cpu, old);
  }

  void exit(int cpu, int pid) {
    exits++;
    Space space = Objects.requireNonNull(spaceOf.remove(pid));
    borrowed[cpu] = space;
    leave(cpu, space);
  }

  void schedSwitch(int cpu, int prev, int next) {
    Space from = spaceOf.get(prev);
    Space to = spaceOf.get(next);
    if (to == null) {
      if (from == null) {
        kernelToKernel++;
      } else {
        userToKernel++;
        borrowed[cpu] = from;
      }
    } else {
      if (from == null) {
        Space back = borrowed[cpu];
        borrowed[cpu] = null;
        kernelToUserSame += back == to ? 1 : 0;
        kernelToUserOther += back == to ? 0 : 1;
        freeIfUnused(Objects.requireNonNull(back));
      } else {
        userToUserSame += from == to ? 1 : 0;
        userToUserOther += from == to ? 0 : 1;
      }
      load(cpu, to);
    }
    running[cpu] = next;
  }

  private void load(int cpu, Space space) {
    loaded[cpu] = space;
    space.ranOn.set(cpu);
  }

  /** One user less; the last one shoots down whoever is still on it. */
  private void leave(int cpu, Space space) {
    if (--space.users > 0) {
      return;
    }
    deaths++;
    freeIfUnused(space);
    for (int other = 0; other < cpus; other++) {
      if (space.ranOn.get(other)) {
        shootHandlers++;
        shootIpis += other == cpu ? 0 : 1;
        if (loaded[other] == space) {
          shootHits++;
          loaded[other] = null;
        }
      }
    }
  }

  private void freeIfUnused(Space space) {
    if (space.users > 0) {
      return;
    }
    for (Space b : borrowed) {
      if (b == space) {
        return;
      }
    }
    frees++;
  }

  private Space space(int pid) {
    return Objects.requireNonNull(spaceOf.get(pid), "no such task");
  }
}
