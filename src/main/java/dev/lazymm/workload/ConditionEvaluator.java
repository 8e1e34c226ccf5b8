package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ref;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether a condition holds in the final state of one execution. */
final class ConditionEvaluator {
  private final Prepared prepared;
  private final Kernel kernel;
  private final FinalState state;

  ConditionEvaluator(Prepared prepared, FinalState state) {
    this.prepared = prepared;
    this.kernel = prepared.kernel();
    this.state = state;
  }

  boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.All all -> all.of().stream().allMatch(this::holds);
      case Condition.Any any -> any.of().stream().anyMatch(this::holds);
      case Condition.Not not -> !holds(not.of());
      case Condition.CpuIs is -> holds(is);
      case Condition.Loaded loaded ->
          state.value(prepared.load(loaded.cpu(), loaded.n())) == loaded.value();
      case Condition.Returned returned ->
          state.value(prepared.result(returned.cpu(), returned.n())) == returned.value();
      case Condition.InMask in ->
          mm(in.mm())
              .filter(mm -> (state.value(mm.cpumask.wordOf(in.cpu())) & CpuMask.bit(in.cpu())) != 0)
              .isPresent();
      case Condition.Count count ->
          mm(count.mm()).filter(mm -> state.value(mm.mmCount) == count.value()).isPresent();
      case Condition.Users users ->
          mm(users.mm()).filter(mm -> state.value(mm.mmUsers) == users.value()).isPresent();
      case Condition.Freed freed ->
          mm(freed.mm()).filter(mm -> state.freed(mm) || recycled(freed.mm(), mm)).isPresent();
      case Condition.CellIs is -> state.value(prepared.userCell(is.cell())) == is.value();
    };
  }

  private boolean holds(Condition.CpuIs is) {
    Task current = Objects.requireNonNull(pointer(kernel.cpuRq(is.cpu()).curr), "rq->curr");
    return switch (is.register()) {
      case CURR ->
          current
              == (is.value().equals("idle")
                  ? kernel.cpuRq(is.cpu()).idle
                  : prepared.task(is.value()));
      case MM -> points(current.mm, is.value());
      case ACTIVE_MM -> points(current.activeMm, is.value());
      case ROOT ->
          mm(is.value()).filter(mm -> kernel.arch().rootOf(mm) == state.root(is.cpu())).isPresent();
    };
  }

  private boolean points(Ref<Mm> ref, String name) {
    Mm target = pointer(ref);
    return name.equals("NULL") ? target == null : mm(name).filter(mm -> mm == target).isPresent();
  }

  /** Whether the slot of an mm is an mm made after it by now. */
  private boolean recycled(String name, Mm slot) {
    List<String> made = prepared.outline().madeMms();
    return made.subList(made.indexOf(name) + 1, made.size()).stream()
        .anyMatch(later -> mm(later).filter(mm -> mm == slot).isPresent());
  }

  private Optional<Mm> mm(String name) {
    return prepared.mm(name, state);
  }

  private <T extends KObject> @Nullable T pointer(Ref<T> ref) {
    return ref.resolve(state.value(ref.cell()));
  }
}
