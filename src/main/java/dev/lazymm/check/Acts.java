package dev.lazymm.check;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what events of a graph are in the code, and where: its CPUs are run once more. */
final class Acts {
  private final Execution x;
  private final Graph g;
  private final Map<Integer, Act> acts = new HashMap<>();
  private final Map<Integer, Site> sites = new HashMap<>();

  /**
   * @param events those that will be asked for
   */
  Acts(Explorer explorer, Execution x, Collection<Integer> events) {
    this.x = x;
    g = x.graph();
    for (int t = 0; t < g.threads; t++) {
      int thread = t;
      if (events.stream().anyMatch(e -> g.thread[e] == thread)) {
        new Finder(events).hear(explorer, t, g);
      }
    }
  }

  /** {@return what an event is} */
  Act of(int e) {
    Act act = acts.get(e);
    return act == null ? new Act(g.thread[e], plainly(e), "", List.of()) : act;
  }

  /** {@return the ordering point that an event is; null if it is none} */
  @Nullable Site site(int e) {
    return sites.get(e);
  }

  /** What nobody tells of: it is known by its kind. */
  private String plainly(int e) {
    return "the " + Kind.name(g.kind[e]) + (Kind.isAccess(g.kind[e]) ? " of " + x.cell(e) : "");
  }

  private final class Finder implements Recorder {
    private final Collection<Integer> events;
    private String step = "";

    Finder(Collection<Integer> events) {
      this.events = events;
    }

    @Override
    public void operation(
        int event, String what, @Nullable Cell cell, long old, long value, @Nullable Site site) {
      if (event >= 0 && events.contains(event)) {
        String words = words(what, cell, value);
        acts.put(event, new Act(g.thread[event], words, step, CallStack.here()));
        if (site != null) {
          sites.put(event, site);
        }
      }
    }

    @Override
    public void fence(int event, int index, int op, Site site) {
      if (event >= 0 && events.contains(event)) {
        acts.put(event, new Act(g.thread[event], Shape.FENCES.get(op), step, CallStack.here()));
        sites.put(event, site);
      }
    }

    @Override
    public void step(String name) {
      step = name;
    }

    @Override
    public void action(String text) {}
  }

  private String words(String what, @Nullable Cell cell, long value) {
    return switch (what) {
      case "read" -> "the read of " + cell;
      case "write" -> "the store to " + cell;
      case "rmw" -> "the update of " + cell;
      case "await" -> "the wait for " + cell;
      case "lock" -> "the taking of " + cell;
      case "root" -> "the MMU's load of " + name(value);
      case "leave" -> "the MMU's leaving " + name(value);
      case "hold" -> "the use of " + name(value);
      case "release" -> "the end of a use";
      case "free" -> "the free of " + name(value);
      case "alloc" -> "the allocation of " + name(value);
      case "unlink" -> "the unlinking of " + name(value);
      case "pte" -> "the change of PTEs: " + name(value);
      case "flushed" -> "the end of the flush of " + name(value);
      case "flush range" -> "the flush of " + name(value);
      case "flush", "flush all" -> "the flush of the TLB";
      case "user" -> "the return to user mode";
      case "slot" -> "the choice of a TLB slot";
      case "send" -> "the IPI to CPU " + value;
      case "irq" -> "the interrupt";
      default -> "the warning";
    };
  }

  private String name(long handle) {
    return handle == 0 ? "it" : x.memory().object(handle).name();
  }
}
