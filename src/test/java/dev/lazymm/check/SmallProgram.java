package dev.lazymm.check;

import dev.lazymm.check.Op.IrqOff;
import dev.lazymm.check.Op.LockOp;
import dev.lazymm.check.Op.Send;
import dev.lazymm.check.Op.UnlockOp;
import dev.lazymm.check.Op.When;
import dev.lazymm.machine.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program small enough for brute force: threads (one a CPU) and interrupt handlers as lists of
 * operations. All cells {@code x0, x1, ...} are 0 and all locks {@code l0, l1, ...} free at first;
 * there are as many as the operations name.
 *
 * @param threads what each CPU does
 * @param handlers what {@link Send} can run: accesses and {@link When} of accesses only
 */
record SmallProgram(List<List<Op>> threads, List<List<Op>> handlers) {
  SmallProgram {
    threads = threads.stream().map(List::copyOf).toList();
    handlers = handlers.stream().map(List::copyOf).toList();
    int cpus = threads.size();
    int known = handlers.size();
    threads.forEach(ops -> ops.forEach(op -> check(op, cpus, known)));
    handlers.forEach(ops -> ops.forEach(SmallProgram::checkInHandler));
  }

  /** {@return a program without handlers} */
  @SafeVarargs
  static SmallProgram of(List<Op>... threads) {
    List<List<Op>> all = new ArrayList<>();
    for (List<Op> thread : threads) {
      all.add(thread);
    }
    return new SmallProgram(all, List.of());
  }

  private static void check(Op op, int cpus, int handlers) {
    boolean good =
        switch (op) {
          case When when -> when.op().isAccess();
          case Send send -> send.mask() >>> cpus == 0 && send.handler() < handlers;
          default -> true;
        };
    if (!good) {
      throw new IllegalArgumentException("not in a thread: " + op);
    }
  }

  private static void checkInHandler(Op op) {
    if (!op.isAccess() && !(op instanceof When when && when.op().isAccess())) {
      throw new IllegalArgumentException("not in a handler: " + op);
    }
  }

  /** {@return how many cells there are} */
  int cells() {
    return 1 + all().stream().mapToInt(SmallProgram::cell).max().orElse(-1);
  }

  /** {@return how many locks there are} */
  int locks() {
    return 1 + all().stream().mapToInt(SmallProgram::lock).max().orElse(-1);
  }

  private List<Op> all() {
    List<Op> all = new ArrayList<>();
    threads.forEach(all::addAll);
    handlers.forEach(all::addAll);
    return all;
  }

  private static int cell(Op op) {
    return switch (op) {
      case Op.Load o -> o.x();
      case Op.Store o -> o.x();
      case Op.StoreLast o -> o.x();
      case Op.RmwOp o -> o.x();
      case Op.Add o -> o.x();
      case Op.Await o -> o.x();
      case When o -> cell(o.op());
      case LockOp _, UnlockOp _, IrqOff _, Op.IrqOn _, Op.IrqSave _, Op.IrqRestore _, Send _ -> -1;
    };
  }

  private static int lock(Op op) {
    return switch (op) {
      case LockOp o -> o.l();
      case UnlockOp o -> o.l();
      default -> -1;
    };
  }

  /**
   * {@return this program with thread i as thread {@code perm[i]}} It has the same executions up to
   * the names, except that a send to two or more other CPUs still goes in ascending order.
   */
  SmallProgram permuted(int[] perm) {
    List<List<Op>> renumbered = new ArrayList<>(Collections.nCopies(threads.size(), List.of()));
    for (int i = 0; i < threads.size(); i++) {
      renumbered.set(perm[i], threads.get(i).stream().map(op -> op.permuted(perm)).toList());
    }
    return new SmallProgram(renumbered, handlers);
  }

  /** {@return the same program for a machine; makes a new memory} */
  Program toProgram() {
    return SmallWorld.program(this);
  }

  /** One line a thread or handler. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < threads.size(); i++) {
      text.append(i).append(": ").append(line(threads.get(i))).append('\n');
    }
    for (int i = 0; i < handlers.size(); i++) {
      text.append('h').append(i).append(": ").append(line(handlers.get(i))).append('\n');
    }
    return text.toString();
  }

  private static String line(List<Op> ops) {
    return ops.stream().map(Op::toString).collect(Collectors.joining("; "));
  }
}
