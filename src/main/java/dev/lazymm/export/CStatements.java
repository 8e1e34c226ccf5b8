package dev.lazymm.export;

import dev.lazymm.check.Shape;
import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ordering;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The operations of a shape as statements in C, by the primitives of linux-kernel.def. */
final class CStatements {
  private final Shape shape;
  private final boolean with;
  private final Variables variables;

  /** The register that each read has its result in; each thread counts its own from r0. */
  private final Map<Integer, String> registers = new HashMap<>();

  /**
   * The statements of a shape.
   *
   * @param with whether with the barriers
   */
  CStatements(Shape shape, boolean with, Variables variables) {
    this.shape = shape;
    this.with = with;
    this.variables = variables;
    for (Shape.Column column : shape.cpus()) {
      List<Shape.Step> results = column.steps().stream().filter(this::hasResult).toList();
      for (int i = 0; i < results.size(); i++) {
        registers.put(results.get(i).id(), "r" + i);
      }
    }
  }

  /** Whether a result is needed: herd takes no exchange for a statement. */
  private boolean hasResult(Shape.Step step) {
    boolean isSilent = step.ordering() == Ordering.NO_RETURN && step.would() == Ordering.NO_RETURN;
    return step.op() == Op.READ || (step.op() == Op.UPDATE && !(isSilent && added(step) != 0));
  }

  private long added(Shape.Step step) {
    return variables.values().added(step.id());
  }

  /** {@return the register of a step's result, if it has one} */
  Optional<String> register(Shape.Step step) {
    return Optional.ofNullable(registers.get(step.id()));
  }

  private String register(int id) {
    return registers.getOrDefault(id, "");
  }

  /** {@return the head of an {@code if} in which all is that depends on a read} */
  String branch(Shape.Depends d) {
    String seen = variables.seen(variables.values().step(d.on()));
    return "if (%s == %s) {".formatted(register(d.on()), seen);
  }

  /** {@return a statement} */
  String of(Shape.Step step) {
    Ordering ordering = with ? step.would() : step.ordering();
    String name = variables.name(step);
    String result = register(step).map(r -> r + " = ").orElse("");
    return switch (step.op()) {
      case MB -> "smp_mb();";
      case RMB -> "smp_rmb();";
      case WMB -> "smp_wmb();";
      case LOCK -> "spin_lock(" + name + ");";
      case UNLOCK -> "spin_unlock(" + name + ");";
      case READ -> result + load(step, ordering) + ";";
      case WRITE -> store(step, ordering) + ";";
      case UPDATE -> result + update(step, ordering, result.isEmpty()) + ";";
    };
  }

  /** The dependency of a kind that a step has, if it has one. */
  private Optional<Shape.Depends> on(Dependency kind, Shape.Step step) {
    return shape.dependencies().stream()
        .filter(d -> d.kind() == kind && d.to() == step.id())
        .findFirst();
  }

  /** The address of an access: a location, or a register that has it. */
  private String place(Shape.Step step) {
    return on(Dependency.ADDRESS, step)
        .map(d -> register(d.on()))
        .orElseGet(() -> variables.name(step));
  }

  private String load(Shape.Step step, Ordering ordering) {
    boolean acquires = ordering == Ordering.ACQUIRE;
    String at = place(step);
    if (variables.isAtomic(step)) {
      return (acquires ? "atomic_read_acquire(" : "atomic_read(") + at + ")";
    }
    if (acquires) {
      return "smp_load_acquire(" + at + ")";
    }
    return step.plain() ? "*" + at : "READ_ONCE(*" + at + ")";
  }

  private String store(Shape.Step step, Ordering ordering) {
    boolean releases = ordering == Ordering.RELEASE;
    String at = place(step);
    String value = value(step);
    if (variables.isAtomic(step)) {
      return "%s(%s, %s)".formatted(releases ? "atomic_set_release" : "atomic_set", at, value);
    }
    if (releases) {
      return "smp_store_release(%s, %s)".formatted(at, value);
    }
    return (step.plain() ? "*%s = %s" : "WRITE_ONCE(*%s, %s)").formatted(at, value);
  }

  /** What is stored: computed from a register if it depends on it. */
  private String value(Shape.Step step) {
    Optional<Shape.Depends> data = on(Dependency.DATA, step);
    Values values = variables.values();
    if (values.isPointer(step.location()) || data.isEmpty()) {
      return variables.stored(step);
    }
    int from = data.get().on();
    long more = values.written(step.id()) - values.read(values.step(from));
    return more == 0
        ? register(from)
        : register(from) + (more > 0 ? " + " : " - ") + Math.abs(more);
  }

  private String update(Shape.Step step, Ordering ordering, boolean isSilent) {
    String name = variables.name(step);
    long by = added(step);
    String suffix =
        switch (ordering) {
          case NO_RETURN, RELAXED -> "_relaxed";
          case FULL -> "";
          default -> "_" + ordering.name().toLowerCase(Locale.ROOT);
        };
    if (by == 0) {
      return "atomic_xchg%s(%s, %s)".formatted(suffix, name, value(step));
    }
    String what = by > 0 ? "add" : "sub";
    return isSilent
        ? "atomic_%s(%d, %s)".formatted(what, Math.abs(by), name)
        : "atomic_fetch_%s%s(%d, %s)".formatted(what, suffix, Math.abs(by), name);
  }
}
