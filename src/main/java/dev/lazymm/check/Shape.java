package dev.lazymm.check;

import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ordering;
import java.util.List;

/**
 * What is left of an execution when all is taken away that does not bear on why a memory model
 * allows it: a few operations of a few CPUs, who reads from whom, and the barriers with which the
 * model would not. A litmus test can be written from it.
 *
 * @param cpus the CPUs that have operations left
 * @param locations what these access; operations name them by their place in this list
 * @param dependencies what the code says of them
 * @param isOrder whether barriers would forbid it; else it happens with everything in order
 * @param sites the ordering points that were weakened, and forbid it if they are not; empty if the
 *     barriers are none that the code has
 */
public record Shape(
    List<Column> cpus,
    List<Location> locations,
    List<Depends> dependencies,
    boolean isOrder,
    List<String> sites) {
  /** What a read reads if nothing here has written it. */
  public static final int INITIAL = -1;

  /** What fences are called, by their number. */
  static final List<String> FENCES =
      List.of(
          "smp_mb()",
          "smp_rmb()",
          "smp_wmb()",
          "smp_mb__after_spinlock()",
          "the full barrier of an atomic");

  /** The number of what is no fence: an atomic on memory that one CPU alone touches. */
  static final int ATOMIC = 4;

  /** What an operation does. */
  public enum Op {
    READ,
    WRITE,
    /** An atomic read-modify-write that succeeds. */
    UPDATE,
    LOCK,
    UNLOCK,
    MB,
    RMB,
    WMB
  }

  /**
   * The operations of a CPU, in program order.
   *
   * @param cpu its number in the scenario
   */
  public record Column(int cpu, List<Step> steps) {
    public Column {
      steps = List.copyOf(steps);
    }
  }

  /**
   * An operation.
   *
   * @param id its number, unique in the shape
   * @param op what it does
   * @param location what it accesses; -1 of a fence
   * @param plain whether it is a plain C access
   * @param ordering what it orders as the code is
   * @param would what it orders with the barriers
   * @param from the number of the operation that it reads from, or {@link #INITIAL}; of no meaning
   *     if it does not read
   * @param delta by how much an update changes the value, if it is an addition; else 0
   * @param added whether it is one of the barriers, which the code does not have
   * @param act what it is in the code
   * @param site the ordering point that it is; empty if it is none
   */
  public record Step(
      int id,
      Op op,
      int location,
      boolean plain,
      Ordering ordering,
      Ordering would,
      int from,
      long delta,
      boolean added,
      Act act,
      String site) {
    /** {@return whether it accesses memory} */
    public boolean isAccess() {
      return location >= 0;
    }

    /** {@return whether it has a result} */
    public boolean reads() {
      return op == Op.READ || op == Op.UPDATE;
    }

    /** {@return the same as an access that is marked} */
    public Step marked() {
      return new Step(id, op, location, false, ordering, would, from, delta, added, act, site);
    }
  }

  /**
   * A place in memory.
   *
   * @param name what it is to the kernel: {@code mm_count(A)}
   * @param initial what it holds at the start, as the kernel counts; 0 of pointers and of ghosts
   * @param writes the numbers of the operations that write it, in coherence order
   */
  public record Location(String name, long initial, List<Integer> writes) {
    public Location {
      writes = List.copyOf(writes);
    }
  }

  /**
   * A dependency.
   *
   * @param on the number of the read
   * @param to the number of the access; of a control dependency, of the first operation that
   *     depends on it
   */
  public record Depends(Dependency kind, int on, int to) {}

  public Shape {
    cpus = List.copyOf(cpus);
    locations = List.copyOf(locations);
    dependencies = List.copyOf(dependencies);
    sites = List.copyOf(sites);
  }

  /** {@return all operations} */
  public List<Step> steps() {
    return cpus.stream().flatMap(column -> column.steps().stream()).toList();
  }

  /** {@return the same without an operation, which nobody reads from} */
  public Shape without(int id) {
    return new Shape(
        cpus.stream()
            .map(column ->
                new Column(
                    column.cpu(), column.steps().stream().filter(s -> s.id() != id).toList()))
            .filter(column -> !column.steps().isEmpty())
            .toList(),
        locations.stream()
            .map(at ->
                new Location(
                    at.name(), at.initial(), at.writes().stream().filter(w -> w != id).toList()))
            .toList(),
        dependencies.stream().filter(d -> d.on() != id && d.to() != id).toList(),
        isOrder,
        sites);
  }

  /** {@return the same without a dependency} */
  public Shape without(Depends depends) {
    return new Shape(
        cpus,
        locations,
        dependencies.stream().filter(d -> !d.equals(depends)).toList(),
        isOrder,
        sites);
  }

  /** {@return the same with all accesses marked} */
  public Shape marked() {
    return new Shape(
        cpus.stream()
            .map(c -> new Column(c.cpu(), c.steps().stream().map(Step::marked).toList()))
            .toList(),
        locations,
        dependencies,
        isOrder,
        sites);
  }

  /** {@return the same, said to be forbidden by the barriers of sites} */
  Shape of(List<String> names) {
    return new Shape(cpus, locations, dependencies, isOrder, names);
  }
}
