package dev.lazymm.export;

import dev.lazymm.check.Act;
import dev.lazymm.check.Shape;
import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shape as a litmus test in C, as {@code tools/memory-model} of the kernel has them: one comment
 * for each statement that says what it is in the kernel.
 */
final class CText {
  private final Shape shape;
  private final boolean with;
  private final Variables variables;
  private final CStatements statements;

  /**
   * The test of a shape.
   *
   * @param with whether with the barriers
   */
  CText(Shape shape, boolean with) {
    this.shape = shape;
    this.with = with;
    variables = new Variables(shape);
    statements = new CStatements(shape, with, variables);
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
    text.append(variables.initial()).append('\n');
    List<String> condition = new ArrayList<>();
    for (int t = 0; t < shape.cpus().size(); t++) {
      List<Shape.Step> steps = steps(t);
      text.append(thread(t, steps)).append('\n');
      for (Shape.Step step : steps) {
        String thread = t + ":";
        statements
            .register(step)
            .ifPresent(r -> condition.add(thread + r + "=" + variables.seen(step)));
      }
    }
    condition.addAll(variables.last());
    return text.append("exists (").append(String.join(" /\\ ", condition)).append(")\n").toString();
  }

  /** {@return the first comment of a test, as the kernel writes them} */
  static String comment(List<String> header) {
    return header.stream()
        .map(line -> (" * " + line.replace("*)", "* )").replace("(*", "( *")).stripTrailing())
        .collect(Collectors.joining("\n", "(*\n", "\n *)\n"));
  }

  private List<Shape.Step> steps(int t) {
    return shape.cpus().get(t).steps().stream().filter(step -> with || !step.added()).toList();
  }

  private String thread(int t, List<Shape.Step> steps) {
    String parameters =
        steps.stream().flatMap(variables::parameters).distinct().collect(Collectors.joining(", "));
    String declared =
        steps.stream()
            .flatMap(step -> statements.register(step).map(r -> declared(step, r)).stream())
            .collect(Collectors.joining());
    return "P%d(%s)\n{\n%s%s}\n"
        .formatted(t, parameters, declared.isEmpty() ? "" : declared + "\n", body(steps));
  }

  private String declared(Shape.Step step, String register) {
    boolean pointer = variables.values().isPointer(step.location());
    return (pointer ? "\tint *" : "\tint ") + register + ";\n";
  }

  private String body(List<Shape.Step> steps) {
    StringBuilder body = new StringBuilder();
    int depth = 1;
    String before = "";
    for (Shape.Step step : steps) {
      for (Shape.Depends d : branches(step)) {
        line(body, depth++, statements.branch(d));
      }
      String why = why(step);
      if (!why.isEmpty() && !why.equals(before)) {
        line(body, depth, "// " + why);
      }
      before = why;
      line(body, depth, statements.of(step));
    }
    while (depth > 1) {
      line(body, --depth, "}");
    }
    return body.toString();
  }

  private List<Shape.Depends> branches(Shape.Step step) {
    return shape.dependencies().stream()
        .filter(d -> d.kind() == Dependency.CONTROL && d.to() == step.id())
        .toList();
  }

  private static void line(StringBuilder to, int depth, String text) {
    to.repeat("\t", depth).append(text).append('\n');
  }

  /** What a statement is in the kernel. */
  private static String why(Shape.Step step) {
    Act act = step.act();
    String where = act.where().replaceFirst("^, |^ ", "");
    String site = step.site().isEmpty() ? "" : step.site() + ": ";
    return where.isEmpty() ? site + act.what() : site + act.what() + ", " + where;
  }
}
