package dev.lazymm.check;

import dev.lazymm.check.Execution.Interval;
import dev.lazymm.kernel.Arch;
import dev.lazymm.kernel.Membarrier;
import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.KObject;
import java.util.List;
import java.util.Optional;

/**
 * I9, as far as it is not about what two threads read of each other (that scenarios say in their
 * conditions). I9a: whoever has registered, no rq that runs the mm has a state of before. I9c:
 * after SYNC_CORE has returned nobody goes to user mode of the mm on a CPU that has not serialized
 * since the call began; the caller's own CPU is no exception. I9d: after RSEQ has returned nobody
 * is still in a restartable sequence that was open when it was called, and that has not begun
 * again.
 */
final class MembarrierLaws implements Invariant {
  @Override
  public String name() {
    return "I9";
  }

  @Override
  public String about() {
    return "membarrier: registrations are seen, cores serialized, restartable sequences restarted";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    for (Interval call : x.intervals(Membarrier.SYNC_CORE_CALL)) {
      Optional<Finding> found = call.end() == Graph.NONE ? Optional.empty() : syncCore(x, call);
      if (found.isPresent()) {
        return found;
      }
    }
    for (Interval call : x.intervals(Membarrier.RSEQ_CALL)) {
      Optional<Finding> found = call.end() == Graph.NONE ? Optional.empty() : rseq(x, call);
      if (found.isPresent()) {
        return found;
      }
    }
    return CountLaw.ended(x, x.endLaws().registrations());
  }

  // ---- I9c -------------------------------------------------------------------------------------

  private static Optional<Finding> syncCore(Execution x, Interval call) {
    Graph g = x.graph();
    Arch arch = x.kernel().arch();
    for (int t = 0; t < g.threads; t++) {
      boolean synced = false;
      boolean inKernel = false;
      KObject mode = null;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        boolean user = g.kind[e] == Kind.USER;
        mode = user ? x.object(e) : mode;
        boolean inUser = user || isUserAccess(x, e);
        boolean returns = user && inKernel && arch.returnToUserSerializes();
        synced |= (returns || serializes(g, arch, e)) && isAfter(x, call.start(), e);
        if (inUser
            && mode == arch.rootOf((Mm) call.object())
            && !synced
            && isSince(x, call.end(), e)) {
          String what =
              "CPU %d is in user mode of %s and has not serialized since CPU %d called membarrier"
                  .formatted(t, call.object(), call.cpu());
          return Optional.of(new Finding(what, List.of(call.start(), call.end(), e), false));
        }
        inKernel = !user && (inKernel || !isUserCode(x, e));
      }
    }
    return Optional.empty();
  }

  private static boolean serializes(Graph g, Arch arch, int e) {
    return switch (g.kind[e]) {
      case Kind.SYNC_CORE -> true;
      case Kind.HOLD -> g.op[e] == Explorer.ROOT && arch.loadRootSerializes();
      case Kind.POLL -> g.rf[e] != Graph.NONE && arch.returnToUserSerializes(); // it comes back
      default -> false;
    };
  }

  /** Whether an event is of user code, or of nobody. */
  private static boolean isUserCode(Execution x, int e) {
    Graph g = x.graph();
    return switch (g.kind[e]) {
      case Kind.LOAD, Kind.POLL -> true;
      default -> isUserAccess(x, e);
    };
  }

  private static boolean isUserAccess(Execution x, int e) {
    return Kind.isAccess(x.graph().kind[e]) && x.cell(e).owner().type().equals("user memory");
  }

  /** Whether whatever the caller did before the call is there for this event. */
  private static boolean isAfter(Execution x, int start, int e) {
    return x.isBefore(start, e);
  }

  /** Whether an event can know that a call has returned. */
  private static boolean isSince(Execution x, int end, int e) {
    return x.isToldBefore(end, e);
  }

  // ---- I9d -------------------------------------------------------------------------------------

  private static Optional<Finding> rseq(Execution x, Interval call) {
    Graph g = x.graph();
    for (Interval section : x.intervals(CheckCpu.RSEQ)) {
      if (section.cpu() == call.cpu()
          || section.object() != call.object()
          || !isMeant(x, call, section.cpu())
          || section.start() == Graph.NONE
          || x.isBefore(call.start(), section.start())) {
        continue;
      }
      int t = section.cpu();
      int last = section.end() == Graph.NONE ? g.length[t] - 1 : g.index[section.end()];
      for (int i = g.index[section.start()]; i <= last; i++) {
        int e = g.po[t][i];
        if (g.kind[e] == Kind.RSEQ_PREEMPT && x.isBefore(call.start(), e)) {
          break;
        }
        if (isSince(x, call.end(), e)) {
          String what =
              "CPU %d is in a restartable sequence of before CPU %d called membarrier"
                  .formatted(t, call.cpu());
          return Optional.of(new Finding(what, List.of(section.start(), call.end(), e), false));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isMeant(Execution x, Interval call, int cpu) {
    Graph g = x.graph();
    for (Interval only : x.intervals(Membarrier.RSEQ_CALL_CPU)) {
      if (only.cpu() == call.cpu() && g.index[only.start()] == g.index[call.start()] + 1) {
        return only.object() == x.kernel().cpuRq(cpu);
      }
    }
    return true;
  }
}
