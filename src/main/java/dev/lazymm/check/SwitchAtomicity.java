package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Hold;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Snapshot;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * I3: wherever an interrupt can come, the MMU is on the mm that the architecture's interrupt
 * handlers believe it to be on (active_mm on powerpc, loaded_mm on x86).
 */
final class SwitchAtomicity implements Invariant {
  @Override
  public String name() {
    return "I3";
  }

  @Override
  public String about() {
    return "switch atomicity: the mm and the MMU change with interrupts off";
  }

  @Override
  public Optional<Finding> find(Execution x) {
    Graph g = x.graph();
    Hold register = x.kernel().arch().believed();
    int ofBelieved = x.register(register);
    int ofRoot = x.register(Hold.ROOT);
    for (int t = 0; t < g.threads; t++) {
      Snapshot.CpuState start = x.prepared().program().start().cpus().get(t);
      KObject believed = start.holds().get(register);
      KObject root = start.root();
      int changed = Graph.NONE;
      for (int i = 0; i < g.length[t]; i++) {
        int e = g.po[t][i];
        boolean open = (g.flags[e] & (Graph.IRQS_ON | Graph.IN_HANDLER)) == Graph.IRQS_ON;
        if (open && !agree(x, believed, root)) {
          String what =
              "an interrupt can come on CPU %d while %s is %s but the MMU is on %s"
                  .formatted(t, register, believed, root);
          List<Integer> events = changed == Graph.NONE ? List.of(e) : List.of(changed, e);
          return Optional.of(new Finding(what, events, false));
        }
        boolean holds = g.kind[e] == Kind.HOLD;
        if (g.op[e] == ofBelieved && (holds || g.kind[e] == Kind.RELEASE)) {
          believed = holds ? x.object(e) : null; // a dead CPU's handlers believe nothing
          changed = e;
        } else if (g.op[e] == ofRoot && (holds || g.kind[e] == Kind.RELEASE)) {
          root = holds ? x.object(e) : null;
          changed = e;
        }
      }
      if (changed != Graph.NONE && !agree(x, believed, root)) { // it halts with interrupts on
        String what =
            "CPU %d halts while %s is %s but the MMU is on %s"
                .formatted(t, register, believed, root);
        return Optional.of(new Finding(what, List.of(changed), false));
      }
    }
    return Optional.empty();
  }

  private static boolean agree(Execution x, @Nullable KObject believed, @Nullable KObject root) {
    return !(believed instanceof Mm mm) || x.kernel().arch().rootOf(mm) == root;
  }
}
