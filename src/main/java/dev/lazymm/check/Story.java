package dev.lazymm.check;

import dev.lazymm.kernel.Mm;
import dev.lazymm.machine.Cell;
import dev.lazymm.machine.KObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader is told of the operations that lead to a harm: those that are about the mm that is
 * harmed, and those in which CPUs meet, each in a few words.
 */
final class Story {
  /** Fields whose changes another operation of the same step tells better, or nobody cares for. */
  private static final Set<String> UNTOLD =
      Set.of(
          "__lock",
          "alloc_lock",
          "loaded_mm_asid",
          "next_asid",
          "context.ctx_id",
          "context.next_trim_cpumask",
          "range_mapped");

  /** What is told of for who asks only. */
  static final Set<String> UNHEARD = Set.of("leave", "release");

  private final Execution x;
  private final Graph g;
  private final int[] needed;
  private final @Nullable KObject focus;

  /**
   * @param needed how many events of each CPU happen before the harm, or are it
   */
  Story(Execution x, Finding finding, int[] needed) {
    this.x = x;
    this.g = x.graph();
    this.needed = needed;
    focus = focus(x, finding);
  }

  /** {@return the mm that the story is about; null if it is about none} */
  private static @Nullable KObject focus(Execution x, Finding finding) {
    Graph g = x.graph();
    for (int i = finding.events().size() - 1; i >= 0; i--) {
      int e = finding.events().get(i);
      KObject object = null;
      if (Kind.isAccess(g.kind[e])) {
        object = x.cell(e).owner();
      } else if (g.kind[e] == Kind.FREE || g.kind[e] == Kind.HOLD || g.kind[e] == Kind.USER) {
        object = x.object(e);
      }
      for (Mm mm : x.mms()) {
        if (object != null && (mm == object || mm.parts().contains(object))) {
          return mm;
        }
      }
    }
    return null;
  }

  /** {@return whether an operation belongs to the story: it is about the mm, or CPUs meet in it} */
  boolean tells(Operation o) {
    if (focus == null) {
      return true;
    }
    Cell cell = o.cell();
    if (cell != null) {
      return about(cell.owner())
          || (cell.isPointer() && (about(o.value()) || about(o.old())))
          || meets(o.event());
    }
    return switch (o.what()) {
      case "free", "alloc", "user" -> about(o.value());
      default -> true;
    };
  }

  private boolean about(long handle) {
    return handle != 0 && about(x.memory().object(handle));
  }

  private boolean about(KObject object) {
    return object == focus || (focus != null && focus.parts().contains(object));
  }

  /** Whether another CPU reads what this event writes, or wrote what it reads. */
  private boolean meets(int e) {
    if (e < 0) {
      return false;
    }
    boolean reads = Kind.isRead(g.kind[e]);
    for (int other = 0; other < g.size; other++) {
      if (g.thread[other] == g.thread[e]) {
        continue;
      }
      if (reads && Kind.isWrite(g.kind[other]) && g.sees(e, other)) {
        return true;
      }
      if (!reads && Kind.isRead(g.kind[other]) && g.sees(other, e)) {
        return g.index[other] < needed[g.thread[other]];
      }
    }
    return false;
  }

  /** {@return what an operation says to a reader; empty for what nobody cares for} */
  Optional<String> text(Operation o) {
    Cell cell = o.cell();
    if (cell == null) {
      return switch (o.what()) {
        case "root" -> Optional.of("MMU on " + name(o.value()));
        case "hold" -> Optional.empty();
        case "free" -> Optional.of("free " + name(o.value()));
        case "alloc" -> Optional.of("alloc " + name(o.value()));
        case "send" -> Optional.of("IPI to CPU " + o.value());
        case "flush", "flush all" -> Optional.of(o.what() + " TLB");
        case "flush range" -> Optional.of("flush TLB of " + name(o.value()));
        case "pte" -> Optional.of("PTEs change: " + name(o.value()));
        case "fence", "depends", "unlink", "irq", "user", "slot", "flushed", "leave", "release" ->
            Optional.empty();
        default -> o.event() >= 0 ? Optional.of("WARN: " + o.what()) : Optional.empty();
      };
    }
    boolean flushInfo = cell.owner().type().equals("flush_tlb_info");
    boolean switching = cell.field().equals("loaded_mm") && !isSwitching(o);
    if (flushInfo || switching || cell.field().startsWith("ctxs[")) {
      return Optional.empty();
    }
    if (UNTOLD.contains(cell.field()) || cell.field().startsWith("done ")) {
      return Optional.empty();
    }
    String value = Arrays.asList("read", "await").contains(o.what()) ? " is " : " = ";
    return switch (o.what()) {
      case "read" ->
          cell.field().startsWith("mm_cpumask")
              ? Optional.of(cell + value + format(cell, o.value()))
              : Optional.empty();
      case "rmw" ->
          Optional.of(cell + " " + format(cell, o.old()) + "->" + format(cell, o.value()));
      default -> Optional.of(cell + value + format(cell, o.value()));
    };
  }

  /** {@return what an operation is, also if nobody cares for it} */
  String plain(Operation o) {
    Cell cell = o.cell();
    if (cell == null) {
      return switch (o.what()) {
        case "leave" -> "MMU off " + name(o.value());
        case "hold" -> "use " + name(o.value());
        case "release" -> "end of a use";
        case "user" -> "to user mode";
        case "irq" -> "interrupt";
        case "unlink" -> "unlink " + name(o.value());
        case "flushed" -> "flushed: " + name(o.value());
        default -> text(o).orElse(o.what());
      };
    }
    return switch (o.what()) {
      case "read", "await" -> cell + " is " + format(cell, o.value());
      case "lock" -> "lock " + cell;
      default -> cell + " = " + format(cell, o.value());
    };
  }

  /** Whether loaded_mm becomes LOADED_MM_SWITCHING: what a flush may see of a switch. */
  private boolean isSwitching(Operation o) {
    return o.value() != 0 && !(x.memory().object(o.value()) instanceof Mm);
  }

  private String name(long handle) {
    return x.memory().object(handle).name();
  }

  private String format(Cell cell, long value) {
    if (cell.isPointer()) {
      KObject object = value == 0 ? null : x.memory().object(value);
      return object == null ? "NULL" : object.name();
    }
    if (cell.field().startsWith("mm_cpumask")) {
      List<String> bits = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        if ((value >>> i & 1) != 0) {
          bits.add(Integer.toString(i));
        }
      }
      return "{" + String.join(",", bits) + "}";
    }
    return Long.toString(value);
  }
}
