package dev.lazymm.export;

import dev.lazymm.check.Act;
import dev.lazymm.check.Shape;
import dev.lazymm.check.Shape.Op;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A shape as a litmus test in C, as {@code tools/memory-model} of the kernel has them: the
 * primitives of its linux-kernel.def, one comment for each statement that says what it is in the
 * kernel.
 */
final class CText {
  /** Where a pointer is to if it is to nothing that matters. */
  private static final String ELSEWHERE = "elsewhere";

  private final Shape shape;
  private final boolean with;
  private final Values values;
  private final List<String> names;
  private final Set<Integer> locks = new LinkedHashSet<>();
  private final Set<Integer> atomics = new LinkedHashSet<>();

  /** The name of the register that each read has its result in, and its thread. */
  private final Map<Integer, String> registers = new HashMap<>();

  private final List<String> condition = new ArrayList<>();

  /**
   * @param with whether with the barriers
   */
  CText(Shape shape, boolean with) {
    this.shape = shape;
    this.with = with;
    values = new Values(shape);
    names = Names.of(shape.locations());
    for (Shape.Step step : shape.steps()) {
      if (step.op() == Op.UPDATE) {
        atomics.add(step.location());
      } else if (step.op() == Op.LOCK || step.op() == Op.UNLOCK) {
        locks.add(step.location());
      }
    }
  }

  /**
   * {@return the test}
   *
   * @param name as it calls itself
   * @param header the first comment, in lines; none for no comment
   */
  String text(String name, List<String> header) {
    StringBuilder text = new StringBuilder("C " + name + "\n\n");
    if (!header.isEmpty()) {
      text.append(comment(header)).append('\n');
    }
    StringBuilder threads = new StringBuilder();
    for (int t = 0; t < shape.cpus().size(); t++) {
      threads.append(thread(t)).append('\n');
    }
    text.append(initial()).append('\n').append(threads);
    for (int i = 0; i < names.size(); i++) {
      if (!locks.contains(i) && shape.locations().get(i).writes().size() > 1) {
        condition.add(names.get(i) + "=" + last(i));
      }
    }
    return text.append("exists (").append(String.join(" /\\ ", condition)).append(")\n").toString();
  }

  /** {@return the first comment of a test, as the kernel writes them} */
  static String comment(List<String> header) {
    return header.stream()
        .map(line -> (" * " + line.replace("*)", "* )").replace("(*", "( *")).stripTrailing())
        .collect(Collectors.joining("\n", "(*\n", "\n *)\n"));
  }

  private String initial() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (values.isPointer(i)) {
        boolean points = shape.steps().stream().anyMatch(this::readsStart);
        lines.add(names.get(i) + "=" + (points ? names.get(values.pointee(i)) : ELSEWHERE) + ";");
      } else if (!locks.contains(i) && values.initial(i) != 0) {
        lines.add(names.get(i) + "=" + values.initial(i) + ";");
      }
    }
    return lines.isEmpty()
        ? "{}\n"
        : lines.stream().collect(Collectors.joining("\n\t", "{\n\t", "\n}\n"));
  }

  /** Whether a read of a pointer that an address is computed from reads what was there at first. */
  private boolean readsStart(Shape.Step step) {
    return step.reads()
        && values.isPointer(step.location())
        && step.from() == Shape.INITIAL
        && shape.dependencies().stream()
            .anyMatch(d -> d.kind() == Dependency.ADDRESS && d.on() == step.id());
  }

  private String last(int location) {
    return values.isPointer(location)
        ? names.get(values.pointee(location))
        : Long.toString(values.last(location));
  }

  // ---- threads ---------------------------------------------------------------------------------

  private String thread(int t) {
    List<Shape.Step> steps =
        shape.cpus().get(t).steps().stream().filter(step -> with || !step.added()).toList();
    StringBuilder declared = new StringBuilder();
    StringBuilder body = new StringBuilder();
    Set<Integer> used = new LinkedHashSet<>();
    String indent = "\t";
    String before = "";
    for (Shape.Step step : steps) {
      for (Shape.Depends d : shape.dependencies()) {
        if (d.kind() == Dependency.CONTROL && d.to() == step.id()) {
          body.append(indent).append(branch(d)).append('\n');
          indent += "\t";
        }
      }
      if (step.isAccess()) {
        used.add(step.location());
        if (values.isPointer(step.location()) && step.op() == Op.WRITE) {
          used.add(values.pointee(step.location()));
        }
      }
      if (hasResult(step)) {
        String register = "r" + registersOf(t);
        registers.put(step.id(), register);
        boolean pointer = values.isPointer(step.location());
        declared.append(pointer ? "\tint *" : "\tint ").append(register).append(";\n");
        condition.add("%d:%s=%s".formatted(t, register, seen(step)));
        threadOf.put(step.id(), t);
      }
      String why = why(step);
      if (!why.isEmpty() && !why.equals(before)) {
        body.append(indent).append("// ").append(why).append('\n');
      }
      before = why;
      body.append(indent).append(statement(step)).append('\n');
    }
    while (indent.length() > 1) {
      indent = indent.substring(1);
      body.append(indent).append("}\n");
    }
    String parameters =
        used.stream().map(i -> type(i) + names.get(i)).collect(Collectors.joining(", "));
    return "P%d(%s)\n{\n%s%s}\n"
        .formatted(t, parameters, declared.isEmpty() ? "" : declared + "\n", body);
  }

  private final Map<Integer, Integer> threadOf = new HashMap<>();

  private long registersOf(int t) {
    return threadOf.values().stream().filter(other -> other == t).count();
  }

  private static boolean hasResult(Shape.Step step) {
    return step.op() == Op.READ
        || (step.op() == Op.UPDATE && step.ordering() != Ordering.NO_RETURN)
        || (step.op() == Op.UPDATE && step.would() != Ordering.NO_RETURN);
  }

  private String type(int location) {
    if (locks.contains(location)) {
      return "spinlock_t *";
    }
    return atomics.contains(location)
        ? "atomic_t *"
        : values.isPointer(location) ? "int **" : "int *";
  }

  private String seen(Shape.Step step) {
    if (!values.isPointer(step.location())) {
      return Long.toString(values.read(step));
    }
    boolean start = step.from() == Shape.INITIAL && !readsStart(step);
    return start ? ELSEWHERE : names.get(values.pointee(step.location()));
  }

  private String branch(Shape.Depends d) {
    return "if (%s == %s) {".formatted(registers.get(d.on()), seen(values.step(d.on())));
  }

  /** What a statement is in the kernel. */
  private static String why(Shape.Step step) {
    Act act = step.act();
    String where = act.where().replaceFirst("^, |^ ", "");
    String site = step.site().isEmpty() ? "" : step.site() + ": ";
    return where.isEmpty() ? site + act.what() : site + act.what() + ", " + where;
  }

  // ---- statements ------------------------------------------------------------------------------

  private String statement(Shape.Step step) {
    Ordering ordering = with ? step.would() : step.ordering();
    String name = step.isAccess() ? names.get(step.location()) : "";
    return switch (step.op()) {
      case MB -> "smp_mb();";
      case RMB -> "smp_rmb();";
      case WMB -> "smp_wmb();";
      case LOCK -> "spin_lock(" + name + ");";
      case UNLOCK -> "spin_unlock(" + name + ");";
      case READ -> registers.get(step.id()) + " = " + load(step, place(step), ordering) + ";";
      case WRITE -> store(step, place(step), ordering) + ";";
      case UPDATE -> update(step, name, ordering) + ";";
    };
  }

  /** The address of an access: a location, or a register that has it. */
  private String place(Shape.Step step) {
    return shape.dependencies().stream()
        .filter(d -> d.kind() == Dependency.ADDRESS && d.to() == step.id())
        .map(d -> registers.getOrDefault(d.on(), ""))
        .findFirst()
        .orElse(names.get(step.location()));
  }

  private String load(Shape.Step step, String at, Ordering ordering) {
    boolean acquires = ordering == Ordering.ACQUIRE;
    if (atomics.contains(step.location())) {
      return (acquires ? "atomic_read_acquire(" : "atomic_read(") + at + ")";
    }
    if (acquires) {
      return "smp_load_acquire(" + at + ")";
    }
    return step.plain() ? "*" + at : "READ_ONCE(*" + at + ")";
  }

  private String store(Shape.Step step, String at, Ordering ordering) {
    boolean releases = ordering == Ordering.RELEASE;
    String value = value(step);
    if (atomics.contains(step.location())) {
      return "%s(%s, %s)".formatted(releases ? "atomic_set_release" : "atomic_set", at, value);
    }
    if (releases) {
      return "smp_store_release(%s, %s)".formatted(at, value);
    }
    return step.plain()
        ? "*%s = %s".formatted(at, value)
        : "WRITE_ONCE(*%s, %s)".formatted(at, value);
  }

  /** What is stored: computed from a register if it depends on it. */
  private String value(Shape.Step step) {
    if (values.isPointer(step.location())) {
      return names.get(values.pointee(step.location()));
    }
    long value = values.written(step.id());
    for (Shape.Depends d : shape.dependencies()) {
      if (d.kind() == Dependency.DATA && d.to() == step.id()) {
        long more = value - values.read(values.step(d.on()));
        String register = registers.getOrDefault(d.on(), "");
        return more == 0 ? register : register + (more > 0 ? " + " : " - ") + Math.abs(more);
      }
    }
    return Long.toString(value);
  }

  private String update(Shape.Step step, String name, Ordering ordering) {
    long by = values.added(step.id());
    String result = hasResult(step) ? registers.get(step.id()) + " = " : "";
    String suffix =
        switch (ordering) {
          case NO_RETURN, RELAXED -> "_relaxed";
          case FULL -> "";
          default -> "_" + ordering.name().toLowerCase(Locale.ROOT);
        };
    if (by == 0) {
      return "%satomic_xchg%s(%s, %s)".formatted(result, suffix, name, value(step));
    }
    String what = by > 0 ? "add" : "sub";
    return result.isEmpty()
        ? "atomic_%s(%d, %s)".formatted(what, Math.abs(by), name)
        : "%satomic_fetch_%s%s(%d, %s)".formatted(result, what, suffix, Math.abs(by), name);
  }
}
