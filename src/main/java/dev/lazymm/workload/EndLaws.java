package dev.lazymm.workload;

import dev.lazymm.kernel.Kernel;
import dev.lazymm.kernel.MembarrierState;
import dev.lazymm.kernel.Mm;
import dev.lazymm.kernel.Task;
import dev.lazymm.machine.CpuMask;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be true once every CPU has done all its actions, whatever machine it was: the
 * invariants as far as an end state shows them, and the scenario's own conditions. Each law says
 * what breaks it first, in words.
 */
public final class EndLaws {
  /**
   * A law that is broken.
   *
   * @param law the invariant's name, {@code I4}; or {@code never} or {@code always}
   * @param what one sentence
   */
  public record Broken(String law, String what) {}

  /** The bits of mm->membarrier_state that the scheduler must know of. */
  private static final long REGISTERED =
      Arrays.stream(MembarrierState.values())
          .mapToLong(MembarrierState::bit)
          .reduce(0, (a, b) -> a | b);

  private final Prepared prepared;
  private final Kernel kernel;
  private final Population population;
  private final FinalState state;
  private final List<Task> running = new ArrayList<>();

  /**
   * @param population the mms and tasks of the memory as it is now
   * @param state how an execution ended that came to its end
   */
  public EndLaws(Prepared prepared, Population population, FinalState state) {
    this.prepared = prepared;
    this.population = population;
    this.state = state;
    kernel = prepared.kernel();
    for (int cpu = 0; cpu < prepared.memory().cpus(); cpu++) {
      running.add(Objects.requireNonNull(value(kernel.cpuRq(cpu).curr), "rq->curr"));
    }
  }

  /** {@return what is wrong with an end, each law once} */
  public static List<Broken> judge(Prepared prepared, FinalState state) {
    EndLaws laws = new EndLaws(prepared, Population.of(prepared.memory()), state);
    List<Broken> broken = new ArrayList<>();
    laws.liveActiveMm().ifPresent(what -> broken.add(new Broken("I1", what)));
    laws.noWalker().ifPresent(what -> broken.add(new Broken("I2", what)));
    laws.counts().ifPresent(what -> broken.add(new Broken("I4", what)));
    laws.freedOnce().ifPresent(what -> broken.add(new Broken("I5", what)));
    laws.nothingBorrowedOffline().ifPresent(what -> broken.add(new Broken("I10", what)));
    laws.noStalePointer().ifPresent(what -> broken.add(new Broken("I1+", what)));
    laws.registrations().ifPresent(what -> broken.add(new Broken("I9", what)));
    broken.addAll(laws.expectations());
    return broken;
  }

  private <T extends KObject> @Nullable T value(Ref<T> ref) {
    return ref.resolve(state.value(ref.cell()));
  }

  /** {@return I1: who has an active_mm that is freed} */
  public Optional<String> liveActiveMm() {
    for (int cpu = 0; cpu < running.size(); cpu++) {
      Mm active = value(running.get(cpu).activeMm);
      if (active != null && state.freed(active)) {
        return say("%s is freed and CPU %d's active_mm points at it", active, cpu);
      }
    }
    return Optional.empty();
  }

  /** {@return I2: whose MMU is on a root that is freed} */
  public Optional<String> noWalker() {
    for (int cpu = 0; cpu < running.size(); cpu++) {
      KObject root = state.root(cpu);
      if (root != null && state.freed(root)) {
        return say("%s is freed and the MMU of CPU %d is on it", root, cpu);
      }
    }
    return Optional.empty();
  }

  // ---- I4 --------------------------------------------------------------------------------------

  /**
   * {@return I4: which counter of an mm that exists is not what the references say} mm_count is one
   * for all users together, plus the pins, plus the lazy borrowers if the design counts them, plus
   * what else it keeps ({@link dev.lazymm.kernel.LazyMm#references}).
   */
  public Optional<String> counts() {
    for (Mm mm : population.mms()) {
      if (state.live(mm)) {
        long count = state.value(mm.mmCount);
        long references = references(mm);
        if (count != references) {
          return say(
              "at the end mm_count(%s) is %d, but %d references exist", mm, count, references);
        }
        long has = state.value(mm.mmUsers);
        int users = usersAtEnd(mm);
        if (users >= 0 && has != users) {
          return say("at the end mm_users(%s) is %d, but there are %d users", mm, has, users);
        }
      }
    }
    return Optional.empty();
  }

  private long references(Mm mm) {
    long n = state.value(mm.mmUsers) > 0 ? 1 : 0;
    for (String letter : prepared.outline().pins().keySet()) {
      n += is(letter, mm) ? prepared.pinsAtEnd(letter) : 0;
    }
    if (kernel.lazyMm().changeCurrentMm().isEmpty()) {
      for (Task task : population.tasks()) { // one each kthread_use_mm
        n += value(task.mm) == mm && (state.value(task.flags) & Task.PF_KTHREAD) != 0 ? 1 : 0;
      }
    }
    n += kernel.lazyMm().references(mm, state::value);
    for (int cpu = 0; cpu < running.size() && kernel.lazyMm().refcounts(); cpu++) {
      Task task = running.get(cpu);
      n += !offline(cpu) && value(task.mm) == null && value(task.activeMm) == mm ? 1 : 0;
    }
    return n;
  }

  /** The users that the scenario leaves to the mm that is in this slot last; -1 if none was. */
  private int usersAtEnd(Mm mm) {
    int users = -1;
    for (String letter : prepared.outline().users().keySet()) { // in the order of their making
      users = is(letter, mm) ? prepared.usersAtEnd(letter) : users;
    }
    return users;
  }

  private boolean is(String letter, Mm mm) {
    return prepared.mm(letter, state).filter(m -> m == mm).isPresent();
  }

  // ---- I9 --------------------------------------------------------------------------------------

  /**
   * {@return I9a: which CPU's rq lacks a registration of the mm that its current task has} Whoever
   * registered has been told that it is done.
   */
  public Optional<String> registrations() {
    for (int cpu = 0; cpu < running.size(); cpu++) {
      Mm mm = value(running.get(cpu).mm);
      if (mm != null && isUnknown(mm, cpu) && state.live(mm)) {
        return say("CPU %d runs %s, and its rq does not know that it is registered", cpu, mm);
      }
    }
    return Optional.empty();
  }

  private boolean isUnknown(Mm mm, int cpu) {
    long of = state.value(mm.membarrierState) & REGISTERED;
    return (of & ~state.value(kernel.cpuRq(cpu).membarrierState)) != 0;
  }

  // ---- I10 -------------------------------------------------------------------------------------

  /** {@return I10: which CPU that has left still points at an mm} */
  public Optional<String> nothingBorrowedOffline() {
    for (int cpu = 0; cpu < running.size(); cpu++) {
      Mm active = offline(cpu) ? value(running.get(cpu).activeMm) : null;
      if (active != null) {
        return say("CPU %d is offline, and its idle task's active_mm is %s", cpu, active);
      }
    }
    return Optional.empty();
  }

  private boolean offline(int cpu) {
    return prepared.hasHotplug()
        && (state.value(kernel.smp().onlineMask().wordOf(cpu)) & CpuMask.bit(cpu)) == 0;
  }

  // ---- I5 and I1+ ------------------------------------------------------------------------------

  /**
   * {@return I5: which mm was not freed when, and only when, its last reference went, or not with
   * all its parts; or which task has exited and was not freed}
   */
  public Optional<String> freedOnce() {
    for (Mm mm : population.mms()) {
      Optional<String> wrong = state.freed(mm) ? freed(mm) : leaked(mm);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return population.tasks().stream()
        .filter(task -> exited(task) && !state.freed(task) && state.value(task.onCpu) == 0)
        .findFirst()
        .flatMap(task -> say("%s has exited but is never freed", task));
  }

  private Optional<String> freed(Mm mm) {
    if (references(mm) > 0) {
      return say("%s is freed but references to it are left", mm);
    }
    KObject root = kernel.arch().rootOf(mm);
    return Stream.of(mm.pgd, mm.userTables, mm.rangeTables, root)
        .filter(part -> !state.freed(part))
        .findFirst()
        .flatMap(part -> say("%s is never freed though %s is", part, mm));
  }

  private Optional<String> leaked(Mm mm) {
    return state.live(mm) && references(mm) == 0
        ? say("%s is never freed though no reference to it is left", mm)
        : Optional.empty();
  }

  private boolean exited(Task task) {
    if (value(task.mm) != null) {
      return false;
    }
    long now = state.value(task.state);
    boolean user = (state.value(task.flags) & Task.PF_KTHREAD) == 0;
    return now == Task.TASK_DEAD || (now == Task.TASK_RUNNING && user);
  }

  /** {@return I1+: who neither runs nor owns an mm and has an active_mm, idle tasks included} */
  public Optional<String> noStalePointer() {
    Set<Task> awake = new HashSet<>(running);
    List<Task> all = new ArrayList<>();
    for (int cpu = 0; cpu < running.size(); cpu++) {
      all.add(kernel.cpuRq(cpu).idle);
    }
    all.addAll(population.tasks());
    for (Task task : all) {
      if (!awake.contains(task) && !state.freed(task) && value(task.mm) == null) {
        Mm stale = value(task.activeMm);
        if (stale != null) {
          String freed = state.freed(stale) ? ", which is freed" : "";
          return say("%s sleeps and owns no mm, but its active_mm is %s%s", task, stale, freed);
        }
      }
    }
    return Optional.empty();
  }

  // ---- the scenario's own ----------------------------------------------------------------------

  /** {@return which conditions that never, or always, hold at the end do not} */
  public List<Broken> expectations() {
    List<Broken> broken = new ArrayList<>();
    for (Expectation expectation : prepared.expectations()) {
      boolean holds = prepared.holds(expectation.condition(), state);
      switch (expectation.kind()) {
        case NEVER -> {
          if (holds) {
            broken.add(
                new Broken(
                    "never", "it ends in: " + ScenarioWriter.write(expectation.condition())));
          }
        }
        case ALWAYS -> {
          if (!holds) {
            broken.add(
                new Broken(
                    "always",
                    "it does not end in: " + ScenarioWriter.write(expectation.condition())));
          }
        }
        case EXISTS -> {} // one execution cannot say
      }
    }
    return broken;
  }

  @SuppressWarnings("AnnotateFormatMethod") // that would be a dependency
  private static Optional<String> say(String what, Object... of) {
    return Optional.of(what.formatted(of));
  }
}
